"""Who sees what was recorded, and how it is searched (clause M3)."""

from datetime import timedelta

import pytest
from django.db import transaction

from jiangxue.audit.errors import NoSuchEntry
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.queries.search import Place, Search, entry_for, found, page_of, place_of
from jiangxue.audit.services import REFUSED, Actor, record
from jiangxue.kernel.viewer import Role, Viewer
from tests.conftest import MORNING

pytestmark = pytest.mark.clause("M3")
AUDITOR = Viewer(1, Role.AUDIT_ADMINISTRATOR)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def recorded(db: None) -> None:
    record("sign_in", by=Actor(7, "learner", "192.0.2.1"), at=MORNING)
    record("sign_in", by=Actor(address="192.0.2.2"), at=MORNING + SECOND, result=REFUSED)
    record("class.opened", by=Actor(8, "head_teacher"), at=MORNING + 2 * SECOND, about=("class", 5))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.AUDIT_ADMINISTRATOR}))
def test_nobody_but_the_audit_administrator_sees_an_entry(role: Role) -> None:
    viewer = Viewer(7, role, organisation_id=1, region="44")
    assert not found(viewer, Search()).exists()
    assert not found(viewer, Search(actor_id=7)).exists()
    assert not page_of(viewer, Search(), 10).entries
    with pytest.raises(NoSuchEntry):
        entry_for(viewer, AuditEntry.objects.values_list("pk", flat=True)[0])


def test_the_audit_administrator_sees_who_did_what_newest_first() -> None:
    seen = found(AUDITOR, Search()).values_list(
        "action", "actor_id", "role", "object_kind", "object_id", "result", "address"
    )
    assert list(seen) == [
        ("class.opened", 8, "head_teacher", "class", "5", "done", None),
        ("sign_in", None, "", "", "", "refused", "192.0.2.2"),
        ("sign_in", 7, "learner", "", "", "done", "192.0.2.1"),
    ]


@pytest.mark.parametrize(
    ("search", "places"),
    [
        (Search(actor_id=7), [2]),
        (Search(actor_id=9), []),
        (Search(role="head_teacher"), [0]),
        (Search(action="sign_in"), [1, 2]),
        (Search(object_kind="class"), [0]),
        (Search(object_kind="class", object_id="5"), [0]),
        (Search(object_kind="class", object_id="6"), []),
        (Search(result="refused"), [1]),
        (Search(address="192.0.2.1"), [2]),
        (Search(since=MORNING + SECOND), [0, 1]),
        (Search(before=MORNING + SECOND), [2]),
        (Search(since=MORNING, before=MORNING), []),
        (Search(action="sign_in", result="done", since=MORNING), [2]),
    ],
)
def test_entries_are_found_by_whatever_they_say(search: Search, places: list[int]) -> None:
    every = list(found(AUDITOR, Search()))
    assert list(found(AUDITOR, search)) == [every[place] for place in places]


def many(count: int) -> list[int]:
    """Record entries of which three each bear the same instant, and return the numbers of all, newest first."""
    for number in range(count):
        record("role.chosen", by=Actor(9), at=MORNING + number // 3 * SECOND)
    found_all = AuditEntry.objects.filter(action="role.chosen").order_by("-at", "-pk")
    return list(found_all.values_list("pk", flat=True))


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 50])
def test_pages_hold_each_entry_once_there_and_back(size: int) -> None:
    expected, search = many(10), Search(action="role.chosen")
    pages = [page_of(AUDITOR, search, size)]
    while (older := pages[-1].older) is not None:
        pages.append(page_of(AUDITOR, search, size, after=older))
    assert [each.pk for page in pages for each in page.entries] == expected
    back = [pages[-1]]
    while (newer := back[-1].newer) is not None:
        back.append(page_of(AUDITOR, search, size, until=newer))
    assert {each.pk for page in back for each in page.entries} == set(expected)
    assert back[-1].entries[0].pk == expected[0]


def test_what_comes_meanwhile_moves_no_page() -> None:
    expected, search = many(6), Search(action="role.chosen")
    first = page_of(AUDITOR, search, 3)
    record("role.chosen", by=Actor(9), at=MORNING + 99 * SECOND)
    assert [each.pk for each in page_of(AUDITOR, search, 3, after=first.older).entries] == expected[3:]


def test_a_place_is_read_as_it_was_written() -> None:
    place = Place(MORNING + timedelta(microseconds=7), 12)
    assert place_of(str(place)) == place


@pytest.mark.parametrize("text", ["", "-", "1", "a-b", "1-", "-1", "1-2-3", "9" * 17 + "-1", "1-" + "9" * 19, "²-1"])
def test_what_is_no_place_is_none(text: str) -> None:
    assert place_of(text) is None


def test_an_entry_is_undone_with_the_act_it_tells_of() -> None:
    @transaction.atomic
    def close_a_class_and_fail() -> None:
        record("class.closed", by=Actor(8), at=MORNING)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        close_a_class_and_fail()
    assert not AuditEntry.objects.filter(action="class.closed").exists()
