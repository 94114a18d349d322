"""What the papers of an institution say about a class that it wants to open. docs/rules/openings.md."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.enrolment.rules.licence_checks import OnFile, licence_findings
from jiangxue.enrolment.rules.opening_findings import Finding, Flaw
from jiangxue.organisations.rules.papers import DEMANDED, DEMANDED_OF, Held, PaperKind

pytestmark = pytest.mark.clause("C1", "T7")
TODAY, LAST = date(2026, 11, 27), date(2027, 1, 31)
ISSUED = date(2020, 1, 1)
BUSINESS = Held(PaperKind.BUSINESS_LICENCE, ISSUED, None)


def licence(until: date | None) -> Held:
    return Held(PaperKind.TRAINING_LICENCE, ISSUED, until)


def found(*papers: Held, stops: bool = True, kind: str = "institution") -> list[Finding]:
    return list(licence_findings(OnFile(papers, DEMANDED_OF[kind], stops), LAST, TODAY))


def test_nothing_is_said_where_all_papers_hold_until_the_class_is_over() -> None:
    assert found(BUSINESS, licence(LAST)) == []
    assert found(BUSINESS, licence(None)) == []


def test_a_licence_that_has_run_out_stops_the_opening_and_its_last_day_is_named() -> None:
    (finding,) = found(BUSINESS, licence(TODAY - timedelta(days=1)))
    assert (finding.what, finding.is_blocking) == (Flaw.NO_LICENCE, True)
    assert date.fromordinal(finding.actual) == TODAY - timedelta(days=1)


def test_taking_the_expired_licence_off_the_list_changes_nothing() -> None:
    (finding,) = found(BUSINESS)
    assert (finding.what, finding.is_blocking, finding.actual) == (Flaw.NO_LICENCE, True, 0)


def test_a_rule_may_let_it_be_advice() -> None:
    (finding,) = found(BUSINESS, stops=False)
    assert not finding.is_blocking


def test_a_licence_that_ends_before_the_class_is_advice() -> None:
    (finding,) = found(BUSINESS, licence(LAST - timedelta(days=1)))
    assert (finding.what, finding.is_blocking) == (Flaw.PAPER_ENDS_EARLY, False)
    assert (date.fromordinal(finding.wanted), date.fromordinal(finding.actual)) == (LAST, LAST - timedelta(days=1))


def test_another_paper_that_is_missing_is_advice() -> None:
    (finding,) = found(licence(None))
    assert (finding.what, finding.named, finding.is_blocking) == (Flaw.NO_PAPER, "business_licence", False)


def test_an_enterprise_needs_no_licence_to_run_a_school() -> None:
    assert found(BUSINESS, kind="enterprise") == []


@given(
    st.lists(st.builds(Held, st.sampled_from(PaperKind), st.dates(ISSUED, LAST), st.none() | st.dates(ISSUED, LAST))),
    st.booleans(),
)
def test_each_demanded_paper_is_named_at_most_once(papers: list[Held], stops: bool) -> None:
    named = [finding.named for finding in licence_findings(OnFile(papers, DEMANDED, stops), LAST, TODAY)]
    assert len(named) == len(set(named))
    assert set(named) <= {kind.value for kind in DEMANDED}
