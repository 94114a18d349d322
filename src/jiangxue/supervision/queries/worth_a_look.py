"""How much is worth a look in the classes that a viewer may see, as counted last. Clause M6."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from jiangxue.enrolment.queries import classes
from jiangxue.kernel.viewer import Viewer
from jiangxue.supervision.models import WorthALook

type Counted = WorthALook
"""What the portals call the last count of a class."""


@dataclass(frozen=True, slots=True)
class Within:
    """How many facts of how many classes are worth a look, and when the oldest of these counts was made."""

    number: int
    classes: int
    counted_at: datetime


def worth_a_look(viewer: Viewer) -> dict[int, Counted]:
    """Return the last count of each class that the viewer may see and that was counted, by class."""
    seen = WorthALook.objects.filter(training_class__in=classes(viewer).order_by().values("pk"))
    return {each.training_class_id: each for each in seen}


def summed(counted: Collection[Counted]) -> Within | None:
    """Return what counts come to together, or None where nothing was counted yet."""
    if not counted:
        return None
    found = [each.to_look_at for each in counted]
    return Within(sum(found), sum(map(bool, found)), min(each.counted_at for each in counted))
