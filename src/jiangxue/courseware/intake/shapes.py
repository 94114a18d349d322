"""The limits of intake, and what is told about a file before it is opened."""

import os
from dataclasses import dataclass
from pathlib import Path

from jiangxue.kernel.cage import Walls

_LOOKED_AT = 64 * 1024


@dataclass(frozen=True, slots=True)
class IntakeLimits:
    """What one file may hold; a hostile file meets these walls instead of the machine's. Lengths of pages are in millimetres."""

    most_pixels: int = 100_000_000
    most_elongated: int = 20
    smallest_side: int = 16
    most_pages: int = 500
    longest_page_mm: int = 5_000
    most_parts: int = 10_000
    most_part_bytes: int = 256 * 1024**2
    most_unpacked_bytes: int = 512 * 1024**2
    most_ratio: int = 100
    unsuspicious_bytes: int = 32 * 1024**2
    most_elements: int = 5_000_000
    deepest: int = 250
    most_objects: int = 300_000
    address_space_bytes: int = 3 * 1024**3
    processor_s: int = 120

    @property
    def walls(self) -> Walls:
        """Return what stands around the process; it writes no file."""
        return Walls(self.address_space_bytes, self.processor_s, file_bytes=0)


@dataclass(frozen=True, slots=True)
class Sample:
    """The beginning, the end and the length of a file."""

    head: bytes
    tail: bytes
    size: int


def sample_of(source: Path) -> Sample:
    """Read the beginning and the end of a file."""
    with source.open("rb") as file:
        head = file.read(_LOOKED_AT)
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _LOOKED_AT))
        return Sample(head, file.read(), size)
