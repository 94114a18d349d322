"""Several learners of one class, and what each of them did, for pages that show a whole class."""

from dataclasses import replace
from datetime import datetime

from jiangxue.enrolment.services import enrol
from tests.factories import people
from tests.factories.classes import Classroom


def classmates(room: Classroom, number: int, *, now: datetime, name: str = "王秀英") -> list[Classroom]:
    """Add learners to a room's class and return the same room as each of them sees it."""
    found = []
    for _ in range(number):
        learner = people.account(now=now, name=name)
        enrolment = enrol(class_id=room.training_class.pk, learner_id=learner.pk, now=now)
        found.append(replace(room, learner=learner, enrolment=enrolment))
    return found
