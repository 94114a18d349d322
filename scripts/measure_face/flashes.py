"""The flash alone: how the verdict falls over honest people and over films of another flash, without any action."""

import random
from collections import Counter
from collections.abc import Sequence
from statistics import median_low

from jiangxue.facecheck.rules.drawing import Form, Plan, draw_colours
from jiangxue.facecheck.rules.flash import Flash, Verdict
from jiangxue.facecheck.vision.sight import Sight
from scripts.measure_face.playing import THRESHOLDS, Attempt
from scripts.measure_face.rows import FILMS, HONEST, RESTLESS, Row
from scripts.terminal import say

_SEEDS = 30
_TITLES = {"honest people": (*HONEST, *RESTLESS), "films": FILMS}


def say_flashes(sight: Sight, times: int, words: Sequence[str]) -> None:
    """Print two tables: honest people, of whom none should be said not to follow, and films."""
    for title, rows in _TITLES.items():
        say(f"\n| {title} | n | {' | '.join(verdict.value for verdict in Verdict)} | strength in thousandths |")
        say("|---" * (len(Verdict) + 3) + "|")
        for row in rows:
            if not words or any(word in row.name for word in words):
                _say_row(row, sight, range(2_000, 2_000 + _SEEDS * times))


def _say_row(row: Row, sight: Sight, seeds: Sequence[int]) -> None:
    flashes = [_weighed(row, sight, seed) for seed in seeds]
    found = Counter(flash.verdict(THRESHOLDS) for flash in flashes)
    strengths = sorted(flash.strength_permille for flash in flashes)
    ends = " | ".join(str(found[verdict]) for verdict in Verdict)
    say(f"| {row.name} | {len(seeds)} | {ends} | {strengths[0]} to {strengths[-1]}, {median_low(strengths)} |")


def _weighed(row: Row, sight: Sight, seed: int) -> Flash:
    chance = random.Random(seed)  # noqa: S311  (the draws of a measurement can be made again)
    plan = Plan(Form.LONG, draw_colours(THRESHOLDS.flash_colours, chance.random), actions=(), pauses_ms=())
    attempt = Attempt(plan, sight, 0, row.each_ms, random.Random(seed))  # noqa: S311
    attempt.show(row.player(seed))
    return attempt.weighed(chance)
