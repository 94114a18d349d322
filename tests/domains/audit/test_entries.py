"""Who sees what was recorded."""

from datetime import timedelta

import pytest
from django.db import transaction

from jiangxue.audit.queries import actions, entries
from jiangxue.audit.services import REFUSED, Actor, record
from jiangxue.kernel.viewer import Role, Viewer
from tests.conftest import MORNING

AUDITOR = Viewer(1, Role.AUDIT_ADMINISTRATOR)


@pytest.fixture(autouse=True)
def recorded(db: None) -> None:
    record("sign_in", by=Actor(7, "learner", "192.0.2.1"), at=MORNING)
    record("sign_in", by=Actor(address="192.0.2.2"), at=MORNING + timedelta(seconds=1), result=REFUSED)
    record("class.opened", by=Actor(8, "head_teacher"), at=MORNING + timedelta(seconds=2), about=("class", 5))


@pytest.mark.clause("M3")
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.AUDIT_ADMINISTRATOR}))
def test_nobody_but_the_audit_administrator_sees_an_entry(role: Role) -> None:
    viewer = Viewer(7, role, organisation_id=1, region="44")
    assert not entries(viewer).exists()
    assert not entries(viewer, action="sign_in").exists()
    assert actions(viewer) == []


@pytest.mark.clause("M3")
def test_the_audit_administrator_sees_who_did_what_newest_first() -> None:
    seen = entries(AUDITOR).values_list("action", "actor_id", "role", "object_kind", "object_id", "result", "address")
    assert list(seen) == [
        ("class.opened", 8, "head_teacher", "class", "5", "done", None),
        ("sign_in", None, "", "", "", "refused", "192.0.2.2"),
        ("sign_in", 7, "learner", "", "", "done", "192.0.2.1"),
    ]


def test_entries_of_one_kind_can_be_picked_out() -> None:
    assert entries(AUDITOR, action="sign_in").count() == 2
    assert actions(AUDITOR) == ["class.opened", "sign_in"]


def test_an_entry_is_undone_with_the_act_it_tells_of() -> None:
    @transaction.atomic
    def close_a_class_and_fail() -> None:
        record("class.closed", by=Actor(8), at=MORNING)
        raise InterruptedError

    with pytest.raises(InterruptedError):
        close_a_class_and_fail()
    assert not entries(AUDITOR, action="class.closed").exists()
