"""Intake of uploaded files: what a file is by its content, and whether it is refused, found out in a caged process.

It owns no table and no folder. It refuses what it does not know, what carries more than pages or a film (macros, scripts, other
files, references to the outside), and what would cost more than its limits.
"""

from jiangxue.courseware.intake.cage import recognise
from jiangxue.courseware.intake.errors import FileRefused
from jiangxue.courseware.intake.office_program import find_office
from jiangxue.courseware.intake.shapes import IntakeLimits

__all__ = ["FileRefused", "IntakeLimits", "find_office", "recognise"]
