"""`make bench-ledger`: fill a log of its own, on a PostgreSQL of its own that trades no safety for speed, and print what that cost."""

import argparse
import importlib
import os
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import django

from scripts.bench.measuring import machine
from scripts.bench.place import DATABASE, DURABLE, Place, opened_place
from scripts.layout import REPOSITORY, DataFolder
from scripts.provision import SEALER, SIGNER
from scripts.terminal import run_as_program, say

DATA = DataFolder(REPOSITORY / ".bench-data")
_SIZES = (100_000, 1_000_000)
_ARCHIVES = 100_000


def main() -> int:
    """Print one table for all sizes."""
    options = _options()
    say(f"date: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    for line in machine():
        say(line)
    with opened_place(DATA, DURABLE) as place, TemporaryDirectory() as folder:
        _prepare(place)
        measuring = importlib.import_module("scripts.bench_ledger.measuring")  # Django must be set up before
        urls = {role: place.server.url(role, DATABASE) for role in (SEALER, SIGNER)}
        with measuring.log_of(urls[SEALER], urls[SIGNER], Path(folder), options.archives) as log:
            for size in sorted(options.size or _SIZES):
                measuring.measure(log, size)
    say(f"load average after: {' '.join(f'{load:.2f}' for load in os.getloadavg())}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-ledger", description=__doc__)
    parser.add_argument(
        "--size", type=int, action="append", metavar="ENTRIES", help=f"measure at this size; may be repeated; {_SIZES}"
    )
    parser.add_argument(
        "--archives", type=int, default=_ARCHIVES, help=f"how many archives have entries; {_ARCHIVES:,}"
    )
    return parser.parse_args()


def _prepare(place: Place) -> None:
    os.environ.update(place.environment())
    os.environ["DJANGO_SETTINGS_MODULE"] = "jiangxue.project.settings"
    django.setup()


if __name__ == "__main__":
    run_as_program(main)
