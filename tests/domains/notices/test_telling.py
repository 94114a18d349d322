"""Telling people what they wait for (消息)."""

from datetime import timedelta

import pytest
from django.db import transaction

from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.notices import services
from jiangxue.notices.errors import NoSuchNotice, UnfitNotice
from jiangxue.notices.models import Notice
from jiangxue.notices.queries import many_of_a_kind, notice_for, notices, number_unread, untold
from tests.conftest import MORNING
from tests.refusals import refusal_of

LATER = MORNING + timedelta(hours=1)
SOMEBODY, ANOTHER = Viewer(7, Role.LEARNER), Viewer(8, Role.LEARNER)
APPEAL = ("appeal", 1)


def tell(*account_ids: int, number: int = 1, at: object = MORNING, **more: object) -> None:
    said = {"kind": "appeal.decided", "about": ("appeal", number), "at": at, **more}
    services.tell(account_ids, **said)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def told(db: None) -> None:
    tell(7, 8, params={"outcome": "upheld"}, url="/learn/appeals/1/")


def test_everybody_who_is_told_has_a_message_of_their_own() -> None:
    (mine,), (theirs,) = notices(SOMEBODY), notices(ANOTHER)
    assert (mine.kind, mine.about_kind, mine.about_id) == ("appeal.decided", "appeal", "1")
    assert mine.params == theirs.params == {"outcome": "upheld"}
    assert mine.pk != theirs.pk


def test_nobody_reads_or_marks_the_message_of_another() -> None:
    theirs = notices(ANOTHER).get()
    assert refusal_of(lambda: notice_for(SOMEBODY, theirs.pk)) is NoSuchNotice
    assert services.read(SOMEBODY, [theirs.pk], at=LATER) == 0
    assert services.read_all(SOMEBODY, until=LATER, at=LATER) == 1
    assert number_unread(ANOTHER) == 1


def test_told_again_before_it_is_read_it_is_one_message_and_the_newer_one() -> None:
    tell(7, at=LATER, params={"outcome": "corrected"})
    mine = notices(SOMEBODY).get()
    assert (mine.at, mine.params) == (LATER, {"outcome": "corrected"})


def test_told_again_after_it_was_read_it_is_a_new_message() -> None:
    services.read_all(SOMEBODY, until=LATER, at=LATER)
    tell(7, at=LATER)
    assert notices(SOMEBODY).count() == 2
    assert number_unread(SOMEBODY) == 1


def test_a_message_is_undone_with_the_act_that_it_tells_of() -> None:
    @transaction.atomic
    def decide_and_fail() -> None:
        tell(7, number=2)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        decide_and_fail()
    assert notices(SOMEBODY).count() == 1


def test_telling_nobody_is_no_fault() -> None:
    tell(number=3)
    assert not Notice.objects.filter(about_id="3").exists()


def test_what_waits_no_more_is_taken_as_read_for_all_who_were_told() -> None:
    tell(7, number=2)
    assert services.clear(["appeal.decided"], about=APPEAL, at=LATER) == 2
    assert [each.about_id for each in notices(SOMEBODY, unread=True)] == ["2"]


def test_marking_all_leaves_what_came_after_the_page_was_shown() -> None:
    tell(7, number=2, at=LATER)
    assert services.read_all(SOMEBODY, until=MORNING, at=LATER) == 1
    assert number_unread(SOMEBODY) == 1


def test_marking_one_kind_leaves_the_others() -> None:
    tell(7, kind="settlement.made")
    assert services.read_all(SOMEBODY, until=LATER, at=LATER, kind="settlement.made") == 1
    assert [each.kind for each in notices(SOMEBODY, unread=True)] == ["appeal.decided"]


@pytest.mark.parametrize(("others", "many"), [(8, {}), (9, {"appeal.decided": 10})])
def test_ten_unread_messages_of_a_kind_are_many(others: int, many: dict[str, int]) -> None:
    for number in range(2, 2 + others):
        tell(7, number=number)
    assert many_of_a_kind(SOMEBODY) == many


def test_no_more_than_a_hundred_are_counted() -> None:
    for number in range(2, 150):
        tell(7, number=number)
    assert number_unread(SOMEBODY) == 100


def test_a_job_finds_whom_it_has_told_already_read_or_not() -> None:
    services.read_all(SOMEBODY, until=LATER, at=LATER)
    assert untold([7, 8, 9], "appeal.decided", APPEAL) == {9}


def test_messages_go_after_180_days_and_not_before() -> None:
    assert services.forget(now=MORNING + timedelta(days=180)) == 0
    assert services.forget(now=MORNING + timedelta(days=180, seconds=1)) == 2


def test_messages_of_an_erased_account_go() -> None:
    services.forget_account(7)
    assert not notices(SOMEBODY).exists()
    assert notices(ANOTHER).count() == 1


@pytest.mark.parametrize(
    "unfit",
    [
        {"kind": "Appeal decided"},
        {"url": "https://elsewhere.example/"},
        {"url": "//elsewhere.example/"},
        {"url": "/\\elsewhere.example/"},
        {"params": {"name": "李小明"}},
        {"params": {"token": "x"}},
        {"params": {"class_title": "x" * 121}},
        {"params": {"class_title": None}},
        {"params": {"p" * n: n for n in range(1, 10)}},
    ],
)
def test_a_message_holds_no_person_no_secret_and_no_address_elsewhere(unfit: dict[str, object]) -> None:
    assert refusal_of(lambda: tell(7, number=2, **unfit)) is UnfitNotice
