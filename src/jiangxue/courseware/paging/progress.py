"""How far a job is, told through a file that another process reads at any moment."""

from dataclasses import dataclass
from pathlib import Path

ALL = 1000


@dataclass(frozen=True, slots=True)
class Progress:
    """A file with 0 to 1,000 as text; without a file nothing is told."""

    file: Path | None

    def tell(self, done: int, of: int) -> None:
        """Write how far the job is; a reader sees the old number or the new one."""
        if self.file is None:
            return
        making = self.file.with_name(self.file.name + ".making")
        making.write_text(str(done * ALL // of))
        making.replace(self.file)
