"""What the building of source files hands over."""

from dataclasses import dataclass
from pathlib import Path

from jiangxue.courseware.rules.files import FileFault, FileKind

MODULE_TITLE = "现场实务，事故案例"
"""The third module (章) of the course, after the films: it holds all lessons that come as files of other kinds."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that an editor might upload, and the lesson that is to become of it."""

    slug: str
    title: str
    module_title: str
    path: Path
    kind: FileKind
    captions: Path | None


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that an editor might upload, and why it must be refused."""

    path: Path
    fault: FileFault
