"""What the database keeps of reports."""

import pytest
from django.db import IntegrityError, transaction

from jiangxue.kernel.clock import HandClock
from jiangxue.reporting.models import PlaceStanding
from tests.factories.classes import classroom


def test_nobody_completes_more_lessons_than_there_are(db: None, clock: HandClock) -> None:
    place = classroom(clock.now()).enrolment
    with pytest.raises(IntegrityError, match="reporting_standing_done_within_lessons"), transaction.atomic():
        PlaceStanding.objects.create(enrolment=place, lessons=3, done=4)
