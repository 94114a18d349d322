"""How many pictures each form looks at: the course of an attempt by its rules alone, with an honest person who acts half a second after being asked."""

import random
from statistics import fmean

from jiangxue.facecheck.rules.actions import Action
from jiangxue.facecheck.rules.drawing import Form, draw
from jiangxue.facecheck.rules.shapes import Face, Look
from jiangxue.facecheck.rules.staging import Framed, Stage, Staging
from jiangxue.facecheck.rules.thresholds import Thresholds
from scripts.bench_face.cost import Kind

_ATTEMPTS, _EACH_MS, _REACTION = 100, 100, 4
_THRESHOLDS = Thresholds()
_EYES, _CORNERS = ((270.0, 220.0), (370.0, 220.0)), ((280.0, 330.0), (360.0, 330.0))


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
        return _head()
    acted = staging.acted[-1]
    doing = [_head()] * (_REACTION + 1) + _DOING[acted.action] + [_head()]
    return doing[min(len(acted.since), len(doing) - 1)]


def _head(turned: float = 0.0, mouth: float = 0.05, eyes_open: float = 0.95) -> Look:
    """Return a head turned by so many distances of the eyes, as the eyes tell of it."""
    face = Face(220, 140, 200, 240, 0.95, (*_EYES, (320 + 100 * turned, 270), *_CORNERS))
    return Look(640, 480, 120, 150, (face,), yaw_deg=90 * turned, mouth=mouth, eyes_open=eyes_open)


_DOING = {
    Action.TURN_LEFT: [_head(turned) for turned in (0.12, 0.3, 0.3, 0.3)],
    Action.TURN_RIGHT: [_head(turned) for turned in (-0.12, -0.3, -0.3, -0.3)],
    Action.OPEN_MOUTH: [_head(mouth=mouth) for mouth in (0.17, 0.35, 0.35, 0.35)],
    Action.BLINK: [_head(), _head(eyes_open=0.02), _head()],
}
