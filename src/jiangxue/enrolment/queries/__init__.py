"""Which classes and places a viewer may see; every query is scoped here. Clauses T7, C5."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jiangxue.djangokit.row_security import as_program
from jiangxue.enrolment.errors import NotInClass
from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.policies.rules.reach import Reach

_LARGE = "version__content"

type Place = Enrolment
"""What the domains above call a learner's place in a class."""
type Class = TrainingClass
"""What the domains above call a class."""


def classes(viewer: Viewer) -> QuerySet[TrainingClass]:
    """Return the classes a viewer may see: a learner's own, a teacher's own, an institution's, or a region's."""
    found = TrainingClass.objects.select_related("institution__region", "course", "version", "head_teacher").defer(
        _LARGE
    )
    return found.filter(_reach(viewer)).order_by("-opens_on", "pk")


def classes_with_size(viewer: Viewer, *, named: str = "", of: Collection[int] | None = None) -> QuerySet[TrainingClass]:
    """Return the same classes, or those `of` some institutions, each with `size`, the number of learners in it."""
    found = classes(viewer).filter(name__icontains=named)
    if of is not None:
        found = found.filter(institution__in=of)
    inside = Enrolment.objects.filter(training_class=OuterRef("pk"), left_at=None).order_by()
    return found.annotate(size=Coalesce(Subquery(inside.values("training_class").values(number=Count("pk"))), 0))


def _reach(viewer: Viewer) -> Q:
    nobody = Q(pk__in=())
    match viewer.role:
        case Role.LEARNER:
            mine = Enrolment.objects.filter(learner_id=viewer.account_id, left_at=None)
            return Q(pk__in=mine.values("training_class"))
        case Role.TEACHER | Role.HEAD_TEACHER:
            own = Q(head_teacher_id=viewer.account_id) | Q(
                pk__in=TrainingClass.objects.filter(teachers__teacher_id=viewer.account_id).values("pk")
            )
            return own & Q(institution_id=viewer.organisation_id)
        case Role.COURSE_EDITOR | Role.INSTITUTION_ADMINISTRATOR:
            return Q(institution_id=viewer.organisation_id)
        case Role.SUPERVISOR:
            return Q(institution__region__code__startswith=viewer.region) if viewer.region else nobody
        case _:
            return nobody


def class_for(viewer: Viewer, class_id: int) -> TrainingClass:
    """Return one class that the viewer may see, or raise `NotInClass`."""
    found = classes(viewer).filter(pk=class_id).first()
    if found is None:
        raise NotInClass
    return found


def answers_for(viewer: Viewer, training_class: TrainingClass) -> bool:
    """Say whether the viewer answers for a class that they see: its head teacher, or an administrator of its institution."""
    if viewer.role is Role.HEAD_TEACHER:
        return training_class.head_teacher_id == viewer.account_id
    return viewer.role is Role.INSTITUTION_ADMINISTRATOR


def classes_taught_by(version_ids: Collection[int]) -> QuerySet[TrainingClass]:
    """Return the classes of all institutions that versions are taught in, for the program itself."""
    return TrainingClass.objects.filter(version_id__in=version_ids)


def reach_of(training_class: TrainingClass) -> Reach:
    """Return where a class lies, for asking which rules are in force in it; its institution should be loaded with it."""
    return Reach(training_class.institution.region_id, training_class.institution_id, training_class.pk)


def own_enrolments(viewer: Viewer) -> QuerySet[Enrolment]:
    """Return the learner's own places, the class that ends last first."""
    if viewer.role is not Role.LEARNER:
        return Enrolment.objects.none()
    return (
        Enrolment.objects.filter(learner_id=viewer.account_id, left_at=None)
        .select_related("training_class__version", "training_class__head_teacher", "training_class__institution")
        .defer(f"training_class__{_LARGE}")
        .order_by("-training_class__closes_on", "pk")
    )


def enrolment_for(viewer: Viewer, class_id: int) -> Enrolment:
    """Return the learner's own place in a class, or raise `NotInClass`."""
    found = own_enrolments(viewer).filter(training_class_id=class_id).first()
    if found is None:
        raise NotInClass
    return found


