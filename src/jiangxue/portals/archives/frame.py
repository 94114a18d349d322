"""Where the pages of one archive lie in the viewer's portal, and what stands around them."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Around:
    """What a portal shows around an archive: the ways back, the class, and whose it is (masked; empty on the learner's own pages)."""

    crumbs: tuple[dict[str, str], ...]
    class_name: str
    learner_name: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Archive:
    """The addresses of one archive: `of(name, *more)` leads to a page of it."""

    of: Callable[..., str]
    around: Around

    @property
    def context(self) -> dict[str, object]:
        """Return what every page of it shows."""
        return {
            "crumbs": list(self.around.crumbs),
            "class_name": self.around.class_name,
            "learner_name": self.around.learner_name,
            "is_own": self.around.is_own,
            "archive_url": self.of("archive"),
        }
