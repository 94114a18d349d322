"""Without a licence in force an institution hands in no application and opens no class, unless a rule lets it. Clauses C1, T7; docs/rules/openings.md."""

from datetime import timedelta

import pytest

from jiangxue.enrolment.errors import UnfitApplication
from jiangxue.enrolment.models import ClassOpening
from jiangxue.enrolment.queries.opening_facts import findings_of
from jiangxue.enrolment.rules.opening_findings import Flaw
from jiangxue.kernel.clock import learning_day
from jiangxue.organisations.models import Paper
from jiangxue.organisations.rules.papers import PaperKind
from jiangxue.policies.rules.reach import Reach
from tests.conftest import MORNING
from tests.factories.openings import Office, approved, complete, office, on_file, open_now, submitted
from tests.factories.policies import version

pytestmark = pytest.mark.clause("C1", "T7")


@pytest.fixture
def of(db: None) -> Office:
    return office(MORNING)


def licence_ends(of: Office, days: int) -> None:
    """Let the licence hold for so many days from today on."""
    licences = Paper.objects.filter(organisation=of.institution, kind="training_licence")
    licences.update(valid_until=learning_day(MORNING) + timedelta(days=days))


def flaws(opening: ClassOpening) -> set[Flaw]:
    return {finding.what for finding in findings_of(opening, MORNING)}


def test_with_an_expired_licence_nothing_is_handed_in(of: Office) -> None:
    opening = complete(of, MORNING)
    licence_ends(of, -1)
    assert flaws(opening) == {Flaw.NO_LICENCE}
    with pytest.raises(UnfitApplication):
        submitted(of, opening, MORNING)


def test_a_withdrawn_licence_does_not_count(of: Office) -> None:
    opening = complete(of, MORNING)
    Paper.objects.filter(organisation=of.institution).update(withdrawn_at=MORNING)
    assert flaws(opening) == {Flaw.NO_LICENCE, Flaw.NO_PAPER}
    with pytest.raises(UnfitApplication):
        submitted(of, opening, MORNING)


def test_a_licence_of_another_institution_does_not_count(of: Office) -> None:
    licence_ends(of, -1)
    other = office(MORNING)
    on_file(other.institution, PaperKind.TRAINING_LICENCE, MORNING)
    assert flaws(complete(of, MORNING)) == {Flaw.NO_LICENCE}


def test_a_licence_that_runs_out_after_the_approval_keeps_the_class_from_being_opened(of: Office) -> None:
    opening = complete(of, MORNING)
    submitted(of, opening, MORNING)
    approved(of, opening, MORNING)
    licence_ends(of, -1)
    with pytest.raises(UnfitApplication):
        open_now(of, opening, MORNING)
    on_file(of.institution, PaperKind.TRAINING_LICENCE, MORNING, days=500)
    assert open_now(of, opening, MORNING).pk


def test_a_licence_that_ends_before_the_class_is_shown_and_stops_nothing(of: Office) -> None:
    opening = complete(of, MORNING)
    licence_ends(of, 30)
    assert flaws(opening) == {Flaw.PAPER_ENDS_EARLY}
    assert submitted(of, opening, MORNING).state == "submitted"


def test_a_region_may_let_institutions_apply_without_one(of: Office) -> None:
    version(Reach("4401"), {"class_licence": 0}, MORNING)
    opening = complete(of, MORNING)
    licence_ends(of, -1)
    assert submitted(of, opening, MORNING).state == "submitted"
    assert flaws(ClassOpening.objects.get(pk=opening.pk)) == {Flaw.NO_LICENCE}


def test_a_paper_that_holds_from_a_later_day_on_is_not_in_force(of: Office) -> None:
    Paper.objects.filter(organisation=of.institution, kind="training_licence").update(
        issued_on=learning_day(MORNING) + timedelta(days=1), valid_until=None
    )
    assert flaws(complete(of, MORNING)) == {Flaw.NO_LICENCE}
