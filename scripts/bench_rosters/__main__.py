"""`make bench-rosters`: take a roster of 10,000 people onto an application, open its class, take another one into an open class, and print how long each step takes."""

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
_PEOPLE = 10_000


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="make bench-rosters", description=__doc__)
    parser.add_argument("--people", type=int, default=_PEOPLE, help=f"on each of both rosters; {_PEOPLE}")
    options = parser.parse_args()
    say(f"date: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    for line in machine():
        say(line)
    with opened_place(DATA, DURABLE) as place:
        os.environ.update(place.environment())
        os.environ["DJANGO_SETTINGS_MODULE"] = "jiangxue.project.settings"
        django.setup()
        measuring = importlib.import_module("scripts.bench_rosters.measuring")  # Django must be set up before
        measuring.measure(options.people)
    return 0


if __name__ == "__main__":
    run_as_program(main)
