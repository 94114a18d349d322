"""Who may make which review: three different persons, none of whom had a part in the course. Clauses T1.4, M6."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.review.rules.opinions import Step


class Obstacle(StrEnum):
    """Why somebody may not make a review."""

    OTHER_ROLE = "other_role"
    HAS_A_PART = "has_a_part"
    REVIEWED_ALREADY = "reviewed_already"
    BELONGS_TO_INSTITUTION = "belongs_to_institution"
    TOOK_IT_DOWN = "took_it_down"


@dataclass(frozen=True, slots=True)
class Case:
    """A version in review: whose it is, which review comes next, who had a part in the course and who has reviewed it.

    `belongs` says whether the viewer holds any role in the institution, `taken_down_by` who took the course down, if it is down now.
    """

    institution_id: int
    step: Step
    contributors: Collection[int]
    reviewers: Collection[int]
    belongs: bool
    taken_down_by: int | None = None


def obstacle(viewer: Viewer, case: Case) -> Obstacle | None:
    """Return why the viewer may not make the next review, or None."""
    if not is_for(viewer, case.institution_id, case.step):
        return Obstacle.OTHER_ROLE
    if viewer.account_id in case.contributors:
        return Obstacle.HAS_A_PART
    if viewer.account_id in case.reviewers:
        return Obstacle.REVIEWED_ALREADY
    if case.step is not Step.INITIAL and case.belongs:
        return Obstacle.BELONGS_TO_INSTITUTION
    if case.step is Step.FINAL and viewer.account_id == case.taken_down_by:
        return Obstacle.TOOK_IT_DOWN
    return None


def is_for(viewer: Viewer, institution_id: int, step: Step) -> bool:
    """Say whether a review is for people in the viewer's role."""
    if step is Step.INITIAL:
        return reviews_own(viewer) and viewer.organisation_id == institution_id
    return reviews_all(viewer)


def reviews_own(viewer: Viewer) -> bool:
    """Say whether the viewer makes the first review of their institution's courses."""
    return viewer.organisation_id is not None and viewer.role in (Role.REVIEWER, Role.INSTITUTION_ADMINISTRATOR)


def reviews_all(viewer: Viewer) -> bool:
    """Say whether the viewer reviews the courses of all institutions, outside them."""
    return viewer.role is Role.REVIEWER and viewer.organisation_id is None


def may_take_down(viewer: Viewer, *, institution_id: int, region: str) -> bool:
    """Say whether the viewer may take a course down at once: its own institution, a reviewer of the platform, or its supervisors."""
    if viewer.role is Role.SUPERVISOR:
        return bool(viewer.region) and region.startswith(viewer.region or "")
    return reviews_all(viewer) or (
        viewer.role is Role.INSTITUTION_ADMINISTRATOR and viewer.organisation_id == institution_id
    )


def may_put_back(viewer: Viewer, *, taken_down_by: int) -> bool:
    """Say whether the viewer may put a course back: a reviewer of the platform, and not who took it down."""
    return reviews_all(viewer) and viewer.account_id != taken_down_by