def own_place(viewer: Viewer, class_id: int) -> Enrolment:
    """Return the learner's own place in a class, also one that they have left, or raise `NotInClass`."""
    if viewer.role is not Role.LEARNER:
        raise NotInClass
    found = Enrolment.objects.filter(learner_id=viewer.account_id, training_class_id=class_id)
    place = found.select_related("training_class").first()
    if place is None:
        raise NotInClass
    return place


def all_own_places(viewer: Viewer) -> QuerySet[Enrolment]:
    """Return every place that is held of the viewer, also in classes that they have left, oldest first."""
    found = Enrolment.objects.filter(learner_id=viewer.account_id)
    named = found.select_related("training_class__version", "training_class__institution")
    return named.defer(f"training_class__{_LARGE}").order_by("enrolled_at", "pk")


def own_place_ids(account_id: int) -> list[int]:
    """Return the numbers of every place that is held of somebody, also in classes that they have left."""
    return list(Enrolment.objects.filter(learner_id=account_id).values_list("pk", flat=True))


@as_program()
def places_of(learner_id: int) -> Sequence[Enrolment]:
    """Return all places of a learner, for the program itself."""
    return list(Enrolment.objects.filter(learner_id=learner_id).order_by("pk"))


@as_program()
def places_of_learners(learner_ids: Collection[int]) -> list[Enrolment]:
    """Return all places of some learners, also ones that they have left, for the program itself."""
    return list(Enrolment.objects.filter(learner_id__in=learner_ids).order_by("pk"))


@as_program()
def present_classes_of(learner_ids: Collection[int]) -> dict[int, set[int]]:
    """Return the classes that learners are in and have not left, by account, for the program itself."""
    present = Enrolment.objects.filter(learner_id__in=learner_ids, left_at=None, erased_at=None)
    found: dict[int, set[int]] = {}
    for learner_id, class_id in present.values_list("learner_id", "training_class_id"):
        found.setdefault(learner_id, set()).add(class_id)
    return found


def learners_within(viewer: Viewer) -> QuerySet[Enrolment, int]:
    """Return the accounts of all who are or were in a class of the viewer's institution, for its administrators; for others nobody's."""
    found = Enrolment.objects.filter(training_class__institution_id=viewer.organisation_id)
    if viewer.role is not Role.INSTITUTION_ADMINISTRATOR or viewer.organisation_id is None:
        found = found.none()
    return found.values_list("learner_id", flat=True)


def names_in(viewer: Viewer, class_id: int) -> dict[int, str]:
    """Return the names of all who are or were in a class, by account, for its staff and supervisors."""
    if viewer.role is Role.LEARNER:
        raise NotInClass
    places = Enrolment.objects.filter(training_class=class_for(viewer, class_id)).select_related("learner")
    return {place.learner_id: place.learner.staff_name for place in places}


def roster(viewer: Viewer, class_id: int, *, named: str = "") -> QuerySet[Enrolment]:
    """Return the places in a class for its staff and supervisors, by login name; learners see no roster."""
    if viewer.role is Role.LEARNER:
        raise NotInClass
    found = Enrolment.objects.filter(training_class=class_for(viewer, class_id), left_at=None)
    if named:  # nobody is found by a name that is not shown
        found = found.filter(learner__name__icontains=named, learner__restricted_at=None)
    return found.select_related("learner").order_by("learner__login_name")


def places_in(viewer: Viewer, class_id: int, *, among: Collection[int] | None = None) -> dict[int, Enrolment]:
    """Return the places of all who are or were in a class, or of those `among` some accounts, by account, for its staff and supervisors."""
    if viewer.role is Role.LEARNER:
        raise NotInClass
    places = Enrolment.objects.filter(training_class=class_for(viewer, class_id)).select_related("learner")
    if among is not None:
        places = places.filter(learner__in=among)
    return {place.learner_id: place for place in places}


def elsewhere(viewer: Viewer, account_ids: Collection[int]) -> dict[int, Enrolment]:
    """Return for each of some learners a place in a class that staff or supervisors may see, the latest, by account; whom they may not see is missing."""
    seen = Enrolment.objects.filter(learner_id__in=account_ids, left_at=None, pk__in=places_within(viewer))
    return {
        place.learner_id: place for place in seen.select_related("learner", "training_class").order_by("enrolled_at")
    }


