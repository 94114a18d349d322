"""`make bench-storage`: let a class learn by the real services in a database of its own, and print how much of it each hour takes."""

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
_LEARNERS, _LESSONS = 20, 4
_MOST_LESSONS = 24
"""Twelve days: the database makes parts of the table of beats only for days around today."""
_QUICK = {**DURABLE, "fsync": "off", "synchronous_commit": "off", "autovacuum_naptime": "'1s'"}
"""What is committed takes the same room however it is committed, and nothing of this is to last; a minute passes in less than a second, and so
autovacuum looks as often as it would in a minute."""


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
        measuring = importlib.import_module("scripts.bench_storage.measuring")  # Django must be set up before
        measuring.measure(place, options.learners, options.lessons)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-storage", description=__doc__)
    parser.add_argument(
        "--learners", type=int, default=_LEARNERS, help=f"how many learn, of ten times as many; {_LEARNERS}"
    )
    parser.add_argument(
        "--lessons",
        type=int,
        default=_LESSONS,
        choices=range(1, _MOST_LESSONS + 1),
        metavar="N",
        help=f"lessons of an hour and a half that each learns, two a day; {_LESSONS}",
    )
    return parser.parse_args()


if __name__ == "__main__":
    run_as_program(main)
