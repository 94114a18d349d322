"""`make bench`: bring up the place, do the runs, print the table."""

import os
from dataclasses import replace
from datetime import UTC, datetime

from scripts.bench.kept import keep_beats
from scripts.bench.learners import make_learners
from scripts.bench.place import DURABLE, Place, opened_place
from scripts.bench.plan import Plan, Run, read_plan
from scripts.bench.report import heading, introduce, row, row_of_visits, row_of_worker, verdicts
from scripts.bench.running import Measured, measure
from scripts.bench.web import beside
from scripts.layout import REPOSITORY, DataFolder
from scripts.terminal import run_as_program, say

DATA = DataFolder(REPOSITORY / ".bench-data")


def main() -> int:
    """Do what the plan says; the status is 1 when the database does not hold what was acknowledged."""
    plan = read_plan()
    introduce(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    with opened_place(DATA, DURABLE) as place:
        make_learners(place, plan.learners + plan.openings)
        say("\n" + heading())
        measured = [_measured(place, plan, run) for run in plan.runs]
        if plan.kept:
            keep_beats(place, plan.kept)
            measured += [
                _measured(place, plan, replace(run, name=f"{run.name}, {plan.kept:,} kept")) for run in plan.runs
            ]
        say(f"load average after: {' '.join(f'{load:.2f}' for load in os.getloadavg())}")
        return 0 if verdicts(measured) else 1


def _measured(place: Place, plan: Plan, run: Run) -> Measured:
    with beside(place, plan, run) as served:
        measured = measure(place, run, served)
    say(row(measured))
    if "worker" in measured.used.cpu_s:
        say(row_of_worker(measured))
    if measured.visited:
        say(row_of_visits(measured, measured.visited))
    return measured


if __name__ == "__main__":
    run_as_program(main)
