"""`make chaos`: load, kills, and what the database holds at the end."""

import argparse
import json
import time
from collections import Counter
from pathlib import Path
from secrets import token_hex

import msgspec

from scripts.bench.checking import check, faults_in
from scripts.bench.generator import Result
from scripts.bench.learners import make_learners, open_sessions
from scripts.bench.place import DURABLE, opened_place
from scripts.bench.plan import Run
from scripts.bench.running import Playing, order_for
from scripts.chaos.judging import counts_of_sealing, faults_of_judging
from scripts.chaos.kills import KILLS, UPDATES
from scripts.chaos.site import Site, running_site
from scripts.layout import REPOSITORY, DataFolder
from scripts.terminal import run_as_program, say

_SETTINGS = {**DURABLE, "shared_buffers": "'128MB'", "max_wal_size": "'1GB'"}
_BEAT_EVERY_S = 3.0
_UNSEALED_MS = 540_000  # so that half of the sessions are sealed while they run, and all at their end
_RETRY_S = 0.4
_ENDED_WITHIN_S = 60.0


def main() -> int:
    """Let learners learn while parts are killed; the status is 1 when anything was lost or credited otherwise."""
    options = _options()
    with opened_place(DataFolder(options.data), _SETTINGS) as place:
        make_learners(place, options.learners)
        name = token_hex(8)
        opened_ms = open_sessions(place, name, options.learners, unsealed_ms=_UNSEALED_MS)
        with running_site(place) as site:
            kills, result = _under_load(site, name, opened_ms, options)
            _wait_until_all_have_ended(site)
        found = check(place, name, options.learners, place.data.run / "acknowledged", ended=True)
        faults = {**faults_in(found), **faults_of_judging(place)}
        report = {
            "kills": dict(kills),
            "acknowledged": found["beats acknowledged"],
            "stored": found["beats stored"],
            "answers": result.statuses,
            "unanswered": result.unanswered,
            **counts_of_sealing(place),
            "faults": {name: count for name, count in faults.items() if count},
        }
    say(json.dumps(report) if options.json else "\n".join(f"{name}: {value}" for name, value in report.items()))
    return 1 if report["faults"] or not found["beats acknowledged"] else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__, allow_abbrev=False)
    add = parser.add_argument
    add("--seconds", type=float, default=300, help="how long learners learn")
    add("--pause", type=float, default=3, help="seconds of undisturbed load between a recovery and the next kill")
    add("--learners", type=int, default=2_000)
    add("--data", type=Path, default=REPOSITORY / ".bench-data" / "chaos", help="the data folder")
    add(
        "--updates",
        action="store_true",
        help="kill nothing: ask the processes that hear beats to end, one after the other",
    )
    add("--json", action="store_true", help="print the counts as one line of JSON")
    return parser.parse_args()


def _under_load(site: Site, name: str, opened_ms: int, options: argparse.Namespace) -> tuple[Counter[str], Result]:
    """Kill one part after the other while all learners beat every three seconds; they repeat what was not answered."""
    rate = options.learners / _BEAT_EVERY_S
    run = Run("chaos", rate, len(site.hot), options.learners, options.seconds, 0.0, 200)
    order = order_for(site.place, run, opened_ms, [each.port for each in site.hot], name=name)
    playing = Playing("scripts.bench.generator", msgspec.structs.replace(order, leave=True, retry_s=_RETRY_S))
    kills: Counter[str] = Counter()
    ways = UPDATES if options.updates else KILLS
    try:
        playing.wait_for("begin")
        until_s = time.monotonic() + options.seconds - options.pause
        while time.monotonic() + options.pause < until_s or kills.total() < len(ways):
            time.sleep(options.pause)
            site.revive_worker()
            kill = ways[kills.total() % len(ways)]
            kill(site, kills.total() // len(ways))
            kills[kill.__name__] += 1
        playing.wait_for("end")
        return kills, playing.result(Result)
    finally:
        playing.stop()


def _wait_until_all_have_ended(site: Site) -> None:
    """Wait for the worker to seal the sessions of those who left, which is all of them."""
    until_s = time.monotonic() + _ENDED_WITHIN_S
    with site.place.admin() as connection:
        while time.monotonic() < until_s:
            site.revive_worker()
            left = connection.execute("SELECT count(*) FROM learning_studysession WHERE closed_at IS NULL").fetchone()
            if left == (0,):
                return
            time.sleep(0.5)


if __name__ == "__main__":
    run_as_program(main)
