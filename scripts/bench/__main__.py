"""`make bench`: bring up the place, do the runs, print the table."""

import os
from datetime import UTC, datetime

from scripts.bench.learners import make_learners
from scripts.bench.place import DURABLE, opened_place
from scripts.bench.plan import read_plan
from scripts.bench.report import heading, introduce, row, verdicts
from scripts.bench.running import measure
from scripts.layout import REPOSITORY, DataFolder
from scripts.terminal import run_as_program, say

DATA = DataFolder(REPOSITORY / ".bench-data")


def main() -> int:
    """Do what the plan says; the status is 1 when the database does not hold what was acknowledged."""
    plan = read_plan()
    introduce(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    with opened_place(DATA, DURABLE) as place:
        make_learners(place, plan.learners)
        say("\n" + heading())
        measured = []
        for run in plan.runs:
            measured.append(measure(place, run))
            say(row(measured[-1]))
        say(f"load average after: {' '.join(f'{load:.2f}' for load in os.getloadavg())}")
        return 0 if verdicts(measured) else 1


if __name__ == "__main__":
    run_as_program(main)
