"""What is held of the viewer's ratings, for the page and the copy of their own data. Clause M2; PIPL Article 45."""

from django.db.models import QuerySet

from jiangxue.kernel.viewer import Viewer
from jiangxue.rating.models import CourseRating


def held_ratings(viewer: Viewer) -> QuerySet[CourseRating]:
    """Return the viewer's ratings with the stars for teachers and what they were before they were changed, oldest first."""
    found = CourseRating.objects.filter(enrolment__learner_id=viewer.account_id)
    named = found.select_related("enrolment__training_class", "course")
    return named.prefetch_related("lecturers__lecturer", "changes").order_by("rated_at", "pk")
