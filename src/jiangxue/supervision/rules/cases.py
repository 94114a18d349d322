"""Cases (核查单): who may do what when, and by which day. Clauses M6, C5; docs/rules/cases.md."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiangxue.kernel.viewer import Role
from jiangxue.learning.rules.appeals import working_day_after
from jiangxue.policies.rules.time_policy import TimePolicy
from jiangxue.supervision.errors.cases import (
    EnoughSaid,
    HearFirst,
    NoSuchDays,
    NotTheTurn,
    NotYours,
    SamePerson,
    TakesPart,
)

SHORTEST_TEXT, LONGEST_TEXT = 10, 1_000
MOST_PICTURES = 3
"""With one explanation."""
MOST_EXPLANATIONS = 10
"""Of one side in one case."""


class Reason(StrEnum):
    """What is to be cleared up."""

    IDENTITY = "identity"
    FACE = "face"
    TIME = "time"
    PLACE = "place"
    REPORTED = "reported"
    OTHER = "other"


class Source(StrEnum):
    """From where the case was opened."""

    LEARNER = "learner"
    ANOMALY = "anomaly"
    FACE_REVIEW = "face_review"
    ENROLLED_FACE = "enrolled_face"
    SAMPLE = "sample"


class StepKind(StrEnum):
    """What was done with a case after it was opened."""

    EXPLAINED = "explained"
    ASKED = "asked"
    PROPOSED = "proposed"
    SENT_BACK = "sent_back"
    DECIDED = "decided"
    LAPSED = "lapsed"


class Result(StrEnum):
    """What becomes of the hours: all stand, or those of some days are not recognised."""

    STANDS = "stands"
    WITHHELD = "withheld"


class Side(StrEnum):
    """Who is asked."""

    LEARNER = "learner"
    INSTITUTION = "institution"


class CaseState(StrEnum):
    """How far a case has come."""

    OPEN = "open"
    PROPOSED = "proposed"
    DECIDED = "decided"


SIDES: dict[str, Side] = {
    Role.LEARNER: Side.LEARNER,
    Role.HEAD_TEACHER: Side.INSTITUTION,
    Role.INSTITUTION_ADMINISTRATOR: Side.INSTITUTION,
}
"""Whose explanation it is, by the role in which it is given."""
_TURNS = {
    StepKind.PROPOSED: CaseState.PROPOSED,
    StepKind.SENT_BACK: CaseState.OPEN,
    StepKind.DECIDED: CaseState.DECIDED,
}


@dataclass(frozen=True, slots=True)
class Deadlines:
    """By when both sides explain, by when it is decided, and the last day on which hours stay frozen without a decision."""

    answer_by: date
    due_on: date
    frozen_until: date


@dataclass(frozen=True, slots=True)
class Done:
    """A step as far as rules ask for it."""

    kind: StepKind
    by: int | None
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """How a case has gone so far: who opened it for which region, until when explanations are waited for, and its steps in order."""

    opened_by: int
    region: str
    answer_by: date
    steps: Sequence[Done]

    @property
    def state(self) -> CaseState:
        """Return how far it has come; explanations and further questions change nothing of that."""
        turns = [_TURNS[step.kind] for step in self.steps if step.kind in _TURNS]
        return turns[-1] if turns else CaseState.OPEN

    @property
    def proposer(self) -> int | None:
        """Return who proposed last."""
        return next((step.by for step in reversed(self.steps) if step.kind is StepKind.PROPOSED), None)

    @property
    def explained(self) -> set[Side]:
        """Return which sides have explained."""
        return {step.side for step in self.steps if step.kind is StepKind.EXPLAINED and step.side is not None}


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody of an authority: the region that they answer for, and whether they take part in what the case is about."""

    account: int
    region: str
    takes_part: bool


def deadlines(opened_on: date, policy: TimePolicy) -> Deadlines:
    """Return the days of a case, in working days after its opening, by the policy in force then; they never descend."""
    answer, decide = policy.case_answer_days, max(policy.case_days, policy.case_answer_days)
    frozen = max(policy.case_freeze_days, decide)
    return Deadlines(*(working_day_after(opened_on, days) for days in (answer, decide, frozen)))


def is_overdue(due: date, today: date, state: CaseState) -> bool:
    """Say whether a case should have been decided by now."""
    return state is not CaseState.DECIDED and today > due


def may_act(course: Course, officer: Officer) -> bool:
    """Say whether a case is the officer's: of their own region, or of one within it, and nothing that they take part in."""
    return not officer.takes_part and bool(officer.region) and course.region.startswith(officer.region)


def require_officer(course: Course, officer: Officer) -> None:
    """Raise unless the officer may act: `NotYours` where the case was opened for a wider region, `TakesPart`."""
    if officer.takes_part:
        raise TakesPart
    if not may_act(course, officer):
        raise NotYours


def require_explanation(course: Course, side: Side | None) -> None:
    """Raise unless a side may explain now: `NotYours`, `NotTheTurn` once it is decided, `EnoughSaid`."""
    if side is None:
        raise NotYours
    if course.state is CaseState.DECIDED:
        raise NotTheTurn
    said = [step for step in course.steps if step.kind is StepKind.EXPLAINED and step.side is side]
    if len(said) >= MOST_EXPLANATIONS:
        raise EnoughSaid


def require_proposal(
    course: Course, officer: Officer, withheld: Collection[date], learned: Collection[date], today: date
) -> None:
    """Raise unless the officer may propose now that these days are not recognised (none: all stand); `learned` are the frozen days on which something was.

    Days are withheld only after both sides have explained, or once the day is over by which they were to: `HearFirst`.
    """
    require_officer(course, officer)
    if course.state is not CaseState.OPEN:
        raise NotTheTurn
    if not set(withheld) <= set(learned):
        raise NoSuchDays
    if withheld and course.explained != set(Side) and today <= course.answer_by:
        raise HearFirst


def require_review(course: Course, officer: Officer, *, approves: bool) -> None:
    """Raise unless the officer may decide or send back now: never who proposed; and who opened the case may send back, not decide."""
    require_officer(course, officer)
    if course.state is not CaseState.PROPOSED:
        raise NotTheTurn
    if officer.account == course.proposer or (approves and officer.account == course.opened_by):
        raise SamePerson
