"""The numbers that one learning day of a place has, and that add up over places and days. docs/rules/statistics.md."""

from jiangxue.learning.rules.reasons import Reason

OUTCOMES = ("passed", "missed", "failed", "unavailable", "unclear")
"""What a check may come to; those that the server withdrew are none."""
TIMES = ("credited", "effective", "corrected", *(f"refused_{reason.value}" for reason in Reason))
"""Time in ms, as far as it is sealed; refused time by its reason."""
CHECKS = tuple(f"{kind}_{outcome}" for kind in ("check", "face") for outcome in OUTCOMES)
TESTS = ("test_passed", "test_failed", "test_expired", "test_score")
"""Attempts at the tests of lessons by how they ended, and the sum of the marks of those that were handed in."""
ATTENDED = ("live_planned", "live", "practice_planned", "practice")
"""Live and practice lessons in ms: how long they were planned, and what of it counts for those who were present."""
COLUMNS = ("sign_ins", *TIMES, *CHECKS, *TESTS, *ATTENDED)
