"""The file of a learner in a class (电子档案) as it reads: what its sealed records tell, put together. Clauses T8.1, T1.3.

Times are milliseconds since 1970 on the server's clock, lengths milliseconds, hours hundredths of a 学时; persons are account numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jiangxue.archive.rules.disputed import Appeal, Case
from jiangxue.learning.rules.shapes import DayShare, Stretch


@dataclass(frozen=True, slots=True)
class Description:
    """Whose the archive is and what was taught, as written down at one time; `values` as `enrolment.rules.description` has them."""

    at_ms: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson of the outline, in the module that it stood in."""

    lesson_id: int
    module: str
    title: str
    kind: str
    length_ms: int
    pages: int


@dataclass(frozen=True, slots=True)
class Session:
    """A study session (本次学习) with its time line by day, later verdicts and corrections included. `closed_at_ms` and `end_reason` come with its end."""

    session: str
    lesson_id: int
    device: str
    address: str
    opened_at_ms: int
    closed_at_ms: int | None
    end_reason: str
    policy_versions: tuple[int, ...]
    length_ms: int
    shares: tuple[DayShare, ...]

    @property
    def stretches(self) -> list[Stretch]:
        """Return its time line over all days."""
        return [stretch for share in self.shares for stretch in share.stretches]


@dataclass(frozen=True, slots=True)
class Check:
    """A check and what came of it."""

    check: str
    session: str
    kind: str
    prompt: str
    asked_at_ms: int
    shown_at_ms: int | None
    expires_at_ms: int
    settled_at_ms: int
    outcome: str
    was_right: bool | None
    wrong_presses: int
    reaction_ms: int | None
    confirmed_ms: int
    voided_ms: int
    trigger: str = ""
    unavailable_why: str = ""


@dataclass(frozen=True, slots=True)
class FaceAttempt:
    """An attempt to show a face, at a check or, where `check` is None, at an enrolment; `values` as `facecheck.queries.evidence` has them."""

    at_ms: int
    attempt: str
    check: str | None
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """That what was stored of the learner's face was deleted, why, and the digests of the template and its pictures."""

    at_ms: int
    because: str
    template: str
    pictures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody said about who learned: `kind` a step of a review of a face check, `stated` or `reviewed` about a day that staff confirm, `arranged` for face checks, or `compared` of an enrolled face; `about` says of what."""

    at_ms: int
    kind: str
    by: int
    role: str
    text: str
    about: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Attendance:
    """Something that became known of a live or practice item: `kind` is `signed`, `stated`, `reviewed` or `disputed`, `values` as its record has them."""

    at_ms: int
    kind: str
    item_id: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt at a lesson's test: `answers` are `(question, option chosen or None, right option or None where it is not told)`."""

    attempt: str
    lesson_id: int
    begun_at_ms: int
    ended_at_ms: int | None
    outcome: str
    answers: tuple[tuple[int, int | None, int | None], ...]
    right_answers: int | None
    score: int | None
    pass_percent: int
    passed: bool | None


@dataclass(frozen=True, slots=True)
class Rating:
    """What the learner thought of the course, each time anew; `lecturers` has the stars of teachers, `hidden_for` why a person hid the words."""

    at_ms: int
    stars: int
    lecturers: Mapping[str, int]
    comment: str
    standing: str
    hidden_for: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What the place came to when its class was settled, or again after a correction; `values` as `PlaceHours.to_values` has them, with who proposed and confirmed."""

    at_ms: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Consent:
    """What the learner agreed to, or agreed to no longer: a purpose, by which version of its text."""

    at_ms: int
    purpose: str
    version: int
    is_given: bool


@dataclass(frozen=True, slots=True)
class Promised:
    """What institution or learner promised for the class, by which version of its text, and who signed it."""

    at_ms: int
    party: str
    version: int
    sha256: str
    by: int


@dataclass(frozen=True, slots=True)
class Verified:
    """What a source outside answered about name and number of the learner, under which of its references, and when."""

    at_ms: int
    source: str
    is_matched: bool
    reference: str


@dataclass(frozen=True, slots=True)
class Erased:
    """That the contents before it were erased by law, when, and the day from which that was allowed."""

    at_ms: int
    due_on: date
    years: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """A whole archive as it reads; `unread` are the numbers of records whose content was erased or is not understood."""

    opened_at_ms: int | None
    descriptions: tuple[Description, ...]
    versions_changed: tuple[tuple[int, int, int], ...]
    """`(time, version before, version after)`."""

    sessions: tuple[Session, ...]
    checks: tuple[Check, ...]
    faces: tuple[FaceAttempt, ...]
    faces_forgotten: tuple[Forgotten, ...]
    words: tuple[Word, ...]
    attendance: tuple[Attendance, ...]
    attempts: tuple[Attempt, ...]
    appeals: tuple[Appeal, ...]
    cases: tuple[Case, ...]
    ratings: tuple[Rating, ...]
    settlements: tuple[Settled, ...]
    consents: tuple[Consent, ...]
    promises: tuple[Promised, ...]
    verifications: tuple[Verified, ...]
    erased: Erased | None
    records: int
    waiting: int
    last_at_ms: int
    unread: tuple[int, ...]

    @property
    def described(self) -> Mapping[str, Any]:
        """Return whose it is and what is taught as it was written down last; empty in archives from before that was done."""
        return self.descriptions[-1].values if self.descriptions else {}

    @property
    def outline(self) -> tuple[Lesson, ...]:
        """Return the lessons of the version that is taught, in order."""
        return _lessons(self.described)

    @property
    def lessons(self) -> dict[int, Lesson]:
        """Return all lessons that were ever taught here."""
        return {lesson.lesson_id: lesson for each in self.descriptions for lesson in _lessons(each.values)}

    @property
    def days(self) -> dict[date, list[tuple[Session, DayShare]]]:
        """Return what each learning day holds, days and sessions in order."""
        found: dict[date, list[tuple[Session, DayShare]]] = {}
        for session in self.sessions:
            for share in session.shares:
                if share.stretches:
                    found.setdefault(date.fromordinal(share.day), []).append((session, share))
        return dict(sorted(found.items()))

    @property
    def stretches(self) -> Sequence[Stretch]:
        """Return all time of it."""
        return [stretch for session in self.sessions for stretch in session.stretches]


def _lessons(described: Mapping[str, Any]) -> tuple[Lesson, ...]:
    return tuple(
        Lesson(each["lesson"], module["title"], each["title"], each["kind"], each["length_ms"], each["pages"])
        for module in described.get("outline", [])
        for each in module["lessons"]
    )
