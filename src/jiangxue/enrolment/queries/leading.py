"""Which classes somebody leads. Clause M3."""

from datetime import date

from django.db.models import QuerySet

from jiangxue.enrolment.models import TrainingClass


def classes_led_by(account_id: int, institution_id: int, *, today: date) -> QuerySet[TrainingClass]:
    """Return the classes of an institution that somebody leads and that are not closed, for the program itself."""
    led = TrainingClass.objects.filter(head_teacher_id=account_id, institution_id=institution_id, closed_at=None)
    return led.filter(closes_on__gte=today).order_by("pk")
