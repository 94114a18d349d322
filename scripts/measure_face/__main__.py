"""`make measure-face`: play attacks and honest people through eyes and rules, and print how often each passes."""

import argparse
import subprocess
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache

import cv2

from jiangxue.facecheck.rules.decision import Outcome
from jiangxue.facecheck.rules.drawing import Form
from jiangxue.facecheck.vision.sight import Sight
from jiangxue.facecheck.vision.weights import found_in
from jiangxue.project.env import face_models
from scripts.bench.measuring import machine
from scripts.measure_face.bounds import upper_permille
from scripts.measure_face.flashes import say_flashes
from scripts.measure_face.playing import Course, Enrolled, check, enrolled
from scripts.measure_face.rows import ATTACKS, HONEST, Row
from scripts.terminal import run_as_program, say

_SEEDS = {Form.SHORT: 10, Form.LONG: 5, Form.ENROL: 3}
_OUTCOMES = [outcome for outcome in Outcome if outcome is not Outcome.BLOCKED]
_TITLES = {"attacks (APCER: passed)": ATTACKS, "honest people (BPCER: not passed)": HONEST}


@cache
def _eyes() -> tuple[Sight, Enrolled]:
    sight = Sight(found_in(face_models()))
    return sight, enrolled(sight)


def outcomes(row: Row, form: Form, seeds: Sequence[int], attempts: int) -> Counter[Outcome]:
    """Play one row so often, with the same chance each time that this is measured, and count how it ends."""
    sight, who = _eyes()
    courses = [Course(form, attempts, row.each_ms, seed) for seed in seeds]
    return Counter(check(row.player(course.seed), course, sight, who)[-1].outcome for course in courses)


def main() -> int:
    """Print two tables: attacks that pass, and honest people who do not."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--times", type=int, default=1, help="so many times as many")
    parser.add_argument("--attempts", type=int, default=1, help="so many attempts at each check, as in the platform: 3")
    parser.add_argument("--flash", action="store_true", help="the flash alone, of which there can be more")
    parser.add_argument("words", nargs="*", help="only tables or rows whose names contain one of these")
    args = parser.parse_args()
    began_s, spent_s = time.monotonic(), time.process_time()
    cv2.setNumThreads(1)
    _say_where()
    if args.flash:
        say_flashes(_eyes()[0], args.times, args.words)
    else:
        _say_checks(args.times, args.attempts, args.words)
    say(f"\n{time.monotonic() - began_s:.0f} s by the clock, {time.process_time() - spent_s:.0f} s of processor time")
    return 0


def _say_checks(times: int, attempts: int, words: Sequence[str]) -> None:
    for title, rows in _TITLES.items():
        say(f"\n| {title} | form | n | {' | '.join(outcome.value for outcome in _OUTCOMES)} | 95 % bound |")
        say("|---" * (len(_OUTCOMES) + 4) + "|")
        for row in rows:
            if not words or any(word in title + row.name for word in words):
                _say_row(row, times, attempts, is_attack=rows is ATTACKS)


def _say_row(row: Row, times: int, attempts: int, *, is_attack: bool) -> None:
    for form in row.forms:
        seeds = range(1_000, 1_000 + _SEEDS[form] * times)
        found = outcomes(row, form, seeds, attempts)
        passed = found[Outcome.PASSED]
        bound = upper_permille(passed if is_attack else len(seeds) - passed, len(seeds)) / 10
        ends = " | ".join(str(found[outcome]) for outcome in _OUTCOMES)
        say(f"| {row.name} | {form.value} | {len(seeds)} | {ends} | {bound:.0f} % |")


def _say_where() -> None:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True)
    say(f"date: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {commit.stdout.strip()}")
    for line in machine():
        say(line)


if __name__ == "__main__":
    run_as_program(main)
