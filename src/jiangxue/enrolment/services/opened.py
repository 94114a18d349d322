"""Making the class of an application: its plan, its rule, accounts and places for everybody on the roster. Clauses T7, C3, C6."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.services.enlisting import Newcomer, enlist
from jiangxue.audit.services import Actor
from jiangxue.djangokit.locks import lock_until_commit
from jiangxue.djangokit.sealed import reveal
from jiangxue.enrolment.errors import RosterMoved
from jiangxue.enrolment.evidence import append_agreements, append_verifications
from jiangxue.enrolment.models import ClassOpening, PlanItem, RosterEntry, TrainingClass
from jiangxue.enrolment.rules.applications import Draft
from jiangxue.enrolment.rules.background import background_of
from jiangxue.enrolment.rules.openings import OpeningState, StepKind, state_after
from jiangxue.enrolment.services import ClassDraft, enrol_all, open_class
from jiangxue.enrolment.services.promises import append_institution_promise
from jiangxue.policies.services import set_class_time_policy

_ENLISTING = hashlib.sha256(b"enlisting from rosters").digest()


@transaction.atomic
def open_applied(opening: ClassOpening, *, by: Actor, now: datetime) -> TrainingClass:
    """Make the class of an application that is locked and found fit, with everybody on its roster, and return it; raises `RosterMoved`."""
    draft = Draft.from_values(opening.draft)
    training_class = open_class(_class_draft(opening), teacher_ids=draft.teacher_ids, now=now)
    opening.training_class = training_class
    opening.state = state_after(StepKind.OPENED, OpeningState(opening.state)).value
    opening.save(update_fields=["training_class", "state"])
    _plan(training_class, draft)
    _keep_hours_of_day(training_class, draft, by=by, now=now)
    _fill(opening, training_class, by=by, now=now)
    return training_class


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


def _fill(opening: ClassOpening, training_class: TrainingClass, *, by: Actor, now: datetime) -> None:
    """Give everybody on the roster a place; two rosters are enlisted one after the other, so that nobody of both is registered twice."""
    roster = list(RosterEntry.objects.filter(opening=opening).order_by("pk"))
    lock_until_commit(_ENLISTING)
    try:
        with transaction.atomic():
            accounts = enlist(_newcomers(roster), by=by, now=now)
    except IntegrityError:
        raise RosterMoved from None
    learners = {accounts[bytes(each.id_number_index)]: background_of(each) for each in roster}
    places = enrol_all(class_id=training_class.pk, learners=learners, now=now)
    append_agreements(places, now=now)
    append_verifications(places, now=now)
    append_institution_promise(opening, places, now=now)


def _newcomers(roster: Sequence[RosterEntry]) -> list[Newcomer]:
    return [
        Newcomer(
            each.name,
            IdType(each.id_type),
            reveal(each, "id_number"),
            reveal(each, "phone") if each.phone else "",
        )
        for each in roster
    ]
