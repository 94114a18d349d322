"""Judging what one attempt has shown: the frames that count are looked at closely, the pure rules are asked, and everything is kept by which it can be judged again.

Numbers are thousandths; what the page claims of its camera is kept as it was said.
"""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial

from jiangxue.facecheck.api.database import in_database
from jiangxue.facecheck.api.incoming import Incoming
from jiangxue.facecheck.api.pictures import Kept, Known, known_of, portraits_of, with_pictures
from jiangxue.facecheck.api.wire import Frame
from jiangxue.facecheck.models import FaceAttempt
from jiangxue.facecheck.queries.attempts import MARK_BYTES, Earlier, earlier_attempts
from jiangxue.facecheck.rules.actions import Action, another_action
from jiangxue.facecheck.rules.camera import signs_of
from jiangxue.facecheck.rules.camera_claims import CameraClaims
from jiangxue.facecheck.rules.decision import Decision, Evidence, Outcome, Reason, blocks, decide, form_for, live_of
from jiangxue.facecheck.rules.drawing import Chance, Form, Plan, draw, draw_decoys
from jiangxue.facecheck.rules.flash import Flash, weigh_flash
from jiangxue.facecheck.rules.identity import (
    Likeness,
    Who,
    agreement_of,
    is_continuous,
    likeness_of,
    resembles,
    source_permille,
    template_of,
)
from jiangxue.facecheck.rules.outcomes import NO_WORSE_THAN_BROKEN, AttemptOutcome, Purpose
from jiangxue.facecheck.rules.repeats import Repeats, Sent, digests_to_keep, is_near_duplicate, repeats_of
from jiangxue.facecheck.rules.shapes import Portrait
from jiangxue.facecheck.rules.staging import Acted, Stage, Staging
from jiangxue.facecheck.rules.thresholds import Thresholds
from jiangxue.facecheck.rules.timing import ColourFrames, colour_frames, pace_of
from jiangxue.facecheck.services.results import Result
from jiangxue.facecheck.services.templates import Made, Opened, open_template
from jiangxue.facecheck.vision.pool import Eyes
from jiangxue.facecheck.vision.weights import ALL, EYE, MESH, SFACE
from jiangxue.kernel.canonical import Value


