"""What was said when a course came back, for those who mend it. Clauses T1.4, M6."""

from dataclasses import dataclass

from django.urls import reverse

from jiangxue.courseware.queries.versions import versions_of
from jiangxue.courseware.rules.content import CourseContent
from jiangxue.courseware.rules.standing import Stage, Standing
from jiangxue.courseware.rules.versions import State
from jiangxue.review.queries import reviews_of_version

_CAME_BACK = (Stage.RETURNED, Stage.REJECTED)


@dataclass(frozen=True, slots=True)
class Returned:
    """A version that came back: its number, where its opinions stand, and how many places the last of them marks."""

    serial: int
    url: str
    marks: int


def last_opinion(standing: Standing) -> dict[str, object] | None:
    """Return what was said when the course came back: the comment and how many places were marked."""
    version = standing.version
    if version is None or standing.stage not in _CAME_BACK:
        return None
    said = list(reviews_of_version(version.ref))
    return {"comment": said[-1].comment, "marks": len(said[-1].marks)} if said else None


def opinions_url(standing: Standing) -> str:
    """Return where the opinions stand because of which the course came back."""
    version = standing.version
    if version is None or standing.stage not in _CAME_BACK:
        return ""
    return _url(version.ref)


def returned_as_it_is(course_id: int, content: CourseContent) -> Returned | None:
    """Return the version that came back, if the course is still just as it was in it; one that was taken back counts for nothing."""
    version = versions_of(course_id).exclude(state=State.WITHDRAWN).first()
    if version is None or version.state not in (State.RETURNED, State.REJECTED) or version.sha256 != content.sha256:
        return None
    said = list(reviews_of_version(version.pk))
    return Returned(version.serial, _url(version.pk), len(said[-1].marks) if said else 0)


def _url(version_id: int) -> str:
    return reverse("institution:version", args=(version_id,))
