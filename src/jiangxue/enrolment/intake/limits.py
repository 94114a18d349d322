"""What a file may hold. What is beyond is refused in words, before it costs anybody anything."""

from jiangxue.enrolment.rules.roster.shapes import MOST_ROWS
from jiangxue.kernel.cage import Walls
from jiangxue.kernel.zips import Bounds

WALLS = Walls(address_space_bytes=2 * 1024**3, processor_s=20, file_bytes=0)
"""Measured by feeding `python -m jiangxue.enrolment.intake.caged` on 2 cores: 10,000 rows of six columns 0.3 s and 38 MiB, one stray cell in the last line of the second column 340 MiB."""
MOST_LINES = MOST_ROWS + 200
"""Lines that are kept of a sheet: people, and what stands above and between them."""
MOST_COLUMNS = 60
LONGEST_CELL = 300
MOST_CHARACTERS = 8_000_000
MOST_SHEETS = 30
MOST_MERGED = 20_000
BOUNDS = Bounds(most_bytes=400 * 1024**2, unsuspicious_bytes=64 * 1024**2, most_ratio=100)