class Judge:
    """Judges one attempt; made before its first frame, because what is asked is drawn here.

    `is_declined` is a form with colours before somebody who wants none: nothing is shown then, because whoever could choose would choose so.
    """

    def __init__(
        self, attempt: FaceAttempt, claimed: object, models: Sequence[str], chance: Chance, *, prefers_actions: bool
    ) -> None:
        self.thresholds = Thresholds.from_values(attempt.thresholds)
        self._attempt, self._models, self._chance = attempt, models, chance
        self._claims = CameraClaims.from_claims(claimed)
        self._signs = signs_of(self._claims)
        self._form = form_for(Form(attempt.form), self._signs)
        self._without_flash = bool(attempt.bound.get("without_flash"))
        self.plan = draw(self._form, _judgeable(models), self.thresholds, chance, without_flash=self._without_flash)
        self.is_declined = prefers_actions and bool(self.plan.colours)
        self.sent: list[Sent] = []
        self._known = Known()

    @property
    def is_blocked(self) -> bool:
        """Say whether the camera is one that is refused by its name: then nothing is asked."""
        return blocks(self._signs, self.thresholds)

    def staging(self) -> Staging:
        """Return the course of the attempt, before its first frame."""
        return Staging(self.plan, self.thresholds, self._chance)

    def note(self, frame: Frame, *, has_face: bool) -> None:
        """Take note of a frame that was looked at."""
        self.sent.append(Sent(hashlib.sha256(frame.jpeg).digest()[:MARK_BYTES].hex(), has_face))

    async def result(self, staging: Staging, kept: Mapping[int, Kept], incoming: Incoming, eyes: Eyes) -> Result:
        """Return what the attempt comes to."""
        earlier = await in_database(partial(earlier_attempts, self._attempt, {each.digest for each in self.sent}))
        template = await in_database(partial(open_template, self._attempt.account_id))
        portraits = await portraits_of(staging, kept, eyes)
        self._known = await known_of(self._attempt, eyes)
        frames = colour_frames(staging.slots, incoming.stamps)
        found = await asyncio.to_thread(self._found, staging, frames, portraits, earlier, template)
        result = self._kept(staging, incoming, found)
        return await with_pictures(result, self._attempt, portraits, kept, eyes)

    async def left(self, staging: Staging, kept: Mapping[int, Kept], incoming: Incoming, eyes: Eyes) -> Result:
        """Return what an attempt comes to that was left or cut off after something had been shown: at best it is broken.

        What was found by then stands, so that nobody gets away from it by going.
        """
        result = await self.result(staging, kept, incoming, eyes)
        if result.outcome in NO_WORSE_THAN_BROKEN:
            return replace(result, outcome=AttemptOutcome.BROKEN, codes=(), made=None)
        return result

    def unjudged(
        self, staging: Staging, incoming: Incoming, outcome: AttemptOutcome, codes: Sequence[str] = ()
    ) -> Result:
        """Return what is kept of an attempt of which nothing can be said."""
        return replace(self._kept(staging, incoming, _Found(outcome)), codes=codes)

    def _found(
        self,
        staging: Staging,
        frames: ColourFrames,
        portraits: Mapping[int, Portrait],
        earlier: Earlier,
        template: Opened | None,
    ) -> "_Found":
        acting = [portraits[seq] for seq in staging.acting if seq in portraits]
        shown = [portrait for seq, portrait in portraits.items() if seq not in staging.acting]
        purpose = Purpose(self._attempt.purpose)
        likeness = _likeness(shown, acting, template, self.thresholds)
        flash = self._flash(staging)
        repeats = repeats_of(self.sent, earlier.marks, self.thresholds)
        evidence = Evidence(
            form=self._form,
            who=self._who(purpose, shown, likeness),
            attempts_left=1 if purpose is not Purpose.CHECK else earlier.attempts_left,
            flash=flash,
            actions_done=self._actions_done(staging),
            has_done_another=any(self._is_another(acted) for acted in staging.acted),
            repeats=repeats,
            signs=frozenset(self._signs),
            live_permille=live_of(shown),
            is_near_duplicate=bool(staging.end) and _is_copied(shown, template, self.thresholds),
            is_continuous=is_continuous(staging.seen, self.thresholds),
            is_late=staging.late,
            others_before=earlier.others,
            not_live_before=earlier.not_live,
            colour_frames=frames,
            without_flash=self._without_flash,
        )
        decision = decide(evidence, self.thresholds)
        outcome = _outcome(decision, purpose)
        made = self._made(shown) if outcome is AttemptOutcome.PASSED and purpose is Purpose.ENROL else None
        return _Found(outcome, decision, evidence, likeness, self._known_permille(shown), repeats, made)

    def _who(self, purpose: Purpose, shown: Sequence[Portrait], likeness: Likeness) -> Who:
        if purpose is Purpose.CHECK:
            return likeness.who(self.thresholds)
        agreement = agreement_of(shown, self.thresholds)
        known = [each for each in (self._known.source, self._known.earlier) if each is not None]
        is_unlike = any(not resembles(shown, each, self.thresholds) for each in known)
        return Who.UNCLEAR if agreement is Who.SAME and is_unlike else agreement

    def _known_permille(self, shown: Sequence[Portrait]) -> dict[str, Value]:
        known = {"source_permille": self._known.source, "earlier_permille": self._known.earlier}
        return {
            name: source_permille(shown, each, self.thresholds) if each is not None else None
            for name, each in known.items()
        }

    def _flash(self, staging: Staging) -> Flash | None:
        if not self.plan.colours:
            return None
        return weigh_flash(staging.shown, staging.lit, draw_decoys(self.thresholds, self._chance), self.thresholds)

    def _actions_done(self, staging: Staging) -> bool | None:
        if not self.plan.actions or staging.stage is not Stage.OVER:
            return None
        return len(staging.acted) == len(self.plan.actions) and all(acted.done for acted in staging.acted)

    def _is_another(self, acted: Acted) -> bool:
        return another_action(acted.action, acted.neutral, acted.since, self.thresholds) is not None

    def _made(self, shown: Sequence[Portrait]) -> Made:
        embedding = template_of([portrait.embedding for portrait in shown])
        return Made(embedding, SFACE.sha256, (), [portrait.likeness for portrait in shown])

    def _kept(self, staging: Staging, incoming: Incoming, found: "_Found") -> Result:
        repeats = found.repeats or repeats_of(self.sent, (), self.thresholds)
        marks = sorted(digests_to_keep(self.sent, repeats))
        return Result(
            outcome=found.outcome,
            codes=[code.value for code in found.decision.codes] if found.decision else (),
            was_challenged=staging.is_challenged,
            script=_script(self.plan, staging),
            facts={
                **found.facts(),
                "pace": dict(pace_of(incoming.stamps).facts()),
                "passed_over": incoming.passed_over,
            },
            camera={"claimed": whole(self._claims.facts()), "signs": [sign.value for sign in self._signs]},
            models={weights.id: weights.sha256 for weights in ALL if weights.id in self._models},
            frame_marks=b"".join(bytes.fromhex(mark) for mark in marks),
            made=found.made,
        )