def place_for(viewer: Viewer, class_id: int, enrolment_id: int) -> Enrolment:
    """Return the place of one who is or was in a class, for its staff and supervisors, or raise `NotInClass`."""
    if viewer.role is Role.LEARNER:
        raise NotInClass
    places = Enrolment.objects.filter(training_class=class_for(viewer, class_id), pk=enrolment_id)
    found = places.select_related("learner", "training_class").first()
    if found is None:
        raise NotInClass
    return found


def places_within(viewer: Viewer) -> QuerySet[Enrolment, int]:
    """Return the numbers of all places in the classes that staff or supervisors may see; learners see none."""
    seen = Enrolment.objects.filter(training_class__in=classes(viewer).order_by().values("pk"))
    return (seen.none() if viewer.role is Role.LEARNER else seen).values_list("pk", flat=True)


def places_across(viewer: Viewer, *, called: str = "", among: Collection[int] | None = None) -> QuerySet[Enrolment]:
    """Return the places in all classes of a supervisor's region, of learners `called` by a whole name, or `among` some accounts; for others none.

    A part of a name finds nobody: letter by letter it would tell names that are shown masked.
    """
    found = Enrolment.objects.filter(pk__in=places_within(viewer), erased_at=None)
    if viewer.role is not Role.SUPERVISOR:
        return found.none()
    if called:
        found = found.filter(learner__name=called, learner__restricted_at=None)
    if among is not None:
        found = found.filter(learner__in=among)
    named = found.select_related("learner", "training_class__version", "training_class__institution__region")
    return named.defer(f"training_class__{_LARGE}").order_by("training_class__institution", "learner__login_name", "pk")


def places_of_class(class_id: int) -> list[Enrolment]:
    """Return the places of all who are or were in a class, for the program itself."""
    return list(Enrolment.objects.filter(training_class=class_id).order_by("pk"))


def learners_of_class(class_id: int) -> QuerySet[Enrolment, int]:
    """Return the accounts of those who are in a class, for the program itself."""
    return _present(class_id).values_list("learner_id", flat=True)


def learners_ever_in(class_id: int) -> QuerySet[Enrolment, int]:
    """Return the accounts of all who are or were in a class and may still be processed there, for the program itself."""
    return _processed(class_id).values_list("learner_id", flat=True)


def restricted_in(class_id: int) -> QuerySet[Enrolment, int]:
    """Return the accounts of those who are or were in a class and whose processing is restricted, because they asked for deletion, for the program itself."""
    kept = Enrolment.objects.filter(training_class=class_id, erased_at=None, learner__restricted_at__isnull=False)
    return kept.values_list("learner_id", flat=True)


def archives_of_class(class_id: int) -> QuerySet[Enrolment, UUID]:
    """Return the archives of all who are or were in a class, for the program itself."""
    return Enrolment.objects.filter(training_class=class_id).values_list("aid", flat=True)


def ever_enrolled_since(class_id: int) -> dict[int, datetime]:
    """Return since when each who is or was in a class, and may still be processed there, came into it, by account, for the program itself."""
    return dict(_processed(class_id).values_list("learner_id", "enrolled_at"))


def enrolled_since(class_id: int) -> dict[int, datetime]:
    """Return since when each who is in a class has been in it, by account, for the program itself."""
    return dict(_present(class_id).values_list("learner_id", "enrolled_at"))


def _processed(class_id: int) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(training_class=class_id, erased_at=None, learner__restricted_at=None)


def _present(class_id: int) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(training_class=class_id, left_at=None, erased_at=None)


def place_and_class(enrolment_id: int) -> tuple[Enrolment, TrainingClass]:
    """Return a place and its class, for the program itself."""
    places = Enrolment.objects.select_related("training_class__version", "training_class__institution")
    place = places.get(pk=enrolment_id)
    return place, place.training_class


def places_by_id(enrolment_ids: Collection[int]) -> list[Enrolment]:
    """Return places with their classes, for the program itself."""
    return list(Enrolment.objects.filter(pk__in=enrolment_ids).select_related("training_class").order_by("pk"))


@as_program()
def places_by_archive(aids: Collection[UUID]) -> list[Enrolment]:
    """Return the places that fill some archives, for the program itself."""
    return list(Enrolment.objects.filter(aid__in=aids).order_by("pk"))
