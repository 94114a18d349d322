"""Showing somebody in full is for those who answer for learners, for a reason, and recorded (clause M2)."""

import ast

import pytest

from jiangxue.accounts.errors import MayNotReveal, ReasonMissing
from jiangxue.accounts.services.revealing import REVEALERS, reveal_identity
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import Actor
from jiangxue.kernel.viewer import Role, Viewer
from tests.conftest import MORNING
from tests.factories import people
from tests.repository.sources import files, name_of, nodes_of

pytestmark = pytest.mark.clause("M2")


def _reveal(role: Role, account_id: int, reason: str = "核对学员身份") -> str:
    by = Actor(1, role, "192.0.2.1")
    viewer = Viewer(1, role, organisation_id=1, region="44")
    return reveal_identity(viewer=viewer, account_id=account_id, reason=reason, by=by, now=MORNING).id_number


@pytest.mark.parametrize("role", sorted(REVEALERS))
def test_who_answers_for_learners_is_shown_and_recorded(db: None, role: Role) -> None:
    learner = people.account(now=MORNING)
    assert len(_reveal(role, learner.pk)) == 18
    entry = AuditEntry.objects.get(action="identity.revealed")
    assert (entry.role, entry.object_id, entry.reason) == (role, str(learner.pk), "核对学员身份")


@pytest.mark.parametrize("role", sorted(set(Role) - REVEALERS))
def test_everybody_else_is_refused_and_the_attempt_recorded(db: None, role: Role) -> None:
    learner = people.account(now=MORNING)
    with pytest.raises(MayNotReveal):
        _reveal(role, learner.pk)
    assert AuditEntry.objects.get(action="identity.revealed").result == "refused"


@pytest.mark.parametrize("reason", ["", "  ", "。。。", "长" * 201])
def test_without_a_fitting_reason_nothing_is_shown(db: None, reason: str) -> None:
    learner = people.account(now=MORNING)
    with pytest.raises(ReasonMissing):
        _reveal(Role.HEAD_TEACHER, learner.pk, reason)
    assert not AuditEntry.objects.filter(action="identity.revealed").exists()


def test_somebody_without_numbers_is_shown_without_them(db: None) -> None:
    account = people.account(now=MORNING)
    account.identity.delete()
    assert _reveal(Role.SUPERVISOR, account.pk) == ""


def test_nothing_reads_a_person_in_full_but_the_services_that_record_it() -> None:
    found = {
        name_of(path)
        for path in files(".py", below=("src",))
        for node in nodes_of(path, ast.ImportFrom)
        if any(alias.name == "person_in_full" for alias in node.names)
    }
    assert all(name.startswith("src/jiangxue/accounts/services/") for name in found), found
