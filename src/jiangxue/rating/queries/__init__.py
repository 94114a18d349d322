"""Ratings of a learner, for the learner. Clause M6."""

from collections.abc import Sequence
from datetime import datetime

from jiangxue.courseware.queries.versions import all_versions
from jiangxue.courseware.rules.content import Lecturer
from jiangxue.enrolment.queries import Place, reach_of
from jiangxue.learning.queries.progress import complete_by_place
from jiangxue.policies.queries import time_policy_for
from jiangxue.rating.models import CourseRating


def has_finished(place: Place, at: datetime) -> bool:
    """Say whether a learner is done with the course of a class: every lesson played through, and nothing awaits confirmation."""
    policy = time_policy_for(reach_of(place.training_class), at).policy
    lessons, done = complete_by_place([place.pk], place.training_class.version_id, policy)
    return 0 < lessons == done[place.pk]


def rating_of(place: Place) -> CourseRating | None:
    """Return the rating that belongs to a place in a class."""
    return CourseRating.objects.filter(enrolment_id=place.pk).first()


def may_rate(place: Place, at: datetime) -> bool:
    """Say whether a learner may rate now, or change what they gave: nobody does before they have finished."""
    return rating_of(place) is not None or has_finished(place, at)


def lecturers_rated(place: Place, rating: CourseRating | None) -> Sequence[Lecturer]:
    """Return the teachers to whom a learner may give stars: those of the version that was, or would be, rated."""
    version_id = rating.version_id if rating else place.training_class.version_id
    return all_versions().get(pk=version_id).whole.lecturers


def lecturer_stars(rating: CourseRating) -> dict[int, int]:
    """Return the stars that a rating gives to teachers, by their `ref`."""
    given = rating.lecturers.exclude(stars=None)
    return {lecturer_id: stars for lecturer_id, stars in given.values_list("lecturer_id", "stars") if stars}
