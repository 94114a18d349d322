"""What an attempt comes to, of all that was found in it: the worst that any finding asks for. The text is docs/rules/face-checks.md, outcomes."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median_low

from jiangxue.facecheck.rules.camera import Grade, Sign
from jiangxue.facecheck.rules.drawing import Form
from jiangxue.facecheck.rules.flash import Flash, Verdict
from jiangxue.facecheck.rules.identity import Who
from jiangxue.facecheck.rules.repeats import Repeats
from jiangxue.facecheck.rules.shapes import Portrait
from jiangxue.facecheck.rules.thresholds import WHOLE, Thresholds
from jiangxue.facecheck.rules.timing import NO_COLOURS, ColourFrames


class Outcome(StrEnum):
    """How an attempt ends, from best to worst."""

    PASSED = "passed"
    AGAIN = "again"
    STEP_UP = "step_up"
    REVIEW = "review"
    FAILED = "failed"
    BLOCKED = "blocked"

    @property
    def rank(self) -> int:
        """Return how bad it is: 0 is passed."""
        return list(Outcome).index(self)


class Code(StrEnum):
    """What the learner is told of it, coarse on purpose: whoever tries out a cheat learns little."""

    NOT_SEEN_WELL = "not_seen_well"
    NOT_SURE_IT_IS_YOU = "not_sure_it_is_you"
    NOT_LIVE = "not_live"
    VIRTUAL_CAMERA = "virtual_camera"
    CAMERA_SOFTWARE = "camera_software"
    REPEATED_FRAMES = "repeated_frames"
    TOO_LATE = "too_late"
    OTHER_FACE = "other_face"
    FLASH_NEEDED = "flash_needed"


class Reason(StrEnum):
    """What was found, for the record and for whoever reviews it."""

    VIRTUAL_CAMERA = "virtual_camera"
    CAMERA_SIGN = "camera_sign"
    CAMERA_SOFTWARE = "camera_software"
    FRAMES_REPEATED = "frames_repeated"
    CAMERA_STALLED = "camera_stalled"
    UNSEEN = "unseen"
    NOT_ONE_FACE = "not_one_face"
    TOO_LATE = "too_late"
    FRAMES_WITHHELD = "frames_withheld"
    FACE_UNCLEAR = "face_unclear"
    OTHER_FACE = "other_face"
    OTHER_FACE_AGAIN = "other_face_again"
    FLASH_NOT_FOLLOWED = "flash_not_followed"
    ACTION_NOT_DONE = "action_not_done"
    OTHER_ACTION = "other_action"
    NOT_ALL_ASKED = "not_all_asked"
    WITHOUT_FLASH = "without_flash"
    NO_LIVE_FACE = "no_live_face"
    NO_LIVE_FACE_AGAIN = "no_live_face_again"
    LIGHT_ON_ALL = "light_on_all"
    SEEMS_NOT_LIVE = "seems_not_live"
    NEAR_DUPLICATE = "near_duplicate"

    @property
    def code(self) -> Code:
        """Return what the learner is told of it."""
        return _CODES[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that was found in one attempt.

    `flash` is None where none was shown, `actions_done` where none was asked; done is when all of the form are, and `has_done_another` when `another_action` named one. `without_flash` is somebody for whom it is arranged that none is shown. `live_permille` is `live_of` the portraits.
    `others_before` and `not_live_before` count the attempts of the same check that found `OTHER_FACE` and `NO_LIVE_FACE`; `attempts_left` how many may follow.
    """

    form: Form
    who: Who
    attempts_left: int
    flash: Flash | None = None
    actions_done: bool | None = None
    has_done_another: bool = False
    repeats: Repeats = Repeats.NONE
    signs: frozenset[Sign] = frozenset()
    live_permille: int | None = None
    is_near_duplicate: bool = False
    is_continuous: bool = True
    is_late: bool = False
    others_before: int = 0
    not_live_before: int = 0
    colour_frames: ColourFrames = NO_COLOURS
    without_flash: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found, and the least that must follow from it."""

    outcome: Outcome
    reason: Reason


@dataclass(frozen=True, slots=True)
class Decision:
    """What an attempt comes to, what the learner is told of it, and all that was found."""

    outcome: Outcome
    codes: tuple[Code, ...]
    findings: tuple[Finding, ...]

    @property
    def reasons(self) -> frozenset[Reason]:
        """Return all that was found."""
        return frozenset(finding.reason for finding in self.findings)


def decide(evidence: Evidence, thresholds: Thresholds) -> Decision:
    """Return what an attempt comes to: the worst that any finding asks for; where no attempt is left, what would be tried again is for a person."""
    findings = tuple(_findings(evidence, thresholds))
    worst = max((finding.outcome for finding in findings), default=Outcome.PASSED, key=lambda outcome: outcome.rank)
    told = {finding.reason.code for finding in findings if finding.outcome == worst != Outcome.PASSED}
    if Sign.CAMERA_SOFTWARE in evidence.signs:
        told.add(Code.CAMERA_SOFTWARE)
    return Decision(_within(evidence, worst), tuple(sorted(told)), findings)


def blocks(signs: Collection[Sign], thresholds: Thresholds) -> bool:
    """Say whether there is no check with this camera."""
    return bool(thresholds.blocks_virtual_cameras) and any(sign.grade is Grade.BLOCK for sign in signs)


def form_for(form: Form, signs: Collection[Sign]) -> Form:
    """Return the form with which an attempt begins: a short one could not settle what a camera gives signs of."""
    return Form.STEP_UP if form is Form.SHORT and _calls_for_more(signs) else form


def live_of(portraits: Sequence[Portrait]) -> int | None:
    """Return how live portraits seem, the lower middle of them in thousandths, None where no model tells."""
    told = [portrait.live for portrait in portraits if portrait.live is not None]
    return int(median_low(told) * WHOLE) if told else None


def _within(evidence: Evidence, worst: Outcome) -> Outcome:
    """Return an outcome that can be: an enrolment is as long as a step-up, and who has no attempt left is for a person."""
    if worst not in {Outcome.AGAIN, Outcome.STEP_UP}:
        return worst
    if evidence.attempts_left <= 0:
        return Outcome.REVIEW
    return Outcome.AGAIN if evidence.form is Form.ENROL else worst


def _findings(evidence: Evidence, thresholds: Thresholds) -> Iterator[Finding]:
    yield from _of_camera(evidence, thresholds)
    yield from _of_sight(evidence, thresholds)
    yield from _of_person(evidence, thresholds)
    yield from _of_challenge(evidence, thresholds)
    yield from _doubts(evidence, thresholds)


def _of_camera(evidence: Evidence, thresholds: Thresholds) -> Iterator[Finding]:
    if blocks(evidence.signs, thresholds):
        yield Finding(Outcome.BLOCKED, Reason.VIRTUAL_CAMERA)
    if Sign.CAMERA_SOFTWARE in evidence.signs:
        yield Finding(Outcome.PASSED, Reason.CAMERA_SOFTWARE)
    if evidence.repeats is Repeats.REPEATED:
        yield Finding(Outcome.FAILED, Reason.FRAMES_REPEATED)


def _of_sight(evidence: Evidence, thresholds: Thresholds) -> Iterator[Finding]:
    is_scarce = evidence.flash is not None and evidence.flash.frames < thresholds.flash_frames
    found = {
        Reason.UNSEEN: evidence.who is Who.UNSEEN,
        Reason.NOT_ONE_FACE: not evidence.is_continuous,
        Reason.CAMERA_STALLED: evidence.repeats is Repeats.STALLED,
        Reason.TOO_LATE: evidence.is_late,
        Reason.FRAMES_WITHHELD: is_scarce and evidence.colour_frames.are_withheld(thresholds),
    }
    yield from (Finding(Outcome.AGAIN, reason) for reason, is_so in found.items() if is_so)


def _of_person(evidence: Evidence, thresholds: Thresholds) -> Iterator[Finding]:
    if evidence.who is Who.UNCLEAR:
        yield Finding(Outcome.STEP_UP, Reason.FACE_UNCLEAR)
    if evidence.who is Who.OTHER:
        yield Finding(Outcome.STEP_UP, Reason.OTHER_FACE)
        if evidence.others_before + 1 >= thresholds.fails_after:
            yield Finding(Outcome.FAILED, Reason.OTHER_FACE_AGAIN)


def _of_challenge(evidence: Evidence, thresholds: Thresholds) -> Iterator[Finding]:
    flash = evidence.flash.verdict(thresholds) if evidence.flash else None
    lacks_flash = flash is None and evidence.form is not Form.SHORT
    if flash is Verdict.NOT_FOLLOWED:
        yield Finding(Outcome.STEP_UP, Reason.FLASH_NOT_FOLLOWED)
    if evidence.actions_done is False:
        yield Finding(Outcome.AGAIN, Reason.ACTION_NOT_DONE)
    if evidence.has_done_another:
        yield Finding(Outcome.STEP_UP, Reason.OTHER_ACTION)
    if lacks_flash and evidence.without_flash:
        yield Finding(Outcome.PASSED, Reason.WITHOUT_FLASH)
    if (lacks_flash and not evidence.without_flash) or evidence.actions_done is None:
        yield Finding(Outcome.AGAIN, Reason.NOT_ALL_ASKED)
    # Only a face that was seen well can be said not to live: a bad picture follows nothing either.
    if flash is Verdict.NOT_FOLLOWED and evidence.actions_done is False and evidence.who is not Who.UNSEEN:
        yield Finding(Outcome.STEP_UP, Reason.NO_LIVE_FACE)
        if evidence.not_live_before + 1 >= thresholds.fails_after:
            yield Finding(Outcome.FAILED, Reason.NO_LIVE_FACE_AGAIN)


def _calls_for_more(signs: Collection[Sign]) -> bool:
    return any(sign.grade is not Grade.NOTE for sign in signs)


def _doubts(evidence: Evidence, thresholds: Thresholds) -> Iterator[Finding]:
    """Yield what a longer check settles once all of its actions are done, and what is for a person if a longer check finds it."""
    is_long = evidence.form is not Form.SHORT
    background = evidence.flash.background_permille if evidence.flash else None
    live = evidence.live_permille
    settled_by_actions = {
        Reason.CAMERA_SIGN: _calls_for_more(evidence.signs),
        Reason.LIGHT_ON_ALL: background is not None and background > thresholds.background_permille,
        Reason.SEEMS_NOT_LIVE: live is not None and live < thresholds.live_permille,
        Reason.NEAR_DUPLICATE: evidence.is_near_duplicate,
    }
    for_a_person = {
        Reason.SEEMS_NOT_LIVE: live is not None and live < thresholds.live_least_permille,
        Reason.NEAR_DUPLICATE: evidence.is_near_duplicate,
    }
    if not (is_long and evidence.actions_done):
        yield from (Finding(Outcome.STEP_UP, reason) for reason, is_so in settled_by_actions.items() if is_so)
    if is_long:
        yield from (Finding(Outcome.REVIEW, reason) for reason, is_so in for_a_person.items() if is_so)


_CODES = {
    Reason.VIRTUAL_CAMERA: Code.VIRTUAL_CAMERA,
    Reason.CAMERA_SIGN: Code.CAMERA_SOFTWARE,
    Reason.CAMERA_SOFTWARE: Code.CAMERA_SOFTWARE,
    Reason.FRAMES_REPEATED: Code.REPEATED_FRAMES,
    Reason.CAMERA_STALLED: Code.NOT_SEEN_WELL,
    Reason.UNSEEN: Code.NOT_SEEN_WELL,
    Reason.NOT_ONE_FACE: Code.NOT_SEEN_WELL,
    Reason.TOO_LATE: Code.TOO_LATE,
    Reason.FRAMES_WITHHELD: Code.NOT_SEEN_WELL,
    Reason.FACE_UNCLEAR: Code.NOT_SURE_IT_IS_YOU,
    Reason.OTHER_FACE: Code.NOT_SURE_IT_IS_YOU,
    Reason.OTHER_FACE_AGAIN: Code.OTHER_FACE,
    Reason.FLASH_NOT_FOLLOWED: Code.NOT_LIVE,
    Reason.ACTION_NOT_DONE: Code.NOT_LIVE,
    Reason.OTHER_ACTION: Code.NOT_LIVE,
    Reason.NOT_ALL_ASKED: Code.NOT_LIVE,
    Reason.WITHOUT_FLASH: Code.NOT_LIVE,
    Reason.NO_LIVE_FACE: Code.NOT_LIVE,
    Reason.NO_LIVE_FACE_AGAIN: Code.NOT_LIVE,
    Reason.LIGHT_ON_ALL: Code.NOT_LIVE,
    Reason.SEEMS_NOT_LIVE: Code.NOT_LIVE,
    Reason.NEAR_DUPLICATE: Code.NOT_LIVE,
}
