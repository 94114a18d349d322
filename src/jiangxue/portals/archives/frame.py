"""Where the pages of one archive lie in the viewer's portal, and what stands around them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse

type View = Callable[..., HttpResponse]
"""A page of an archive; it takes request, place and archive, and what else its address names."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a portal shows around an archive: the ways back, the class, and whose it is (masked; empty on the learner's own pages).

    `closed_since` is since when this viewer is shown no content, because processing is restricted; `learner_url` leads staff to who it is.
    """

    crumbs: tuple[dict[str, str], ...]
    class_name: str
    learner_name: str
    is_own: bool
    closed_since: datetime | None = None
    learner_url: str = ""


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
            "closed_since": self.around.closed_since,
            "learner_url": self.around.learner_url,
            "archive_url": self.of("archive"),
        }
