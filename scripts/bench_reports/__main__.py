"""`make bench-reports`: fill a database of its own with a million learning records of a hundred thousand learners, and print how long lists and statistics take."""

import argparse
import importlib
import os
from datetime import UTC, datetime

import django

from scripts.bench.measuring import machine
from scripts.bench.place import DURABLE, opened_place
from scripts.layout import REPOSITORY, DataFolder
from scripts.terminal import run_as_program, say

DATA = DataFolder(REPOSITORY / ".bench-data")
_LEARNERS, _FEWEST, _TIMES = 100_000, 4_000, 5
_QUICK = {**DURABLE, "fsync": "off", "synchronous_commit": "off"}
"""What is measured reads; nothing of what is filled in is to last."""


def main() -> int:
    """Print the tables."""
    options = _options()
    say(f"date: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    for line in machine():
        say(line)
    with opened_place(DATA, _QUICK) as place:
        os.environ.update(place.environment())
        os.environ["DJANGO_SETTINGS_MODULE"] = "jiangxue.project.settings"
        django.setup()
        measuring = importlib.import_module("scripts.bench_reports.measuring")  # Django must be set up before
        if options.exports:
            exporting = importlib.import_module("scripts.bench_reports.exporting")
            exporting.measure_exports(place, options.learners, datetime.now(UTC))
        else:
            measuring.measure(place, options.learners, options.times)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-reports", description=__doc__)
    parser.add_argument("--learners", type=int, default=_LEARNERS, help=f"each has ten records; {_LEARNERS}")
    parser.add_argument(
        "--times", type=int, default=_TIMES, help=f"how often each is asked; the median is printed; {_TIMES}"
    )
    parser.add_argument("--exports", action="store_true", help="make files of all records instead")
    options = parser.parse_args()
    if options.learners < _FEWEST:
        parser.error(f"fewer than {_FEWEST:,} learners do not fill the classes that are asked for")
    return options


if __name__ == "__main__":
    run_as_program(main)
