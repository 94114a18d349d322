"""Own profile: masked, revealed as a logged act; roles; password (clauses M2, M3, T2.1)."""

import pytest
from django.test import Client

from jiangxue.audit.models import AuditEntry
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.learning.models import StudySession
from tests.attacks.client import Page
from tests.attacks.transports import post_through
from tests.factories import people
from tests.factories.classes import Classroom, institution


@pytest.mark.clause("M2")
def test_numbers_are_masked_until_revealed_and_the_act_is_recorded(room: Classroom, learner: Client) -> None:
    page = learner.get("/profile/").content.decode()
    assert "44**************" in page
    assert "440104199001" not in page
    revealed = learner.post("/profile/numbers/").content.decode()
    assert "440104199001" in revealed
    entry = AuditEntry.objects.get(action="numbers.revealed")
    assert entry.actor_id == room.learner.pk


def test_somebody_with_two_roles_switches_between_them(room: Classroom, clock: HandClock) -> None:
    school = institution()
    both = people.account((Role.HEAD_TEACHER, school.pk), (Role.LEARNER, None), now=clock.now())
    client = Client()
    client.force_login(both)
    assert client.get("/").url == "/institution/classes/"
    learner_role = both.memberships.get(role=Role.LEARNER)
    assert client.post("/profile/roles/", {"role": learner_role.pk}).status_code == 302
    assert client.get("/").url == "/learn/"


def test_a_role_of_somebody_else_is_refused(room: Classroom, learner: Client) -> None:
    foreign = room.head_teacher.memberships.get()
    response = learner.post("/profile/roles/", {"role": foreign.pk})
    assert response.status_code == 400
    assert "您没有这个身份" in response.content.decode()


@pytest.mark.clause("M3", "T2.1")
def test_a_new_password_signs_other_devices_out_and_ends_the_session(room: Classroom, learner: Client) -> None:
    elsewhere = Client()
    elsewhere.force_login(room.learner)
    url = f"/learn/classes/{room.training_class.pk}/lessons/{room.lesson.pk}/open/"
    Page(post_through(elsewhere), url).open()
    new = {"old_password": people.PASSWORD, "new_password": "Wintergruen#88", "new_password_again": "Wintergruen#88"}
    assert learner.post("/profile/password/", new).status_code == 302
    assert elsewhere.get("/learn/").status_code == 302
    assert learner.get("/learn/").status_code == 200
    assert StudySession.objects.get().end_reason == "password_changed"


@pytest.mark.clause("M3")
@pytest.mark.parametrize("weak", ["kurz1", "1234567890", "onlyletters", "password123"])
def test_weak_passwords_are_refused(learner: Client, weak: str) -> None:
    form = {"old_password": people.PASSWORD, "new_password": weak, "new_password_again": weak}
    assert learner.post("/profile/password/", form).status_code == 400


@pytest.mark.clause("M3")
def test_guessing_the_present_password_locks_like_the_sign_in(room: Classroom, learner: Client) -> None:
    wrong = {"old_password": "wrong-password-1", "new_password": "Wintergruen#88", "new_password_again": "other"}
    for _ in range(5):
        assert learner.post("/profile/password/", wrong).status_code == 400
    right = {**wrong, "old_password": people.PASSWORD, "new_password_again": "Wintergruen#88"}
    response = learner.post("/profile/password/", right)
    assert response.status_code == 400
    assert "09:30" in response.content.decode()
    assert AuditEntry.objects.filter(action="password.confirmed", result="refused").count() == 5
