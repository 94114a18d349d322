"""How many pictures each form looks at: the course of an attempt by its rules alone, with an honest person who acts half a second after being asked."""

import random
from statistics import fmean

from jiangxue.facecheck.rules.actions import Action
from jiangxue.facecheck.rules.drawing import Form, draw
from jiangxue.facecheck.rules.shapes import Look
from jiangxue.facecheck.rules.staging import Framed, Stage, Staging
from jiangxue.facecheck.rules.thresholds import Thresholds
from scripts.bench_face.cost import Kind
from tests.attacks.faces import DOING, living

_ATTEMPTS, _EACH_MS, _REACTION = 100, 100, 4
_THRESHOLDS = Thresholds()


def kind_of(form: Form) -> Kind:
    """Return what an attempt of a form is made of, on average."""
    counts = [_counts(form, random.Random(seed)) for seed in range(_ATTEMPTS)]  # noqa: S311  (counted the same each time)
    looks, turns, portraits = (round(fmean(column)) for column in zip(*counts, strict=True))
    return Kind(form.value.replace("_", " "), looks, turns, portraits)


def _counts(form: Form, chance: random.Random) -> tuple[int, int, int]:
    staging = Staging(draw(form, list(Action), _THRESHOLDS, chance.random), _THRESHOLDS, chance.random)
    staging.begin(0)
    seq = turns = 0
    while staging.stage is not Stage.OVER:
        seq, turns = seq + 1, turns + staging.wants_turn
        at_ms = seq * _EACH_MS
        staging.hear(Framed(seq, staging.slot, at_ms, _look(staging)), at_ms)
    portraits = {*staging.start, *staging.middle, *staging.acting, *staging.end}
    return seq, turns, len(portraits)


def _look(staging: Staging) -> Look:
    if staging.stage is not Stage.ACTING:
        return living()
    acted = staging.acted[-1]
    doing = [living()] * _REACTION + DOING[acted.action]
    return doing[min(len(acted.since), len(doing) - 1)]
