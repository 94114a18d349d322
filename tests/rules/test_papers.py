"""When a paper is of force, warned of, or lacking. Clauses C1, Q1 to Q5."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jiangxue.organisations.rules.papers import DEMANDED, Held, PaperKind, PaperState, lacking, state_of, to_renew

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
