"""What somebody is called whose face is like a learner's: by name only before those who see them anyway. Clauses M6, C5."""

from collections.abc import Callable, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.enrolment.queries import elsewhere
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.rules.anomalies import Anomaly
from jiangxue.ui.masking import masked_name

_UNSEEN: dict[Role, str | Promise] = {
    Role.INSTITUTION_ADMINISTRATOR: gettext_lazy("a learner of another institution, or one who has left"),
    Role.SUPERVISOR: gettext_lazy("a learner of another region, or one who has left"),
}
"""Who a learner is whom the viewer may not see; whoever teaches sees their own classes alone."""


def names_of_others(viewer: Viewer, class_id: int, anomalies: Sequence[Anomaly]) -> Callable[[int], str]:
    """Return what to call those whose faces are like a learner's, each by account; one statement for all of a page, none where there are none."""
    others = {each.other for anomaly in anomalies for each in anomaly.evidence if each.other is not None}
    seen = elsewhere(viewer, others) if others else {}

    def name_of(account_id: int) -> str:
        place = seen.get(account_id)
        if place is None:
            return str(_UNSEEN.get(viewer.role, _("a learner of another class, or one who has left")))
        name = masked_name(place.learner.staff_name)
        if place.training_class_id == class_id:
            return name
        return _("%(name)s (%(class)s)") % {"name": name, "class": place.training_class.name}

    return name_of
