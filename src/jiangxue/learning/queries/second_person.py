"""Who is the second person (复核人) of a class's settlement and appeals: an administrator of its institution, or the authority. Clauses T1.3, C5."""

from datetime import datetime, timedelta

from jiangxue.accounts.queries import memberships
from jiangxue.accounts.queries.recipients import holders_of, supervisors_over
from jiangxue.enrolment.queries import Class, reach_of
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.policies.queries import time_policy_for


def is_checked_outside(training_class: Class, at: datetime) -> bool:
    """Say whether the second person belongs to the authority: by the rules of `at`, and after the end of the class by those that were in force then."""
    last_moment = training_class.term.closes_at - timedelta(milliseconds=1)
    return bool(time_policy_for(reach_of(training_class), min(at, last_moment)).policy.outside_checker)


def may_check(viewer: Viewer, training_class: Class, at: datetime) -> bool:
    """Say whether the viewer, who sees a class, may be its second person; nobody of its institution is one from outside, in whatever role they look."""
    if not is_checked_outside(training_class, at):
        return viewer.role is Role.INSTITUTION_ADMINISTRATOR
    if viewer.role is not Role.SUPERVISOR:
        return False
    return not memberships(viewer.account_id).filter(organisation_id=training_class.institution_id).exists()


def checkers_of(training_class: Class, at: datetime) -> set[int]:
    """Return who may be the second person of a class, for telling them."""
    institution = training_class.institution
    if is_checked_outside(training_class, at):
        return supervisors_over(institution.region_id)
    return holders_of(Role.INSTITUTION_ADMINISTRATOR, organisation_id=institution.pk)
