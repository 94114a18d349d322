"""What keeps an application to open a class from being handed in: course, dates, people, plan and assessment. Clauses T7, C2, C3; docs/rules/openings.md."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from jiangxue.courseware.rules.content import CourseContent, Mode
from jiangxue.courseware.rules.lengths import Pace
from jiangxue.enrolment.rules.applications import Draft, Exam, Meeting
from jiangxue.enrolment.rules.licence_checks import OnFile, licence_findings
from jiangxue.enrolment.rules.opening_findings import Finding, Flaw, Part
from jiangxue.enrolment.rules.term import term_of

ALL_WEIGHTS = 100
FULL_MARK = 100


@dataclass(frozen=True, slots=True)
class Busy:
    """A stretch of time in which a person of another class's plan is taken, by account."""

    account_id: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Planned:
    """An application without its roster, beside what it is held to.

    `content` is the version that would be taught, None where none is in force; `heads` are the accounts of the institution's head teachers, `members` those of
    all its teachers; `busy` what they teach elsewhere; `day_ms` is what one person can earn in the class on a day; `locked_hours` says that hours of the
    day wider than this, in minutes, are cut by a rule above; `on_file` are the institution's papers.
    """

    draft: Draft
    content: CourseContent | None
    opens_on: date
    closes_on: date
    head_teacher_id: int
    heads: frozenset[int]
    members: frozenset[int]
    day_ms: int
    busy: tuple[Busy, ...] = ()
    locked_hours: tuple[int, int] | None = None
    pace: Pace = field(default_factory=Pace)
    on_file: OnFile = field(default_factory=lambda: OnFile((), (), stops=False))

    @property
    def teacher_ids(self) -> frozenset[int]:
        """Return everybody who may teach in the class."""
        return frozenset({self.head_teacher_id, *self.draft.teacher_ids})


def plan_findings(planned: Planned, today: date) -> tuple[Finding, ...]:
    """Return everything that is wrong with an application on a day, part by part, its roster apart. Source: docs/rules/openings.md."""
    return (
        *_of_class(planned, today),
        *licence_findings(planned.on_file, planned.closes_on, today),
        *_of_hours_of_day(planned),
        *_of_hours(planned),
        *_of_meetings(planned),
        *_of_exams(planned),
    )


def _of_class(planned: Planned, today: date) -> Iterator[Finding]:
    if planned.content is None:
        yield Finding(Flaw.NO_VERSION, Part.CLASS)
    if planned.opens_on < today:
        yield Finding(Flaw.BEGINS_IN_THE_PAST, Part.CLASS)
    if planned.head_teacher_id not in planned.heads:
        yield Finding(Flaw.HEAD_NOT_MEMBER, Part.CLASS)
    if set(planned.draft.teacher_ids) - planned.members:
        yield Finding(Flaw.TEACHER_NOT_MEMBER, Part.CLASS)
    if not any(map(str.isalnum, planned.draft.resources)):
        yield Finding(Flaw.NO_RESOURCES, Part.CLASS)
    yield from _of_days(planned)


