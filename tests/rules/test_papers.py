"""When a paper is of force, warned of, or lacking. Clauses C1, Q1 to Q5."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jiangxue.organisations.rules.papers import (
    DEMANDED,
    FileStanding,
    Held,
    PaperKind,
    PaperState,
    holds_until,
    is_in_force,
    lacking,
    standing_of,
    state_of,
    to_renew,
)

TODAY = date(2026, 11, 27)
days = st.dates(date(2020, 1, 1), date(2035, 1, 1))
papers = st.builds(Held, st.sampled_from(PaperKind), days, st.none() | days)


def licence(until: date | None, issued: date = date(2020, 1, 1)) -> Held:
    return Held(PaperKind.TRAINING_LICENCE, issued, until)


def test_a_paper_holds_on_its_last_day_and_not_after() -> None:
    assert state_of(licence(TODAY), TODAY) is PaperState.EXPIRING
    assert state_of(licence(TODAY - timedelta(days=1)), TODAY) is PaperState.EXPIRED


def test_it_is_warned_of_for_the_last_sixty_days() -> None:
    assert state_of(licence(TODAY + timedelta(days=59)), TODAY) is PaperState.EXPIRING
    assert state_of(licence(TODAY + timedelta(days=60)), TODAY) is PaperState.IN_FORCE


def test_without_an_end_it_holds_from_its_issue_on() -> None:
    assert state_of(licence(None), TODAY) is PaperState.IN_FORCE
    assert state_of(licence(None, TODAY + timedelta(days=1)), TODAY) is PaperState.NOT_YET


@given(st.lists(papers), days)
def test_what_is_demanded_is_in_force_or_lacking(held: list[Held], today: date) -> None:
    in_force = {paper.kind for paper in held if state_of(paper, today) in (PaperState.IN_FORCE, PaperState.EXPIRING)}
    assert set(lacking(held, today)) == set(DEMANDED) - in_force


@given(st.lists(papers), days)
def test_only_what_runs_out_and_has_no_successor_is_to_be_renewed(held: list[Held], today: date) -> None:
    for paper in to_renew(held, today):
        assert state_of(paper, today) is PaperState.EXPIRING
        ends = [each.valid_until for each in held if each.kind is paper.kind]
        assert all(end is not None and paper.valid_until is not None and end <= paper.valid_until for end in ends)


def test_a_renewed_licence_is_not_warned_of() -> None:
    held = [licence(TODAY + timedelta(days=5)), licence(TODAY + timedelta(days=400), TODAY)]
    assert to_renew(held, TODAY) == []


@given(st.lists(papers), days, st.sampled_from(PaperKind))
def test_papers_hold_on_every_day_until_the_last_that_is_named_and_not_on_the_next(
    held: list[Held], today: date, kind: PaperKind
) -> None:
    until = holds_until(held, kind, today)
    own = [paper for paper in held if paper.kind is kind]
    last = until or date(2035, 1, 1)
    for day in (today, today + (last - today) // 2, last):
        assert day < today or day > last or any(is_in_force(paper, day) for paper in own)
    if until is not None:
        assert not any(is_in_force(paper, until + timedelta(days=1)) for paper in own)


def test_a_renewed_licence_holds_without_a_gap() -> None:
    held = [licence(TODAY), licence(TODAY + timedelta(days=400), TODAY + timedelta(days=1))]
    assert holds_until(held, PaperKind.TRAINING_LICENCE, TODAY) == TODAY + timedelta(days=400)
    late = [licence(TODAY), licence(TODAY + timedelta(days=400), TODAY + timedelta(days=2))]
    assert holds_until(late, PaperKind.TRAINING_LICENCE, TODAY) == TODAY


@given(st.lists(papers), days)
def test_where_papers_stand_together_follows_from_each(held: list[Held], today: date) -> None:
    standing = standing_of(held, today, DEMANDED)
    assert (standing is FileStanding.LACKING) == bool(lacking(held, today))
    if standing is FileStanding.COMPLETE:
        assert not to_renew(held, today)


def test_an_organisation_that_needs_nothing_lacks_nothing() -> None:
    assert standing_of([], TODAY, ()) is FileStanding.COMPLETE
