"""Which versions wait for whose review. Clauses T1.4, M6."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from jiangxue.accounts.queries import memberships
from jiangxue.courseware.queries.versions import Version, contributors_by_course
from jiangxue.courseware.rules.versions import State
from jiangxue.kernel.viewer import Viewer
from jiangxue.review.models import Review
from jiangxue.review.queries import seen
from jiangxue.review.queries.showing import downs_now
from jiangxue.review.rules.opinions import Step
from jiangxue.review.rules.reviewers import Case, Obstacle, is_for, obstacle, reviews_all, reviews_own


@dataclass(frozen=True, slots=True)
class Waiting:
    """A version that waits for a review, and what keeps the viewer from making it."""

    version: Version
    step: Step
    obstacle: Obstacle | None


def waiting_for(viewer: Viewer) -> list[Waiting]:
    """Return the versions whose next review is for people in the viewer's role, the oldest first."""
    if not (reviews_own(viewer) or reviews_all(viewer)):
        return []
    versions = list(seen(viewer).filter(state=State.IN_REVIEW).defer("content").order_by("submitted_at"))
    cases = _cases_of(viewer, versions)
    found = [(version, cases[version.pk]) for version in versions]
    return [
        Waiting(version, case.step, obstacle(viewer, case))
        for version, case in found
        if is_for(viewer, case.institution_id, case.step)
    ]


def number_waiting(viewer: Viewer) -> int:
    """Return how many versions wait for the viewer."""
    return sum(each.obstacle is None for each in waiting_for(viewer))


def next_step(version: Version) -> Step:
    """Return which review of a version in review comes next."""
    return steps_reached([version.pk])[version.pk]


def steps_reached(version_ids: Collection[int]) -> dict[int, Step]:
    """Return which review comes next of each of some versions in review."""
    return {pk: _after(signed) for pk, signed in _reviewers_of(version_ids).items()}


def case_of(viewer: Viewer, version: Version) -> Case:
    """Return what decides who may make the next review of a version."""
    return _cases_of(viewer, [version])[version.pk]


def _cases_of(viewer: Viewer, versions: Sequence[Version]) -> dict[int, Case]:
    """Return the cases of some versions by id, with as many statements as for one."""
    courses = {version.course_id for version in versions}
    contributors, downs = contributors_by_course(courses), downs_now(courses)
    reviewers = _reviewers_of([version.pk for version in versions])
    belongs = {each.organisation_id for each in memberships(viewer.account_id)} if versions else set()
    return {
        version.pk: Case(
            institution_id=version.course.institution_id,
            step=_after(reviewers[version.pk]),
            contributors=contributors[version.course_id],
            reviewers=reviewers[version.pk],
            belongs=version.course.institution_id in belongs,
            taken_down_by=downs[version.course_id].account_id if version.course_id in downs else None,
        )
        for version in versions
    }


def _reviewers_of(version_ids: Collection[int]) -> dict[int, set[int]]:
    """Return who has signed a review of each of some versions; each of its reviews is another person's."""
    found: dict[int, set[int]] = {pk: set() for pk in version_ids}
    for version_id, reviewer_id in Review.objects.filter(version__in=version_ids).values_list("version", "reviewer"):
        found[version_id].add(reviewer_id)
    return found


def _after(signed: Collection[int]) -> Step:
    return Step(len(signed) + 1)
