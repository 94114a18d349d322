"""The second net under the pages: a view that forgets whom it serves shows no more than that person may see. Decision 0045."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.accounts.models import Account
from jiangxue.djangokit.row_security import as_program, seen_by
from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.scope import PROGRAM
from jiangxue.kernel.viewer import Role
from tests.factories import people
from tests.factories.classes import Classroom, classroom

pytestmark = [pytest.mark.django_db, pytest.mark.clause("M3", "C5")]


@for_roles()
def careless(request: SignedRequest) -> HttpResponse:
    classes, places = TrainingClass.objects.count(), Enrolment.objects.count()
    changed = TrainingClass.objects.update(name="改")
    return HttpResponse(f"{classes} {places} {changed}")


@for_roles()
def failing(request: SignedRequest) -> HttpResponse:
    raise LookupError


def asked_by(who: Account) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = who
    request.session = SessionStore()
    return request


def said() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('jiangxue.scope')")
        (scope,) = cursor.fetchone()
    return str(scope)


@pytest.fixture
def rooms(clock: HandClock) -> tuple[Classroom, Classroom]:
    return classroom(clock.now()), classroom(clock.now())


def test_a_careless_page_of_staff_shows_and_changes_their_institution_alone(rooms: tuple[Classroom, Classroom]) -> None:
    assert careless(asked_by(rooms[0].head_teacher)).content == b"1 1 1"
    assert TrainingClass.objects.get(pk=rooms[1].training_class.pk).name != "改"


def test_a_careless_page_of_a_learner_shows_their_own_place_alone(rooms: tuple[Classroom, Classroom]) -> None:
    assert careless(asked_by(rooms[0].learner)).content.startswith(b"1 1 ")


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR])
def test_a_careless_page_of_an_administrator_of_the_platform_shows_no_learner(
    rooms: tuple[Classroom, Classroom], clock: HandClock, role: Role
) -> None:
    assert careless(asked_by(people.account((role, None), now=clock.now()))).content == b"0 0 0"


def test_after_a_page_the_connection_speaks_for_the_program_again(rooms: tuple[Classroom, Classroom]) -> None:
    careless(asked_by(rooms[0].head_teacher))
    assert said() == PROGRAM
    with pytest.raises(LookupError):
        failing(asked_by(rooms[0].head_teacher))
    assert said() == PROGRAM


def test_the_program_looks_beyond_and_returns(rooms: tuple[Classroom, Classroom]) -> None:
    with seen_by(f"institution:{rooms[0].institution.pk}:0"):
        with as_program():
            assert TrainingClass.objects.count() == 2
        assert TrainingClass.objects.count() == 1


def test_a_statement_that_failed_takes_the_setting_back(rooms: tuple[Classroom, Classroom]) -> None:
    """The error that arrives is that of the statement, not one about a transaction that is over."""
    narrow = f"institution:{rooms[0].institution.pk}:0"
    place = rooms[0].enrolment
    with seen_by(narrow):
        with pytest.raises(IntegrityError), transaction.atomic(), as_program():
            Enrolment.objects.create(
                training_class=place.training_class, learner=place.learner, aid=place.aid, enrolled_at=place.enrolled_at
            )
        assert said() == narrow
