"""One check of a face played through eyes and rules in this process: no socket, no clock, no waiting."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from jiangxue.facecheck.rules.actions import Action, another_action
from jiangxue.facecheck.rules.decision import Decision, Evidence, Outcome, Reason, decide, live_of
from jiangxue.facecheck.rules.drawing import Form, Plan, draw, draw_decoys
from jiangxue.facecheck.rules.flash import Flash as Weighed
from jiangxue.facecheck.rules.flash import weigh_flash
from jiangxue.facecheck.rules.identity import Who, agreement_of, is_continuous, likeness_of, template_of
from jiangxue.facecheck.rules.repeats import Sent, digests_to_keep, is_near_duplicate, repeats_of
from jiangxue.facecheck.rules.shapes import Embedding, Portrait
from jiangxue.facecheck.rules.staging import Act, Flash, Framed, Place, Rest, Said, Stage, Staging
from jiangxue.facecheck.rules.thresholds import Thresholds
from jiangxue.facecheck.vision.errors import Unreadable
from jiangxue.facecheck.vision.sight import Sight
from tests.factories.faces.live import Live
from tests.factories.faces.showing import Player, Shown

THRESHOLDS = Thresholds(pause_least_ms=300, pause_most_ms=500, action_ms=3_000)
"""The rules of the platform with shorter waits: less to draw, and who acts acts within a second."""
_ACTIONS = list(Action)
_MOST_MS = 60_000
_MAY_GO_ON = {Outcome.AGAIN, Outcome.STEP_UP}


@dataclass(frozen=True)
class Enrolled:
    """What is kept of the person in the photograph."""

    embedding: Embedding
    likenesses: Sequence[int]


@dataclass
class Before:
    """What earlier attempts at the same check left."""

    decisions: list[Decision] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)


def enrolled(sight: Sight) -> Enrolled:
    """Enrol the person in the photograph."""
    sitter = Live(seed=90_000)
    portraits = [sight.portray(sitter.frame(Shown("place"), at_ms)) for at_ms in (0, 400, 800)]
    return Enrolled(template_of([each.embedding for each in portraits]), [each.likeness for each in portraits])


@dataclass(frozen=True)
class Course:
    """How a check goes: its form, how many attempts may be made, how often a frame comes, and by which seed its challenges are drawn."""

    form: Form
    attempts: int
    each_ms: int
    seed: int


def check(player: Player, course: Course, sight: Sight, who: Enrolled) -> list[Decision]:
    """Return what the attempts of one check come to."""
    before, begin_ms = Before(), 0
    form, chance = course.form, random.Random(course.seed)  # noqa: S311  (the draws of a measurement can be made again)
    while not before.decisions or before.decisions[-1].outcome in _MAY_GO_ON:
        plan = draw(form, _ACTIONS, THRESHOLDS, chance.random)
        attempt = Attempt(plan, sight, begin_ms, course.each_ms, chance)
        attempt.show(player)
        before.decisions.append(attempt.judged(who, before, chance))
        begin_ms = attempt.at_ms + 5_000
        if len(before.decisions) == course.attempts:
            break
        if before.decisions[-1].outcome is Outcome.STEP_UP:
            form = Form.STEP_UP
    return before.decisions


class Attempt:
    """One attempt: frames every `each_ms`, and what is seen of them."""

    def __init__(self, plan: Plan, sight: Sight, begin_ms: int, each_ms: int, chance: random.Random) -> None:
        self.at_ms, self._begin_ms, self._each_ms = begin_ms, begin_ms, each_ms
        self._plan, self._sight = plan, sight
        self._staging = Staging(plan, THRESHOLDS, chance.random)
        self._kept: dict[int, bytes] = {}
        self._sent: list[Sent] = []
        self._shown = Shown("place", begin_ms)

    def show(self, player: Player) -> None:
        """Let somebody, or something, be before the camera until nothing more is asked."""
        staging = self._staging
        self._hear(staging.begin(self.at_ms))
        seq = 0
        while staging.stage is not Stage.OVER and self.at_ms - self._begin_ms < _MOST_MS:
            seq, self.at_ms = seq + 1, self.at_ms + self._each_ms
            jpeg = player.frame(self._shown, self.at_ms)
            look = self._sight.look(jpeg, turn=staging.wants_turn)
            self._sent.append(Sent(sha256(jpeg).hexdigest(), look.face is not None))
            self._kept[seq] = jpeg
            self._hear(staging.hear(Framed(seq, staging.slot, self.at_ms, look), self.at_ms))
            self._kept = {each: kept for each, kept in self._kept.items() if each in staging.wanted}

    def _hear(self, said: Sequence[Said]) -> None:
        for each in said:
            match each:
                case Flash():
                    self._shown = Shown("flash", self.at_ms, each.colour)
                case Act():
                    self._shown = Shown("act", self.at_ms, action=each.action.value)
                case Rest():
                    self._shown = Shown("rest", self.at_ms)
                case Place():
                    pass

    def weighed(self, chance: random.Random) -> Weighed:
        """Return how the face has followed the colours."""
        decoys = draw_decoys(THRESHOLDS, chance.random)
        return weigh_flash(self._staging.shown, self._staging.lit, decoys, THRESHOLDS)

    def judged(self, who: Enrolled, before: Before, chance: random.Random) -> Decision:
        """Return what the attempt comes to, and take note of its frames."""
        staging, plan = self._staging, self._plan
        acting = self._portraits(staging.acting)
        shown = self._portraits([*staging.start, *staging.middle, *staging.end])
        repeats = repeats_of(self._sent, before.marks, THRESHOLDS)
        before.marks |= digests_to_keep(self._sent, repeats)
        is_over = staging.stage is Stage.OVER
        done = is_over and len(staging.acted) == len(plan.actions) and all(acted.done for acted in staging.acted)
        evidence = Evidence(
            form=plan.form,
            who=self._who(shown, acting, who),
            attempts_left=THRESHOLDS.attempts - len(before.decisions) - 1,
            flash=self.weighed(chance) if plan.colours else None,
            actions_done=done,
            has_done_another=any(
                another_action(acted.action, acted.neutral, acted.since, THRESHOLDS) for acted in staging.acted
            ),
            repeats=repeats,
            live_permille=live_of(shown),
            is_near_duplicate=bool(shown)
            and all(is_near_duplicate(each.likeness, who.likenesses, THRESHOLDS) for each in shown),
            is_continuous=is_continuous(staging.seen, THRESHOLDS),
            is_late=staging.late or not is_over,
            others_before=sum(Reason.OTHER_FACE in each.reasons for each in before.decisions),
            not_live_before=sum(Reason.NO_LIVE_FACE in each.reasons for each in before.decisions),
        )
        return decide(evidence, THRESHOLDS)

    def _who(self, shown: Sequence[Portrait], acting: Sequence[Portrait], who: Enrolled) -> Who:
        if self._plan.form is Form.ENROL:
            return agreement_of(shown, THRESHOLDS)
        return likeness_of(shown, who.embedding, THRESHOLDS, acting).who(THRESHOLDS)

    def _portraits(self, seqs: Sequence[int]) -> list[Portrait]:
        found = []
        for seq in seqs:
            try:
                found.append(self._sight.portray(self._kept[seq]))
            except Unreadable:
                continue
        return found
