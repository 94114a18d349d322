"""The words of the papers, for pages that say the same: they may not reach into `papers`."""

from jiangxue.courseware.papers.saying import (
    aim_said,
    basis_said,
    fee_said,
    hours_alone,
    hours_said,
    lesson_length,
    occupation_said,
    supplier_said,
)

__all__ = [
    "aim_said",
    "basis_said",
    "fee_said",
    "hours_alone",
    "hours_said",
    "lesson_length",
    "occupation_said",
    "supplier_said",
]
