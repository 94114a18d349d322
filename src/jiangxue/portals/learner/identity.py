"""What a learner without face data is told of the days that staff confirm. Clause T3.2."""

from collections.abc import Sequence
from datetime import date

from jiangxue.enrolment.models import Enrolment
from jiangxue.learning.queries.identity import StaffDay, own_staff_days
from jiangxue.learning.rules.identity import IdentityState
from jiangxue.portals.identity_words import STATES


def staff_days_waiting(enrolments: Sequence[Enrolment], today: date) -> list[dict[str, object]]:
    """Return what learner/staff_days.html says of the days of these classes that nobody has confirmed, newest first."""
    return [_shown(each, today) for each in own_staff_days(enrolments) if each.state is not IdentityState.CONFIRMED]


def staff_days_on(enrolments: Sequence[Enrolment], day: date, today: date) -> list[dict[str, object]]:
    """Return the same of one day, in whatever state."""
    return [_shown(each, today) for each in own_staff_days(enrolments) if each.day == day]


def _shown(found: StaffDay, today: date) -> dict[str, object]:
    training_class = found.place.training_class
    return {
        "day": found.day,
        "class_name": training_class.name,
        "head_teacher": training_class.head_teacher.name,
        "state_label": STATES[found.state],
        "is_asked_of_learner": found.state is IdentityState.TO_STATE,
        "is_lost": found.state is IdentityState.NOT_CONFIRMED,
        "goes_on": found.day == today,
        "is_confirmed": found.state is IdentityState.CONFIRMED,
    }
