"""`make bench-face`: look at faces with the models of each tier, on one core, and print what that costs and how many cores 50,000 learners need."""

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import cv2
import msgspec

from jiangxue.facecheck.rules.drawing import Form
from scripts.bench.measuring import machine
from scripts.bench_face import pooled
from scripts.bench_face.cost import CHECKS_A_SECOND, LEAST, Cost, cores
from scripts.bench_face.courses import kind_of
from scripts.bench_face.frames import write_frames
from scripts.terminal import run_as_program, say

_TIERS = {0: "0", 1: "0 + 1", 2: "0 + 1 + 2"}


def main() -> int:
    """Print one table by tier, one of checks, and what the way through a process adds."""
    say(f"date: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, OpenCV {cv2.__version__}")
    for line in machine():
        say(line)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        say(f"pictures: 640 x 480, {write_frames(folder):,} bytes on average; medians of processor time, {_pin()}")
        costs = [_cost(tier, folder) for tier in _TIERS]
        _say_costs(costs)
        _say_checks(costs)
        look, turn, portrait = pooled.measure(folder)
        say(
            f"\nThrough a caged process, by the clock: look {look:.1f} ms, with the turn {turn:.1f}, portrait {portrait:.1f}"
        )
    say(f"load average after: {' '.join(f'{load:.2f}' for load in os.getloadavg())}")
    return 0


def _pin() -> str:
    """Keep this process and its children on one core, where the system can."""
    if not hasattr(os, "sched_setaffinity"):
        return "on any core"
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return f"on core {core} alone"


def _cost(tier: int, folder: Path) -> Cost:
    command = [sys.executable, "-m", "scripts.bench_face.one_tier", str(tier), str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    return msgspec.json.decode(done.stdout, type=Cost)


def _say_costs(costs: list[Cost]) -> None:
    say("\n| tiers | look ms | with the turn ms | portrait ms | start s | peak MB |")
    say("|" + "---|" * 6)
    for cost in costs:
        times = f"{cost.look_ms:.1f} | {cost.turn_ms:.1f} | {cost.portrait_ms:.1f} | {cost.start_s:.2f}"
        say(f"| {_TIERS[cost.tier]} | {times} | {cost.peak_mb:.0f} |")


def _say_checks(costs: list[Cost]) -> None:
    say(f"\n50,000 learners, one check in 15 minutes: {CHECKS_A_SECOND:.1f} checks a second")
    say("\n| check | looks | of these turns | portraits | tiers | ms a check | checks/s a core | cores for all |")
    say("|" + "---|" * 8)
    for kind in (LEAST, *(kind_of(form) for form in (Form.SHORT, Form.LONG, Form.STEP_UP))):
        for cost in costs:
            ms, made_of = kind.ms(cost), f"{kind.looks} | {kind.turns} | {kind.portraits}"
            say(f"| {kind.name} | {made_of} | {_TIERS[cost.tier]} | {ms:.0f} | {1000 / ms:.1f} | {cores(ms):.1f} |")


if __name__ == "__main__":
    run_as_program(main)