@dataclass(frozen=True, slots=True)
class _Found:
    outcome: AttemptOutcome
    decision: Decision | None = None
    evidence: Evidence | None = None
    likeness: Likeness | None = None
    known: Mapping[str, Value] = field(default_factory=dict)
    repeats: Repeats | None = None
    made: Made | None = None

    def facts(self) -> dict[str, Value]:
        """Return what was measured and found, in whole numbers."""
        if self.evidence is None or self.decision is None or self.likeness is None:
            return {}
        evidence = self.evidence
        flash: dict[str, Value] | None = dict(asdict(evidence.flash)) if evidence.flash else None
        return {
            "who": evidence.who.value,
            "similarity_permille": list(self.likeness.permille),
            "acting_permille": list(self.likeness.acting),
            **self.known,
            "live_permille": evidence.live_permille,
            "flash": flash,
            "colour_frames": dict(asdict(evidence.colour_frames)) if flash else None,
            "actions_done": evidence.actions_done,
            "repeats": evidence.repeats.value,
            "is_near_duplicate": evidence.is_near_duplicate,
            "is_continuous": evidence.is_continuous,
            "is_late": evidence.is_late,
            "findings": [*sorted(reason.value for reason in self.decision.reasons)],
        }


def _judgeable(models: Sequence[str]) -> list[Action]:
    actions = [Action.TURN_LEFT, Action.TURN_RIGHT]
    if MESH.id in models:
        actions.append(Action.OPEN_MOUTH)
    if EYE.id in models:
        actions.append(Action.BLINK)
    return actions


def _likeness(
    shown: Sequence[Portrait], acting: Sequence[Portrait], template: Opened | None, thresholds: Thresholds
) -> Likeness:
    if template is None or template.model_sha256 != SFACE.sha256:
        return Likeness()
    return likeness_of(shown, template.embedding, thresholds, acting)


def _is_copied(shown: Sequence[Portrait], template: Opened | None, thresholds: Thresholds) -> bool:
    """Say whether all portraits are hardly others than an enrolled picture: somebody who sits there moves, and only now and then looks just as before; one moment of an attempt says nothing."""
    if template is None or not shown:
        return False
    return all(is_near_duplicate(portrait.likeness, template.likenesses, thresholds) for portrait in shown)


def _outcome(decision: Decision, purpose: Purpose) -> AttemptOutcome:
    """Return a decision as it stands for what the attempt is for: a trial asks nothing, so that nothing can fail but the picture."""
    if purpose is Purpose.TRIAL and decision.outcome not in {Outcome.BLOCKED, Outcome.PASSED}:
        return AttemptOutcome.AGAIN if Reason.UNSEEN in decision.reasons else AttemptOutcome.PASSED
    return AttemptOutcome(decision.outcome.value)


def _script(plan: Plan, staging: Staging) -> dict[str, Value]:
    return {
        "colours": [colour.value for colour in plan.colours],
        "shown_at_ms": [shown.at_ms - staging.shown[0].at_ms for shown in staging.shown],
        "actions": [action.value for action in plan.actions],
        "pauses_ms": list(plan.pauses_ms),
        "done": [acted.done for acted in staging.acted],
    }


def whole(value: object) -> Value:
    """Return a value without broken numbers, as evidence takes it: 29.97 becomes the text “29.97”."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else f"{value:g}"
    if isinstance(value, Mapping):
        return {str(name): whole(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [whole(member) for member in value]
    return value if isinstance(value, str | int | bool) or value is None else str(value)
