"""What the database keeps of applications, promises and conditions of subsidy, whatever the program does."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from jiangxue.enrolment.models import ClassOpening, Enrolment, OpeningStep, PlanItem, Promise, RosterEntry, SubsidyTable
from jiangxue.kernel.clock import HandClock
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories.classes import classroom
from tests.factories.openings import Office, complete, office_by, opened, started
from tests.worlds import Worlds


@pytest.fixture
def of(worlds: Worlds) -> Iterator[Office]:
    with worlds.rolled_back(office_by, HandClock(MORNING)) as made:
        yield made


def step(of: Office, **values: object) -> None:
    opening = started(of, MORNING)
    OpeningStep.objects.create(opening=opening, at=MORNING, by=of.administrator, role="", **values)


def test_an_application_closes_after_it_opens(of: Office) -> None:
    opening = started(of, MORNING)
    with broken("enrolment_opening_closes_after_opening"):
        ClassOpening.objects.filter(pk=opening.pk).update(closes_on=opening.opens_on - timedelta(days=1))


def test_an_opened_application_has_a_class_and_no_other_has(of: Office) -> None:
    opening = started(of, MORNING)
    with broken("enrolment_opening_opened_has_class"):
        ClassOpening.objects.filter(pk=opening.pk).update(state="opened")


def test_a_number_stands_on_a_roster_once(of: Office) -> None:
    first, second = RosterEntry.objects.filter(opening=complete(of, MORNING)).order_by("pk")
    with broken("enrolment_roster_number_once"):
        RosterEntry.objects.filter(pk=second.pk).update(id_number_index=first.id_number_index)


def test_an_item_of_the_plan_ends_after_it_starts(of: Office) -> None:
    item = PlanItem.objects.get(training_class=opened(of, MORNING))
    with broken("enrolment_plan_item_ends_after_start"):
        PlanItem.objects.filter(pk=item.pk).update(ends_at=item.starts_at)


def test_what_is_learned_online_is_no_item_of_the_plan(of: Office) -> None:
    item = PlanItem.objects.get(training_class=opened(of, MORNING))
    with broken("enrolment_plan_item_mode_known"):
        PlanItem.objects.filter(pk=item.pk).update(mode="online")


def test_what_is_handed_in_is_kept_whole(of: Office) -> None:
    with broken("enrolment_step_handed_in_whole"):
        step(of, kind="submitted", sha256="0" * 64)


def test_nothing_else_bears_an_application(of: Office) -> None:
    with broken("enrolment_step_handed_in_whole"):
        step(of, kind="withdrawn", application={})


def test_what_is_returned_says_why(of: Office) -> None:
    with broken("enrolment_step_returned_with_words"):
        step(of, kind="returned")


def test_what_is_approved_has_a_number(of: Office) -> None:
    with broken("enrolment_step_approved_with_number"):
        step(of, kind="approved")


def test_an_application_is_opened_once(of: Office) -> None:
    opening = started(of, MORNING)
    values = {"opening": opening, "kind": "opened", "at": MORNING, "by": of.administrator}
    OpeningStep.objects.create(**values)
    with broken("enrolment_step_opened_once"):
        OpeningStep.objects.create(**values)


def promise(of: Office, **values: object) -> None:
    fit = {"party": "learner", "account": of.administrator, "version": 1, "text_sha256": "0" * 64, "at": MORNING}
    Promise.objects.create(**(fit | values))


def test_a_promise_is_about_an_application_or_a_place(of: Office) -> None:
    with broken("enrolment_promise_has_its_place"):
        promise(of)
    with broken("enrolment_promise_has_its_place"):
        promise(of, party="institution", enrolment=classroom(MORNING).enrolment)


def test_a_promise_names_its_text(of: Office) -> None:
    with broken("enrolment_promise_names_its_text"):
        promise(of, enrolment=classroom(MORNING).enrolment, text_sha256="")


def test_a_learner_promises_once_for_a_place(of: Office) -> None:
    place: Enrolment = classroom(MORNING).enrolment
    promise(of, enrolment=place)
    with broken("enrolment_promise_once_a_place"):
        promise(of, enrolment=place)


def table(of: Office, **values: object) -> None:
    fit = {
        "valid_from": MORNING.date(),
        "imported_at": MORNING,
        "author": of.administrator,
        "sha256": "0" * 64,
        "rows": [],
    }
    SubsidyTable.objects.create(**(fit | values))


def test_one_table_begins_on_a_day(of: Office) -> None:
    table(of)
    with broken("enrolment_subsidy_table_one_a_day"):
        table(of)


def test_a_table_names_its_file(of: Office) -> None:
    with broken("enrolment_subsidy_table_sha256_shape"):
        table(of, sha256="")
