"""What is found wrong with an application: course, dates, people, plan and assessment. docs/rules/openings.md."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.courseware.rules.content import Mode
from jiangxue.enrolment.rules.applications import Draft, Exam, Meeting
from jiangxue.enrolment.rules.opening_checks import Busy, Planned, is_busy, plan_findings
from jiangxue.enrolment.rules.opening_findings import HINTS, Finding, Flaw
from tests.factories.content import complete_content, complete_facts

TODAY = date(2026, 11, 24)
HEAD, TEACHER, STRANGER = 1, 2, 3
NINE = datetime(2026, 12, 10, 1, 0, tzinfo=UTC)
"""Nine o'clock in Shanghai."""


def meeting(day: int = 0, **changes: object) -> Meeting:
    begin = NINE + timedelta(days=day)
    return replace(Meeting(Mode.PRACTICE, "实操", 200, "实训室", HEAD, begin, begin + timedelta(hours=3)), **changes)


FIT = Draft(
    resources="实训室",
    meetings=(meeting(0), meeting(1)),
    exams=(
        Exam("理论", "闭卷", 40, "甲", date(2026, 12, 20), 60),
        Exam("实操", "现场", 60, "乙", date(2026, 12, 21), 60),
    ),
)


def planned(draft: Draft = FIT, **changes: object) -> Planned:
    fit = Planned(
        draft=draft,
        content=complete_content(),
        opens_on=date(2026, 12, 1),
        closes_on=date(2026, 12, 31),
        head_teacher_id=HEAD,
        heads=frozenset({HEAD}),
        members=frozenset({HEAD, TEACHER}),
        day_ms=360 * 60_000,
    )
    return replace(fit, **changes)


def flaws(of: Planned) -> set[Flaw]:
    return {finding.what for finding in plan_findings(of, TODAY)}


def with_meetings(*meetings: Meeting) -> Planned:
    return planned(replace(FIT, meetings=meetings))


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    assert plan_findings(planned(), TODAY) == ()


@pytest.mark.parametrize(
    ("changes", "flaw"),
    [
        ({"content": None}, Flaw.NO_VERSION),
        ({"opens_on": date(2026, 11, 23)}, Flaw.BEGINS_IN_THE_PAST),
        ({"heads": frozenset({TEACHER})}, Flaw.HEAD_NOT_MEMBER),
        ({"closes_on": date(2026, 12, 1), "day_ms": 60_000}, Flaw.DAYS_TOO_FEW),
        ({"content": complete_content(modules=())}, Flaw.ONLINE_SHORT),
        ({"busy": (Busy(HEAD, NINE, NINE + timedelta(hours=1)),)}, Flaw.TEACHER_ELSEWHERE),
    ],
)
def test_what_is_wrong_around_the_plan_is_named(changes: dict[str, object], flaw: Flaw) -> None:
    assert flaw in flaws(planned(**changes))


@pytest.mark.parametrize(
    ("draft", "flaw"),
    [
        (replace(FIT, teacher_ids=(STRANGER,)), Flaw.TEACHER_NOT_MEMBER),
        (replace(FIT, resources=" …"), Flaw.NO_RESOURCES),
        (replace(FIT, hours_from_min=600, hours_until_min=600), Flaw.NO_HOURS_OF_DAY),
        (replace(FIT, meetings=()), Flaw.NO_PRACTICE),
        (replace(FIT, meetings=(meeting(),)), Flaw.PRACTICE_DIFFERS),
        (replace(FIT, meetings=(*FIT.meetings, meeting(2, mode=Mode.LIVE))), Flaw.LIVE_DIFFERS),
        (replace(FIT, meetings=(meeting(starts_at=None),)), Flaw.MEETING_WITHOUT_TIME),
        (replace(FIT, meetings=(meeting(teacher_id=STRANGER),)), Flaw.MEETING_WITHOUT_TEACHER),
        (replace(FIT, meetings=(meeting(place=""),)), Flaw.MEETING_WITHOUT_PLACE),
        (replace(FIT, meetings=(meeting(ends_at=NINE),)), Flaw.MEETING_BACKWARDS),
        (replace(FIT, meetings=(meeting(ends_at=NINE + timedelta(minutes=89)),)), Flaw.MEETING_TOO_SHORT),
        (replace(FIT, meetings=(meeting(40),)), Flaw.MEETING_OUTSIDE),
        (replace(FIT, meetings=(meeting(), meeting())), Flaw.MEETINGS_OVERLAP),
        (replace(FIT, exams=()), Flaw.NO_EXAMS),
        (replace(FIT, exams=FIT.exams[:1]), Flaw.WEIGHTS_DIFFER),
        (replace(FIT, exams=(replace(FIT.exams[0], examiner=""),)), Flaw.EXAM_WITHOUT_EXAMINER),
        (replace(FIT, exams=(replace(FIT.exams[0], held_on=None),)), Flaw.EXAM_WITHOUT_DAY),
        (replace(FIT, exams=(replace(FIT.exams[0], pass_mark=101),)), Flaw.EXAM_WITHOUT_MARK),
        (replace(FIT, exams=(replace(FIT.exams[0], held_on=date(2026, 11, 30)),)), Flaw.EXAM_BEFORE_CLASS),
    ],
)
def test_what_is_wrong_in_the_draft_is_named(draft: Draft, flaw: Flaw) -> None:
    assert flaw in flaws(planned(draft))


