"""Making the class of an application: its plan, its rule, accounts and places for the people on the roster. Clauses T7, C3, C6."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from jiangxue.accounts.services.admitting import Admitted
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.enrolment.errors import ApplicationChanged, RosterMoved, UnfitApplication
from jiangxue.enrolment.evidence import append_agreements, append_verifications
from jiangxue.enrolment.models import ClassOpening, Enrolment, PlanItem, RosterEntry, TrainingClass
from jiangxue.enrolment.queries.opening_facts import application_of, findings_of, version_for
from jiangxue.enrolment.queries.openings import last_handed_in
from jiangxue.enrolment.rules.applications import Application, Draft
from jiangxue.enrolment.rules.background import background_of
from jiangxue.enrolment.rules.openings import EDITABLE, OpeningState, StepKind, state_after
from jiangxue.enrolment.services import ClassDraft, enrol_all, open_class
from jiangxue.enrolment.services.admitting import learners_written_down, written_down
from jiangxue.enrolment.services.opening_steps import append_step
from jiangxue.enrolment.services.promises import append_institution_promise
from jiangxue.enrolment.services.timetables import take_turns
from jiangxue.policies.services import set_class_time_policy


@dataclass(frozen=True, slots=True)
class Placed:
    """Which rows of a roster got no place, because the person was registered otherwise, and which an account without the mobile number, because it is another's."""

    left_out: tuple[int, ...]
    unreachable: tuple[int, ...]


def fit_application(opening: ClassOpening, now: datetime) -> Application:
    """Return what an application says now if nothing in it stops the class, or raise `UnfitApplication`; after the handing in it must ask for what was handed in, or `ApplicationChanged`."""
    take_turns(meeting.teacher_id for meeting in Draft.from_values(opening.draft).meetings)
    version = version_for(opening)
    if version is None or any(finding.is_blocking for finding in findings_of(opening, now)):
        raise UnfitApplication
    application = application_of(opening, version)
    if opening.state not in EDITABLE:
        kept = last_handed_in(opening.pk)
        if kept is None or not kept.application.asks_for_the_same(application):
            raise ApplicationChanged
    return application


@transaction.atomic
def open_applied(opening: ClassOpening, *, by: Actor, now: datetime) -> ClassOpening:
    """Open the class of an application that is locked and found fit, with everybody on its roster, or raise `RosterMoved`."""
    make_class(opening, by=by, now=now)
    try:
        with transaction.atomic():
            placed = give_places(opening, list(opening.roster.order_by("pk")), by=by, now=now)
    except IntegrityError:
        raise RosterMoved from None
    if placed.left_out or placed.unreachable:
        raise RosterMoved
    return mark_opened(opening, by=by, now=now)


def make_class(opening: ClassOpening, *, by: Actor, now: datetime) -> TrainingClass:
    """Make the class of an application that is locked and found fit, with its plan and its hours of the day, and nobody in it."""
    draft = Draft.from_values(opening.draft)
    training_class = open_class(_class_draft(opening), teacher_ids=draft.teacher_ids, now=now)
    # Until everybody is in it, the application is on its way: what archives say of the class needs to know whence it comes.
    opening.training_class, opening.state = training_class, OpeningState.OPENING.value
    opening.save(update_fields=["training_class", "state"])
    _plan(training_class, draft)
    _keep_hours_of_day(training_class, draft, by=by, now=now)
    return training_class


def mark_opened(opening: ClassOpening, *, by: Actor, now: datetime) -> ClassOpening:
    """Say that the class of an application is open, everybody who can be being in it."""
    opening.state = state_after(StepKind.OPENED, OpeningState(opening.state)).value
    opening.save(update_fields=["state"])
    append_step(opening, StepKind.OPENED, by=by, now=now)
    audit.record("opening.opened", by=by, at=now, about=("opening", opening.pk))
    return opening


def give_places(opening: ClassOpening, roster: Sequence[RosterEntry], *, by: Actor, now: datetime) -> Placed:
    """Give people of a roster accounts, where they have none, and places in the class that was made; who has one already keeps it."""
    assert opening.training_class_id is not None
    people = [written_down(each) for each in roster]
    outcomes = learners_written_down(people, institution_id=opening.institution_id, by=by, now=now)
    come = [(each, outcome) for each, outcome in zip(roster, outcomes, strict=True) if isinstance(outcome, Admitted)]
    learners = {outcome.account_id: background_of(each) for each, outcome in come}
    there = Enrolment.objects.filter(training_class_id=opening.training_class_id, learner_id__in=learners)
    for learner_id in there.values_list("learner_id", flat=True):
        del learners[learner_id]
    places = enrol_all(class_id=opening.training_class_id, learners=learners, now=now)
    append_agreements(places, now=now)
    append_verifications(places, now=now)
    append_institution_promise(opening.training_class_id, places, now=now)
    admitted = {each.pk for each, _ in come}
    return Placed(
        left_out=tuple(each.pk for each in roster if each.pk not in admitted),
        unreachable=tuple(each.pk for each, outcome in come if not outcome.has_phone),
    )


def _class_draft(opening: ClassOpening) -> ClassDraft:
    return ClassDraft(
        institution_id=opening.institution_id,
        course_id=opening.course_id,
        head_teacher_id=opening.head_teacher_id,
        code=f"K{opening.opens_on:%Y%m}-{opening.pk:06d}",
        name=opening.name,
        opens_on=opening.opens_on,
        closes_on=opening.closes_on,
        version_id=opening.version_id,
    )


def _plan(training_class: TrainingClass, draft: Draft) -> None:
    PlanItem.objects.bulk_create(
        PlanItem(
            training_class=training_class,
            mode=each.mode.value,
            title=each.title,
            hours=each.hours,
            place=each.place,
            teacher_id=each.teacher_id,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
        )
        for each in draft.meetings
        if each.teacher_id is not None and each.starts_at is not None and each.ends_at is not None
    )


def _keep_hours_of_day(training_class: TrainingClass, draft: Draft, *, by: Actor, now: datetime) -> None:
    if draft.hours_from_min is None or draft.hours_until_min is None:
        return
    set_class_time_policy(
        training_class_id=training_class.pk,
        values={"hours_from_min": draft.hours_from_min, "hours_until_min": draft.hours_until_min},
        valid_from=now,
        author_id=by.account_id,
        reason="开班申请中确定的可学时段",
    )
