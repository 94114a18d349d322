"""Opening classes, enrolling, leaving and closing. Ending the sessions that this ends is the caller's second step."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from jiangxue.accounts.queries import registered
from jiangxue.audit import services as audit
from jiangxue.audit.services import PROGRAM, Actor
from jiangxue.courseware.errors import NotPublished
from jiangxue.courseware.queries.teaching import version_in_force
from jiangxue.courseware.queries.versions import Version, all_versions
from jiangxue.enrolment.errors import NothingToAdopt, NotInClass
from jiangxue.enrolment.models import ClassTeacher, Enrolment, TrainingClass
from jiangxue.enrolment.queries import class_for
from jiangxue.enrolment.queries.openings import opened_by_class
from jiangxue.enrolment.rules.background import UNTOLD, Background, background_of
from jiangxue.enrolment.rules.description import ClassFacts, description, told
from jiangxue.enrolment.services.telling import tell_of_places
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.ledger import services as ledger
from jiangxue.ledger.services import Event


@dataclass(frozen=True, slots=True)
class ClassDraft:
    """What a class is made of; without a version it is taught by the one in force."""

    institution_id: int
    course_id: int
    head_teacher_id: int
    code: str
    name: str
    opens_on: date
    closes_on: date
    version_id: int | None = None


@transaction.atomic
def open_class(draft: ClassDraft, *, teacher_ids: Iterable[int], now: datetime) -> TrainingClass:
    """Open a class with its teachers, taught by the version that the draft names or the one in force, or raise `NotPublished`."""
    version = _taught_by(draft)
    training_class = TrainingClass.objects.create(
        institution_id=draft.institution_id,
        course_id=draft.course_id,
        version=version,
        head_teacher_id=draft.head_teacher_id,
        code=draft.code,
        name=draft.name,
        opens_on=draft.opens_on,
        closes_on=draft.closes_on,
    )
    ClassTeacher.objects.bulk_create(
        ClassTeacher(training_class=training_class, teacher_id=teacher_id) for teacher_id in teacher_ids
    )
    audit.record("class.opened", by=PROGRAM, at=now, about=("class", training_class.pk))
    return training_class


def _taught_by(draft: ClassDraft) -> Version:
    if draft.version_id is None:
        version = version_in_force(draft.course_id)
    else:
        version = all_versions().filter(pk=draft.version_id, course_id=draft.course_id).first()
    if version is None or not version.is_taught:
        raise NotPublished
    return version


@transaction.atomic
def adopt_version(*, viewer: Viewer, class_id: int, by: Actor, now: datetime) -> TrainingClass:
    """Let a class whose version was taken down go on by the one in force; raises `NotInClass` or `NothingToAdopt`.

    A class keeps the version that it began with as long as that may be shown. Lessons that both have stay as far as they were learned.
    """
    if viewer.role is not Role.INSTITUTION_ADMINISTRATOR:
        raise NotInClass
    training_class = TrainingClass.objects.select_for_update().get(pk=class_for(viewer, class_id).pk)
    newer = version_in_force(training_class.course_id)
    if newer is None or training_class.version.taken_down_at is None:
        raise NothingToAdopt
    before, training_class.version = training_class.version_id, newer
    training_class.save(update_fields=["version"])
    changed = {"class": class_id, "before": before, "version": newer.pk, "by": viewer.account_id}
    places = list(training_class.enrolments.filter(erased_at=None).order_by("pk"))
    ledger.append_all([Event(place.aid, "enrolment.version_changed", changed, now) for place in places])
    describe(places, now=now)
    audit.record("class.version_adopted", by=by, at=now, about=("class", class_id))
    return training_class


@transaction.atomic
def enrol(*, class_id: int, learner_id: int, now: datetime, background: Background = UNTOLD) -> Enrolment:
    """Give a learner a place in a class and open the archive that it fills."""
    (place,) = enrol_all(class_id=class_id, learners={learner_id: background}, now=now)
    return place


@transaction.atomic
def enrol_all(*, class_id: int, learners: Mapping[int, Background], now: datetime) -> list[Enrolment]:
    """Give learners, by account and with what is told of each, places in a class, and open the archives that they fill; in as many statements for many as for one."""
    version_id = TrainingClass.objects.values_list("version_id", flat=True).get(pk=class_id)
    aids = ledger.open_archives(len(learners))
    places = Enrolment.objects.bulk_create(
        Enrolment(
            training_class_id=class_id,
            learner_id=learner_id,
            aid=aid,
            enrolled_at=now,
            group=background.group or "",
            education=background.education or "",
            domicile=background.domicile,
            employer=background.employer,
            employer_uscc=background.employer_uscc,
        )
        for aid, (learner_id, background) in zip(aids, learners.items(), strict=True)
    )
    opened = {"class": class_id, "version": version_id}
    ledger.append_all([Event(place.aid, "enrolment.opened", opened, now) for place in places])
    describe(places, now=now)
    tell_of_places(class_id, learners, at=now)
    return places


@transaction.atomic
def describe(places: Sequence[Enrolment], *, now: datetime) -> None:
    """Write into archives whose they are and what is taught: at the enrolment, and whenever one of both has changed.

    Archives that are erased are left out.
    """
    places = [place for place in places if place.erased_at is None]
    learners = registered({place.learner_id for place in places})
    classes = TrainingClass.objects.select_related("institution", "version")
    taught = {
        each.pk: (_facts_of(each), each.version.whole)
        for each in classes.filter(pk__in={place.training_class_id for place in places})
    }
    openings = opened_by_class(taught)
    ledger.append_all(
        [
            Event(
                place.aid,
                "enrolment.described",
                description(*taught[place.training_class_id], learners[place.learner_id])
                | {"background": told(background_of(place)), "opening": openings.get(place.training_class_id, {})},
                now,
            )
            for place in places
        ]
    )


def _facts_of(training_class: TrainingClass) -> ClassFacts:
    version = training_class.version
    return ClassFacts(
        pk=training_class.pk,
        code=training_class.code,
        name=training_class.name,
        opens_on=training_class.opens_on,
        closes_on=training_class.closes_on,
        institution_id=training_class.institution_id,
        institution=training_class.institution.name,
        version_id=version.pk,
        version_serial=version.serial,
        version_sha256=version.sha256,
    )


def mark_erased(enrolment_id: int, *, at: datetime | None) -> None:
    """Let nothing more be written into an archive that the ledger is told to be erased; None: it is kept after all."""
    Enrolment.objects.filter(pk=enrolment_id).update(erased_at=at)