def _of_days(planned: Planned) -> Iterator[Finding]:
    """Say that the class has too few days for its online hours, however diligent somebody is."""
    if planned.content is None or planned.day_ms <= 0:
        return
    days = (planned.closes_on - planned.opens_on).days + 1
    wanted = -(-planned.pace.declared_ms(planned.content.facts.hours.online) // planned.day_ms)
    if days < wanted:
        yield Finding(Flaw.DAYS_TOO_FEW, Part.CLASS, wanted=wanted, actual=days)


def _of_hours_of_day(planned: Planned) -> Iterator[Finding]:
    begin, end = planned.draft.hours_from_min, planned.draft.hours_until_min
    if begin is None or end is None:
        return
    if begin >= end:
        yield Finding(Flaw.NO_HOURS_OF_DAY, Part.CLASS)
    elif planned.locked_hours and (begin < planned.locked_hours[0] or end > planned.locked_hours[1]):
        wanted, actual = planned.locked_hours
        yield Finding(Flaw.HOURS_OF_DAY_LOCKED, Part.CLASS, wanted=wanted, actual=actual)


def _of_hours(planned: Planned) -> Iterator[Finding]:
    """Hold media and plan against the hours that the outline declares: media in ms, the plan in hundredths of a 学时."""
    if planned.content is None:
        return
    hours = planned.content.facts.hours
    wanted_ms, actual_ms = planned.pace.declared_ms(hours.online), planned.pace.sum_ms(planned.content.lessons)
    if actual_ms < wanted_ms:
        yield Finding(Flaw.ONLINE_SHORT, Part.PLAN, wanted=wanted_ms, actual=actual_ms)
    for what, mode, declared in (
        (Flaw.LIVE_DIFFERS, Mode.LIVE, hours.live),
        (Flaw.PRACTICE_DIFFERS, Mode.PRACTICE, hours.practice),
    ):
        actual = sum(meeting.hours for meeting in planned.draft.meetings if meeting.mode is mode)
        if actual != declared:
            yield Finding(what, Part.PLAN, wanted=declared, actual=actual)
    occupation = planned.content.facts.occupation
    is_practised = any(meeting.mode is Mode.PRACTICE for meeting in planned.draft.meetings)
    if occupation is not None and occupation.is_practical and not is_practised:
        yield Finding(Flaw.NO_PRACTICE, Part.PLAN, named=occupation.name)


def _of_meetings(planned: Planned) -> Iterator[Finding]:
    for row, meeting in enumerate(planned.draft.meetings):
        yield from _of_meeting(meeting, row, planned)
    yield from _overlaps(planned.draft.meetings)


def _of_meeting(meeting: Meeting, row: int, planned: Planned) -> Iterator[Finding]:
    if meeting.mode is Mode.PRACTICE and not meeting.place:
        yield Finding(Flaw.MEETING_WITHOUT_PLACE, Part.PLAN, row)
    if meeting.teacher_id not in planned.teacher_ids:
        yield Finding(Flaw.MEETING_WITHOUT_TEACHER, Part.PLAN, row)
    if meeting.starts_at is None or meeting.ends_at is None:
        yield Finding(Flaw.MEETING_WITHOUT_TIME, Part.PLAN, row)
    elif meeting.ends_at <= meeting.starts_at:
        yield Finding(Flaw.MEETING_BACKWARDS, Part.PLAN, row)
    else:
        yield from _of_time(meeting, (meeting.starts_at, meeting.ends_at), row, planned)


def _of_time(meeting: Meeting, span: tuple[datetime, datetime], row: int, planned: Planned) -> Iterator[Finding]:
    begin, end = span
    wanted, actual = planned.pace.declared_ms(meeting.hours), (end - begin) // timedelta(milliseconds=1)
    if actual < wanted:
        yield Finding(Flaw.MEETING_TOO_SHORT, Part.PLAN, row, wanted=wanted, actual=actual)
    term = term_of(planned.opens_on, planned.closes_on, None)
    if begin < term.opens_at or end > term.closes_at:
        yield Finding(Flaw.MEETING_OUTSIDE, Part.PLAN, row)
    if meeting.teacher_id is not None and is_busy(meeting.teacher_id, begin, end, planned.busy):
        yield Finding(Flaw.TEACHER_ELSEWHERE, Part.PLAN, row)


def is_busy(account_id: int, begin: datetime, end: datetime, busy: Iterable[Busy]) -> bool:
    """Say whether a person is taken at some moment of `[begin, end)`; what only touches it does not count."""
    return any(each.account_id == account_id and each.starts_at < end and begin < each.ends_at for each in busy)


def _overlaps(meetings: Iterable[Meeting]) -> Iterator[Finding]:
    """Name each item that begins before an earlier one of the same class is over: its learners, at least, would be in two places."""
    timed = [
        (each.starts_at, each.ends_at, row)
        for row, each in enumerate(meetings)
        if each.starts_at is not None and each.ends_at is not None and each.starts_at < each.ends_at
    ]
    until: datetime | None = None
    before = 0
    for begin, end, row in sorted(timed):
        if until is not None and begin < until:
            yield Finding(Flaw.MEETINGS_OVERLAP, Part.PLAN, row, wanted=before + 1)
        if until is None or end > until:
            until, before = end, row


def _of_exams(planned: Planned) -> Iterator[Finding]:
    exams = planned.draft.exams
    if not exams:
        yield Finding(Flaw.NO_EXAMS, Part.EXAMS)
        return
    total = sum(exam.weight for exam in exams)
    if total != ALL_WEIGHTS:
        yield Finding(Flaw.WEIGHTS_DIFFER, Part.EXAMS, wanted=ALL_WEIGHTS, actual=total)
    for row, exam in enumerate(exams):
        is_missing: Mapping[Flaw, bool] = {
            Flaw.EXAM_WITHOUT_EXAMINER: not exam.examiner,
            Flaw.EXAM_WITHOUT_DAY: exam.held_on is None,
            Flaw.EXAM_WITHOUT_MARK: exam.pass_mark is None or not 1 <= exam.pass_mark <= FULL_MARK,
            Flaw.EXAM_BEFORE_CLASS: _is_before(exam, planned.opens_on),
        }
        yield from (Finding(what, Part.EXAMS, row) for what, is_so in is_missing.items() if is_so)


def _is_before(exam: Exam, opens_on: date) -> bool:
    return exam.held_on is not None and exam.held_on < opens_on
