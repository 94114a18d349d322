"""Which places of one person are evidence of each other: a check asked in one class decides about time in another. Clauses T1.3, T8.1."""

from collections.abc import Collection

from django.db.models import F

from jiangxue.learning.models import Verdict


def tied_places(enrolment_ids: Collection[int]) -> set[tuple[int, int]]:
    """Return pairs of places, one of them among these, whose checks judged each other's time."""
    judged = Verdict.objects.exclude(check_made=None).exclude(
        segment__session__enrolment=F("check_made__session__enrolment")
    )
    pairs = ("segment__session__enrolment", "check_made__session__enrolment")
    found = judged.filter(segment__session__enrolment__in=enrolment_ids).values_list(*pairs)
    others = judged.filter(check_made__session__enrolment__in=enrolment_ids).values_list(*pairs)
    return {*found.distinct(), *others.distinct()}
