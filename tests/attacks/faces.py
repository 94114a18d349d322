"""Checks of faces played through all the rules, with numbers in place of pictures: what somebody shows, and what the attempts come to."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from jiangxue.facecheck.rules.actions import Action, another_action, is_done
from jiangxue.facecheck.rules.camera import signs_of
from jiangxue.facecheck.rules.camera_claims import CameraClaims
from jiangxue.facecheck.rules.colours import Shown
from jiangxue.facecheck.rules.decision import (
    Decision,
    Evidence,
    Outcome,
    Reason,
    decide,
    form_for,
    live_of,
)
from jiangxue.facecheck.rules.drawing import Form, Plan, draw, draw_decoys
from jiangxue.facecheck.rules.flash import Flash, weigh_flash
from jiangxue.facecheck.rules.identity import is_continuous, likeness_of
from jiangxue.facecheck.rules.repeats import Sent, digests_to_keep, repeats_of
from jiangxue.facecheck.rules.shapes import Embedding, Look, Timed
from jiangxue.facecheck.rules.thresholds import Thresholds
from tests.rules.face.heads import Pose, head, look, times
from tests.rules.face.light import Scene, sent, sequence
from tests.rules.face.people import alike, person, portrait

ENROLLED = person(1)
CAMERA = {"label": "HD Pro Webcam C920 (046d:082d)", "constructor": "MediaStreamTrack", "native": True}
LATER_MS = 100_000


def living(yaw: float = 0.0, mouth: float = 0.05, eyes: float = 0.95) -> Look:
    """Return the look of a living head, with all that models tell."""
    return look(head(Pose(yaw)), yaw_deg=yaw, mouth=mouth, eyes_open=eyes)


DOING: dict[Action, list[Look]] = {
    Action.TURN_LEFT: [living(28 * part) for part in (0, 0.4, 1, 1, 1, 0.3, 0)],
    Action.TURN_RIGHT: [living(-28 * part) for part in (0, 0.4, 1, 1, 1, 0.3, 0)],
    Action.OPEN_MOUTH: [living(mouth=0.05 + 0.3 * part) for part in (0, 0.4, 1, 1, 1, 0)],
    Action.BLINK: [living(), living(eyes=0.02), living()],
}


@dataclass
class Somebody:
    """Whoever is before the camera, or in its place: an honest person, unless said otherwise."""

    scene: Scene = field(default_factory=lambda: Scene(amplitude=0.05))
    cosine: float = 0.65
    camera: dict[str, object] = field(default_factory=lambda: dict(CAMERA))
    live: float | None = None
    frames_sent: int = 0

    def lit_by(self, shown: Sequence[Shown], rng: np.random.Generator) -> Sequence[Shown]:
        """Return the colours by which the face is lit."""
        return shown

    def does(self, asked: Action, rng: np.random.Generator) -> list[Look]:
        """Return what is seen after an action was asked."""
        return [living(rng.normal(0, 1)), *DOING[asked]]

    def neutral(self) -> list[Look]:
        """Return what is seen before anything is asked."""
        return [living()] * 5

    def embeddings(self) -> list[Embedding]:
        """Return whom start, middle and end show."""
        return [alike(1, self.cosine)] * 3

    def digest(self) -> str:
        """Return the digest of the next frame: no sensor gives one twice."""
        self.frames_sent += 1
        return str(self.frames_sent)


def attempt(
    who: Somebody, form: Form, rng: np.random.Generator, before: Sequence[Decision], earlier: set[str]
) -> Decision:
    """Return what one attempt comes to; its digests are added to the earlier ones."""
    thresholds = Thresholds()
    plan = draw(form, list(Action), thresholds, rng.random)
    flash, lit = _flash(who, plan, rng, thresholds) if plan.colours else (None, [])
    portraits = [portrait(embedding, live=who.live) for embedding in who.embeddings()]
    acted: list[Timed] = []
    evidence = Evidence(
        form=form,
        who=likeness_of(portraits, ENROLLED, thresholds).who(thresholds),
        attempts_left=thresholds.attempts - len(before) - 1,
        flash=flash,
        signs=frozenset(signs_of(CameraClaims.from_claims(who.camera))),
        live_permille=live_of(portraits),
        others_before=sum(Reason.OTHER_FACE in decision.reasons for decision in before),
        not_live_before=sum(Reason.NO_LIVE_FACE in decision.reasons for decision in before),
    )
    are_done, others = [], []
    for number, action in enumerate(plan.actions):
        since = times(who.does(action, rng), from_ms=LATER_MS + 1_000 * number)
        are_done.append(is_done(action, who.neutral(), since, thresholds))
        others.append(another_action(action, who.neutral(), since, thresholds))
        acted += since
    frames = [Sent(who.digest(), has_face=True) for _ in (*lit, *acted)]
    repeats = repeats_of(frames, earlier, thresholds)
    earlier |= digests_to_keep(frames, repeats)
    found: dict[str, Any] = {
        "actions_done": all(are_done),
        "has_done_another": any(others),
        "repeats": repeats,
        "is_continuous": is_continuous(acted, thresholds),
    }
    return decide(replace(evidence, **found), thresholds)


def check(who: Somebody, form: Form, seed: int) -> list[Decision]:
    """Return what the attempts of one check come to, until it is over."""
    rng = np.random.default_rng(seed)
    decisions: list[Decision] = []
    earlier: set[str] = set()
    form = form_for(form, signs_of(CameraClaims.from_claims(who.camera)))
    while not decisions or decisions[-1].outcome in {Outcome.AGAIN, Outcome.STEP_UP}:
        decisions.append(attempt(who, form, rng, decisions, earlier))
        form = Form.STEP_UP if decisions[-1].outcome is Outcome.STEP_UP else form
    return decisions


def _flash(
    who: Somebody, plan: Plan, rng: np.random.Generator, thresholds: Thresholds
) -> tuple[Flash, Sequence[Timed]]:
    shown = sent(plan.colours, rng)
    seen = who.scene.seen(shown, rng, who.lit_by(shown, rng))
    return weigh_flash(shown, seen, draw_decoys(thresholds, rng.random), thresholds), seen


def other_colours(_shown: Sequence[Shown], rng: np.random.Generator) -> Sequence[Shown]:
    """Return the colours of a flash that was recorded some other time."""
    return sent(sequence(rng), rng)
