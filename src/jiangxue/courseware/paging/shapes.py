"""The values of paging: limits, what a caged process found on the pages, what was made."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jiangxue.courseware.rules.quality import QualityReport
from jiangxue.kernel.cage import Walls

FOLDER = "pages"
_LONGEST_SIDE = 1_000_000


@dataclass(frozen=True, slots=True)
class PagingLimits:
    """What one document may cost. `office` names LibreOffice's program, where it is not the one that the machine has."""

    most_pages: int = 500
    landscape_width_px: int = 1600
    portrait_width_px: int = 1400
    most_page_pixels: int = 8_000_000
    quality: int = 80
    largest_file_bytes: int = 512 * 1024**2
    office_address_space_bytes: int = 4 * 1024**3
    office_processor_s: int = 150
    pages_address_space_bytes: int = 3 * 1024**3
    pages_processor_s: int = 600
    office: str | None = None

    @property
    def office_walls(self) -> Walls:
        """Return what stands around LibreOffice, which opens many files of its own."""
        return Walls(self.office_address_space_bytes, self.office_processor_s, self.largest_file_bytes, open_files=512)

    @property
    def pages_walls(self) -> Walls:
        """Return what stands around the process that draws the pages."""
        return Walls(self.pages_address_space_bytes, self.pages_processor_s, self.largest_file_bytes)

    @property
    def office_program(self) -> Path | None:
        """Return LibreOffice's program, where it is named here."""
        return Path(self.office) if self.office is not None else None


@dataclass(frozen=True, slots=True)
class PageFacts:
    """One page that was drawn: its picture's size, whether text was found, fonts that it only names, how large a photo was."""

    width: int
    height: int
    has_text: bool
    missing_fonts: tuple[str, ...] = ()
    shown_size: tuple[int, int] | None = None

    @classmethod
    def from_values(cls, values: dict[str, Any]) -> "PageFacts":
        """Return what a JSON object holds, or raise ValueError or its like where that makes no sense."""
        shown = values["shown_size"]
        return cls(
            width=_side(values["width"]),
            height=_side(values["height"]),
            has_text=values["has_text"] is True,
            missing_fonts=tuple(str(font) for font in values["missing_fonts"]),
            shown_size=(_side(shown[0]), _side(shown[1])) if shown else None,
        )


def _side(pixels: object) -> int:
    if not isinstance(pixels, int) or not 0 < pixels <= _LONGEST_SIDE:
        raise ValueError("no side of a picture")
    return pixels


@dataclass(frozen=True, slots=True)
class PagedDocument:
    """A complete document; `sha256` covers every page and its text, `source_sha256` is that of the file it was made from."""

    page_sizes: tuple[tuple[int, int], ...]
    sha256: str
    source_sha256: str
    report: QualityReport
