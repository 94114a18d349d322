"""Which classes run, end or are over on a day: for jobs, which act for the program itself. Clauses T7, T8.1."""

from datetime import date

from django.db.models import QuerySet

from jiangxue.enrolment.models import Enrolment, TrainingClass

_LARGE = "version__content"


def classes_open_on(day: date) -> QuerySet[TrainingClass]:
    """Return the classes that run on a day."""
    found = TrainingClass.objects.filter(opens_on__lte=day, closes_on__gte=day, closed_at=None)
    return found.select_related("institution").defer(_LARGE).order_by("pk")


def classes_closing_between(first: date, last: date) -> QuerySet[TrainingClass]:
    """Return the classes whose last day lies between two days, both included."""
    found = TrainingClass.objects.filter(closes_on__range=(first, last))
    return found.select_related("institution").defer(_LARGE).order_by("pk")


def places_of_classes_over(*, before: date) -> QuerySet[Enrolment]:
    """Return the places in classes whose last day lies before a day, the oldest first."""
    places = Enrolment.objects.select_related("training_class", "learner")
    return places.filter(training_class__closes_on__lt=before).order_by("training_class__closes_on", "pk")
