"""The value that is handed in, where an application may go, and what comes back of both."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.courseware.rules.content import Hours, Mode
from jiangxue.enrolment.errors import NotNow
from jiangxue.enrolment.rules.applications import (
    FORMAT,
    Application,
    Draft,
    Exam,
    Meeting,
    Named,
    RosterDigest,
    TaughtBy,
)
from jiangxue.enrolment.rules.openings import EDITABLE, OpeningState, StepKind, is_possible, state_after

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
_texts = st.text(max_size=12)
_moments = st.none() | st.integers(0, 10**8).map(lambda second: BEGIN + timedelta(seconds=second))
_meetings = st.builds(
    Meeting,
    st.sampled_from([Mode.LIVE, Mode.PRACTICE]),
    _texts,
    st.integers(0, 9_999),
    _texts,
    st.none() | st.integers(1, 9),
    _moments,
    _moments,
)
_exams = st.builds(
    Exam, _texts, _texts, st.integers(0, 100), _texts, st.none() | st.dates(), st.none() | st.integers(1, 100)
)
_drafts = st.builds(
    Draft,
    teacher_ids=st.lists(st.integers(1, 99), max_size=3).map(tuple),
    resources=_texts,
    meetings=st.lists(_meetings, max_size=3).map(tuple),
    exams=st.lists(_exams, max_size=3).map(tuple),
    hours_from_min=st.none() | st.integers(0, 1440),
)


def application(draft: Draft, **otherwise: object) -> Application:
    values = {
        "institution": Named(1, "学校"),
        "course": Named(2, "电工"),
        "version": TaughtBy(3, 1, "电工", "0" * 64, Hours(800, 0, 400)),
        "name": "一班",
        "opens_on": date(2026, 12, 1),
        "closes_on": date(2026, 12, 31),
        "head_teacher": Named(4, "王老师"),
        "teachers": (),
        "draft": draft,
        "roster": RosterDigest(2, "1" * 64),
    }
    return Application(**(values | otherwise))  # type: ignore[arg-type]


@given(_drafts)
def test_a_draft_and_an_application_come_back_as_they_were(draft: Draft) -> None:
    whole = application(draft)
    assert Draft.from_values(draft.to_values()) == draft
    assert Application.from_values(whole.to_values()) == whole
    assert Application.from_values(whole.to_values()).sha256 == whole.sha256


@given(_drafts, _drafts)
def test_two_applications_have_one_hash_exactly_when_they_say_the_same(one: Draft, other: Draft) -> None:
    assert (application(one).sha256 == application(other).sha256) == (one == other)


def test_another_roster_is_another_application() -> None:
    assert application(Draft()).sha256 != application(Draft(), roster=RosterDigest(2, "2" * 64)).sha256


def test_another_format_is_not_read_as_this_one() -> None:
    with pytest.raises(ValueError, match="unknown format"):
        Application.from_values(application(Draft()).to_values() | {"format": FORMAT + 1})


@given(st.sampled_from(OpeningState), st.lists(st.sampled_from(StepKind), max_size=6))
def test_no_way_leads_out_of_the_end(state: OpeningState, steps: list[StepKind]) -> None:
    for step in steps:
        if not is_possible(step, state):
            with pytest.raises(NotNow):
                state_after(step, state)
            continue
        assert state not in {OpeningState.OPENED, OpeningState.WITHDRAWN}
        state = state_after(step, state)


@given(st.sampled_from(OpeningState))
def test_only_what_is_handed_in_is_decided_about(state: OpeningState) -> None:
    assert is_possible(StepKind.APPROVED, state) == (state is OpeningState.SUBMITTED)
    assert is_possible(StepKind.SUBMITTED, state) == (state in EDITABLE)