def test_hours_of_the_day_wider_than_a_locked_rule_are_only_pointed_out() -> None:
    wide = planned(replace(FIT, hours_from_min=300, hours_until_min=1380), locked_hours=(360, 1380))
    assert plan_findings(wide, TODAY) == (
        Finding(Flaw.HOURS_OF_DAY_LOCKED, plan_findings(wide, TODAY)[0].part, wanted=360, actual=1380),
    )
    assert Flaw.HOURS_OF_DAY_LOCKED in HINTS


def test_a_finding_names_the_row_that_it_is_about() -> None:
    (finding,) = plan_findings(with_meetings(meeting(0), meeting(1, place="")), TODAY)
    assert (finding.row, finding.is_blocking) == (1, True)


def test_an_item_lasts_exactly_its_hours() -> None:
    exact = meeting(ends_at=NINE + timedelta(minutes=90))
    assert Flaw.MEETING_TOO_SHORT not in flaws(with_meetings(exact, meeting(1)))


def test_items_that_only_touch_do_not_overlap() -> None:
    noon = NINE + timedelta(hours=3)
    after = meeting(starts_at=noon, ends_at=noon + timedelta(hours=3))
    assert Flaw.MEETINGS_OVERLAP not in flaws(with_meetings(meeting(), after))


def test_an_item_may_end_with_the_last_day() -> None:
    midnight = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
    last = meeting(starts_at=midnight - timedelta(hours=3), ends_at=midnight)
    assert Flaw.MEETING_OUTSIDE not in flaws(with_meetings(last, meeting()))


_minutes = st.integers(0, 600)
_span = st.tuples(_minutes, st.integers(1, 120))


@given(st.lists(_span, max_size=6))
def test_an_overlap_is_found_exactly_where_two_items_share_a_minute(spans: list[tuple[int, int]]) -> None:
    meetings = tuple(
        meeting(starts_at=NINE + timedelta(minutes=at), ends_at=NINE + timedelta(minutes=at + long))
        for at, long in spans
    )
    taken = [minute for at, long in spans for minute in range(at, at + long)]
    assert (Flaw.MEETINGS_OVERLAP in flaws(with_meetings(*meetings))) == (len(taken) != len(set(taken)))


@given(_span, _span)
def test_somebody_is_busy_exactly_where_two_stretches_share_a_minute(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    def at(minute: int) -> datetime:
        return NINE + timedelta(minutes=minute)

    shared = set(range(one[0], sum(one))) & set(range(other[0], sum(other)))
    assert is_busy(HEAD, at(one[0]), at(sum(one)), [Busy(HEAD, at(other[0]), at(sum(other)))]) == bool(shared)
    assert not is_busy(TEACHER, at(one[0]), at(sum(one)), [Busy(HEAD, at(other[0]), at(sum(other)))])


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_practice_is_planned_as_declared_or_named(declared: int, half: int) -> None:
    content = complete_content(facts=complete_facts(hours=replace(complete_facts().hours, practice=declared)))
    items = (meeting(0, hours=half), meeting(1, hours=half))
    found = flaws(planned(replace(FIT, meetings=items), content=content))
    assert (Flaw.PRACTICE_DIFFERS in found) == (declared != 2 * half)
