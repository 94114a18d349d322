"""The numbers that one learning day of a place has, and that add up over places and days. docs/rules/statistics.md."""

from jiangxue.learning.rules.reasons import Reason

OUTCOMES = ("passed", "missed", "failed", "unavailable", "unclear")
"""What a check may come to; those that the server withdrew are none."""
TIMES = ("credited", "effective", "corrected", *(f"refused_{reason.value}" for reason in Reason))
"""Time in ms, as far as it is sealed; refused time by its reason."""
CHECKS = tuple(f"{kind}_{outcome}" for kind in ("check", "face") for outcome in OUTCOMES)
COLUMNS = ("sign_ins", *TIMES, *CHECKS)
