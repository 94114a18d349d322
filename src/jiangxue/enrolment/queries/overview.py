"""The classes of many institutions at once, for the overview of a region. Clauses T7, C5."""

from collections.abc import Collection

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.enrolment.queries import classes, classes_with_size
from jiangxue.kernel.viewer import Viewer


def newest_classes(viewer: Viewer, of: Collection[int], most: int) -> QuerySet[TrainingClass]:
    """Return at most so many classes of each of some institutions, the newest first, each with its `size` and with `held`, how many classes there are."""
    newest = Window(RowNumber(), partition_by="institution", order_by=(F("opens_on").desc(), "pk"))
    counted = classes_with_size(viewer, of=of).annotate(
        place=newest, held=Window(Count("pk"), partition_by="institution")
    )
    return counted.filter(place__lte=most)


def learners_in_classes(viewer: Viewer) -> int:
    """Return how many people have a place that they have not left in the classes that a viewer may see; somebody with several counts once."""
    places = Enrolment.objects.filter(training_class__in=classes(viewer).order_by().values("pk"), left_at=None)
    return int(places.aggregate(people=Count("learner", distinct=True))["people"])
