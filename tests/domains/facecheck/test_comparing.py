"""Who enrols one face under several accounts is found, and nothing follows from it by itself (clauses T3.2, M6)."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from jiangxue.accounts.models import Account
from jiangxue.audit.services import Actor
from jiangxue.facecheck.jobs import compare_faces
from jiangxue.facecheck.models import AlikeFaces, FaceAttempt, FaceComparison, FaceTemplate
from jiangxue.facecheck.queries.alike import alike_faces
from jiangxue.facecheck.queries.own_copy import stored_face
from jiangxue.facecheck.rules.shapes import Embedding
from jiangxue.facecheck.services import comparing
from jiangxue.facecheck.services.comparing import compare_waiting
from jiangxue.facecheck.services.erasing import erase_faces
from jiangxue.facecheck.services.templates import forget_face
from jiangxue.facecheck.vision.weights import SFACE
from jiangxue.kernel import ids
from jiangxue.kernel.clock import HandClock
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories import people
from tests.factories.facing import enrolled
from tests.rules.face.people import alike, person

pytestmark = [pytest.mark.django_db, pytest.mark.clause("T3.2")]
FACE = person(0)


def somebody(embedding: Embedding, clock: HandClock, *, model: str = SFACE.sha256) -> Account:
    """Let somebody new enrol a face."""
    account = people.account(now=clock.now())
    enrolled(account, clock.now(), embedding=embedding, model_sha256=model)
    return account


def pairs() -> set[frozenset[int]]:
    return {frozenset((row.one_id, row.other_id)) for row in AlikeFaces.objects.all()}


def forgets(account: Account, clock: HandClock) -> None:
    forget_face(account.pk, by=Actor(account.pk), now=clock.now())


def test_a_stand_in_who_enrols_for_three_is_found_and_an_honest_learner_is_not(clock: HandClock) -> None:
    three = [somebody(face, clock) for face in (FACE, alike(0, 0.9), alike(0, 0.85, beside=2))]
    somebody(person(7), clock)
    assert compare_waiting(clock=clock) == 4
    assert pairs() == {frozenset((a.pk, b.pk)) for a in three for b in three if a != b}


def test_it_is_kept_how_alike_they_are_by_which_threshold_and_model_and_when(clock: HandClock) -> None:
    one, other = somebody(FACE, clock), somebody(alike(0, 0.62), clock)
    clock.advance(60_000)
    compare_waiting(clock=clock)
    row = AlikeFaces.objects.get()
    assert (row.one_id, row.other_id) == (one.pk, other.pk)
    assert (row.permille, row.least_permille, row.model_sha256) == (620, 500, SFACE.sha256)
    assert row.found_at == MORNING + timedelta(minutes=1)
    (found,) = alike_faces([other.pk])
    assert (found.accounts, found.permille) == ((one.pk, other.pk), 620)


def test_who_enrols_later_is_held_against_those_who_were_compared_before(clock: HandClock) -> None:
    somebody(FACE, clock)
    compare_waiting(clock=clock)
    somebody(alike(0, 0.7), clock)
    assert compare_waiting(clock=clock) == 1
    assert len(pairs()) == 1
    assert sorted(FaceComparison.objects.values_list("others", flat=True)) == [0, 1]


def test_each_enrolment_is_compared_once(clock: HandClock) -> None:
    somebody(FACE, clock)
    assert [compare_waiting(clock=clock), compare_waiting(clock=clock)] == [1, 0]


def test_more_than_one_pass_takes_leaves_nobody_out(clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "AT_ONCE", 2)
    monkeypatch.setattr(comparing, "PORTION", 2)
    five = [somebody(FACE, clock) for _ in range(5)]
    assert [compare_waiting(clock=clock) for _ in range(4)] == [2, 2, 1, 0]
    assert len(pairs()) == len(five) * (len(five) - 1) // 2


def test_vectors_of_another_model_are_not_compared(clock: HandClock) -> None:
    somebody(FACE, clock)
    somebody(FACE, clock, model="b" * 64)
    assert compare_waiting(clock=clock) == 1
    assert not pairs()


def test_the_worker_does_it_by_itself(clock: HandClock) -> None:
    somebody(FACE, clock)
    somebody(FACE, clock)
    compare_faces(0)
    assert len(pairs()) == 1


def test_no_attempt_and_no_template_is_changed_by_it(clock: HandClock) -> None:
    somebody(FACE, clock)
    somebody(FACE, clock)
    before = [list(table.objects.order_by("pk").values()) for table in (FaceAttempt, FaceTemplate)]
    compare_waiting(clock=clock)
    assert [list(table.objects.order_by("pk").values()) for table in (FaceAttempt, FaceTemplate)] == before


@pytest.mark.clause("M2")
@pytest.mark.parametrize("which", [0, 1])
def test_it_goes_with_the_face_of_either(clock: HandClock, which: int) -> None:
    both = [somebody(FACE, clock), somebody(FACE, clock)]
    compare_waiting(clock=clock)
    forgets(both[which], clock)
    assert not pairs()
    assert list(FaceComparison.objects.values_list("template_id", flat=True)) == [both[1 - which].pk]


@pytest.mark.clause("M2")
def test_it_goes_with_an_account_that_is_erased(clock: HandClock) -> None:
    both = [somebody(FACE, clock), somebody(FACE, clock)]
    compare_waiting(clock=clock)
    erase_faces(both[0].pk)
    assert not pairs()


def test_whoever_withdraws_and_enrols_anew_is_found_anew(clock: HandClock) -> None:
    stand_in, cheat = somebody(FACE, clock), somebody(FACE, clock)
    compare_waiting(clock=clock)
    forgets(cheat, clock)
    clock.advance(60_000)
    enrolled(cheat, clock.now(), embedding=FACE, model_sha256=SFACE.sha256)
    compare_waiting(clock=clock)
    assert pairs() == {frozenset((stand_in.pk, cheat.pk))}


def test_of_a_face_that_goes_while_it_is_compared_nothing_is_kept(
    clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = somebody(FACE, clock), somebody(FACE, clock)
    opened = comparing._opened

    def goes(templates):
        found = opened(templates)
        if FaceTemplate.objects.filter(pk=one.pk).exists():
            forgets(one, clock)
            clock.advance(1_000)
            enrolled(one, clock.now(), embedding=person(9), model_sha256=SFACE.sha256)
        return found

    monkeypatch.setattr(comparing, "_opened", goes)
    compare_waiting(clock=clock)
    assert not pairs()
    assert list(FaceComparison.objects.values_list("template_id", flat=True)) == [other.pk]


def test_a_template_that_was_altered_hides_nobody_but_itself(
    clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    altered, *others = [somebody(FACE, clock) for _ in range(3)]
    values = FaceTemplate.objects.filter(pk=altered.pk).values().get()
    FaceTemplate.objects.filter(pk=altered.pk).delete()
    FaceTemplate.objects.create(**{**values, "sealed": b"x" * 60})
    assert compare_waiting(clock=clock) == 2
    assert pairs() == {frozenset(each.pk for each in others)}
    assert f"account {altered.pk}" in caplog.text


@pytest.mark.clause("M2")
def test_whoever_wants_a_copy_is_told_of_the_comparison_and_not_whose_face_it_was(clock: HandClock) -> None:
    own, _other = somebody(FACE, clock), somebody(FACE, clock)
    compare_waiting(clock=clock)
    held = stored_face(people.viewer(own))
    assert held is not None
    assert (held.compared_at, held.alike) == (MORNING, 1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE facecheck_alikefaces SET permille = 1",
        "DELETE FROM facecheck_alikefaces",
        "UPDATE facecheck_facecomparison SET others = 0",
        "DELETE FROM facecheck_facecomparison",
    ],
)
def test_the_application_cannot_make_it_undone(clock: HandClock, statement: str) -> None:
    somebody(FACE, clock)
    somebody(FACE, clock)
    compare_waiting(clock=clock)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def row(one: Account, other: Account, **facts: int) -> None:
    values = {"permille": 700, "least_permille": 500, **facts}
    AlikeFaces.objects.create(
        id=ids.new_id(), one_id=one.pk, other_id=other.pk, model_sha256="a" * 64, found_at=MORNING, **values
    )


def test_two_faces_are_alike_once_in_order_and_enough(clock: HandClock) -> None:
    one, other = somebody(FACE, clock), somebody(FACE, clock)
    row(one, other)
    with broken("facecheck_alike_once"):
        row(one, other)
    with broken("facecheck_alike_in_order"):
        row(other, one)
    with broken("facecheck_alike_enough"):
        row(one, other, permille=499)
