"""Asking for deletion restricts processing, once, and can be taken back (clause M2)."""

from datetime import timedelta

import pytest

from jiangxue.accounts.errors import DeletionPending, MayNotReveal, NoDeletionAsked, Restricted
from jiangxue.accounts.models import Account, DeletionRequest
from jiangxue.accounts.queries.consents import require_learning
from jiangxue.accounts.queries.requests import open_deletion
from jiangxue.accounts.services.deletion import ask_for_deletion, withdraw_deletion_request
from jiangxue.accounts.services.revealing import reveal_identity
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import Actor
from jiangxue.kernel.viewer import Role, Viewer
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories import people

pytestmark = pytest.mark.clause("M2")
LATER = MORNING + timedelta(hours=1)


@pytest.fixture
def learner(db: None) -> Account:
    return people.account(now=MORNING)


def _ask(who: Account) -> DeletionRequest:
    return ask_for_deletion(account_id=who.pk, by=Actor(who.pk), now=MORNING)


def _withdraw(who: Account) -> DeletionRequest:
    return withdraw_deletion_request(account_id=who.pk, by=Actor(who.pk), now=LATER)


def test_asking_restricts_processing_at_once(learner: Account) -> None:
    _ask(learner)
    learner.refresh_from_db()
    assert learner.restricted_at == MORNING
    assert open_deletion(learner.pk) == MORNING
    with pytest.raises(Restricted):
        require_learning(learner.pk)


def test_staff_are_shown_no_name_meanwhile(learner: Account) -> None:
    assert learner.staff_name == "李小明"
    _ask(learner)
    learner.refresh_from_db()
    assert learner.staff_name == "已限制处理"


def test_taking_it_back_lifts_the_restriction(learner: Account) -> None:
    _ask(learner)
    _withdraw(learner)
    learner.refresh_from_db()
    assert learner.restricted_at is None
    assert open_deletion(learner.pk) is None
    require_learning(learner.pk)
    acts = AuditEntry.objects.filter(actor_id=learner.pk, action__startswith="deletion.").order_by("pk")
    assert [entry.action for entry in acts] == ["deletion.asked", "deletion.withdrawn"]


def test_it_is_asked_once_and_may_be_asked_again_after_it_was_taken_back(learner: Account) -> None:
    _ask(learner)
    with pytest.raises(DeletionPending):
        _ask(learner)
    _withdraw(learner)
    with pytest.raises(NoDeletionAsked):
        _withdraw(learner)
    _ask(learner)
    assert DeletionRequest.objects.filter(account=learner).count() == 2


def test_only_the_supervisor_sees_in_full_whom_processing_is_restricted_of(learner: Account) -> None:
    _ask(learner)
    for role in (Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR):
        with pytest.raises(MayNotReveal):
            _reveal(learner, role)
    assert AuditEntry.objects.filter(action="identity.revealed", result="refused").count() == 2
    assert _reveal(learner, Role.SUPERVISOR) == "李小明"


def _reveal(who: Account, role: Role) -> str:
    by = Actor(1, role)
    return reveal_identity(viewer=Viewer(1, role, 1, "44"), account_id=who.pk, reason="核对", by=by, now=LATER).name


def test_one_request_is_open_at_a_time(learner: Account) -> None:
    DeletionRequest.objects.create(account=learner, asked_at=MORNING)
    with broken("accounts_one_open_deletion_request"):
        DeletionRequest.objects.create(account=learner, asked_at=LATER)


def test_a_request_is_not_taken_back_before_it_is_made(learner: Account) -> None:
    with broken("accounts_deletion_withdrawn_after_asked"):
        DeletionRequest.objects.create(account=learner, asked_at=LATER, withdrawn_at=MORNING)
