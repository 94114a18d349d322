"""Which roles a person looks through."""

import pytest

from jiangxue.accounts.errors import RoleNotHeld
from jiangxue.accounts.queries import memberships
from jiangxue.accounts.services import choose_role
from jiangxue.audit.models import AuditEntry
from jiangxue.kernel.viewer import Role, Viewer
from tests.conftest import MORNING
from tests.factories import classes, people


def test_a_viewer_sees_through_one_role_at_its_organisation(db: None) -> None:
    school = classes.institution("440104")
    teacher = people.account((Role.TEACHER, school.pk), (Role.LEARNER, None), now=MORNING)
    assert people.viewer(teacher) == Viewer(teacher.pk, Role.TEACHER, school.pk, "440104")


def test_a_person_chooses_among_the_roles_they_hold(db: None) -> None:
    teacher = people.account((Role.TEACHER, classes.institution().pk), (Role.LEARNER, None), now=MORNING)
    second = memberships(teacher.pk)[1]
    assert choose_role(account_id=teacher.pk, membership_id=second.pk, now=MORNING) == second


@pytest.mark.clause("M3")
def test_a_role_of_somebody_else_cannot_be_chosen(db: None) -> None:
    learner = people.account(now=MORNING)
    auditor = people.account((Role.AUDIT_ADMINISTRATOR, None), now=MORNING)
    with pytest.raises(RoleNotHeld):
        choose_role(account_id=learner.pk, membership_id=memberships(auditor.pk)[0].pk, now=MORNING)
    refused = AuditEntry.objects.get(action="role.chosen")
    assert (refused.actor_id, refused.result) == (learner.pk, "refused")
