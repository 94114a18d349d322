"""Makes the wider demonstration in order, each part once."""

from collections.abc import Callable
from pathlib import Path

from jiangxue.project.demonstration.acting import Days
from jiangxue.project.demonstration.wider.attended import seed_attended
from jiangxue.project.demonstration.wider.cases import seed_cases
from jiangxue.project.demonstration.wider.classes import seed_classes
from jiangxue.project.demonstration.wider.exported import seed_exports
from jiangxue.project.demonstration.wider.openings import seed_decided_openings
from jiangxue.project.demonstration.wider.rosters import put_roster, seed_roster
from jiangxue.project.demonstration.wider.settled import seed_ratings, seed_settled
from jiangxue.project.demonstration.wider.supervised import seed_supervised
from jiangxue.project.demonstration.wider.weeks import has_weeks, make_weeks


def seed_wider(*, days: Days, report: Callable[[str], object]) -> None:
    """Open the classes and let people have learned, come, rated and settled there."""
    seed_classes(now=days.now)
    if not has_weeks():
        make_weeks(days=days, report=report)
    seed_attended(days=days)
    seed_ratings(days=days, report=report)
    seed_settled(days=days, report=report)


def seed_offices(folder: Path, *, days: Days) -> None:
    """Let offices have worked: applications, a roster, cases, orders, a sample, exports."""
    seed_decided_openings(days=days)
    seed_roster(put_roster(folder), now=days.now)
    seed_cases(days=days)
    seed_supervised(days=days)
    seed_exports(now=days.now)
