"""Patterns of signing that are worth a look (异常线索), never an accusation: people do share phones, and networks change. docs/rules/attendance.md."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MANY_ENOUGH = 5
"""Fewer people who signed tell nothing of where most of them were."""
MOST_PERCENT = 75


class Hint(StrEnum):
    """What is unusual about somebody's signing."""

    SHARED_BROWSER = "shared_browser"
    OTHER_ADDRESS = "other_address"


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signed from which browser and which network address, empty where unknown."""

    place_id: int
    browser: str
    address: str


def hints(signings: Iterable[Signing]) -> dict[int, tuple[Hint, ...]]:
    """Return what is unusual at one item, by place: one browser that signed for several, and an address that is not the one of nearly all others."""
    known = list(signings)
    users: dict[str, set[int]] = {}
    for each in known:
        if each.browser:
            users.setdefault(each.browser, set()).add(each.place_id)
    shared = {pk for places in users.values() if len(places) > 1 for pk in places}
    apart = _apart(known)
    return {
        pk: tuple(hint for hint, places in ((Hint.SHARED_BROWSER, shared), (Hint.OTHER_ADDRESS, apart)) if pk in places)
        for pk in sorted(shared | apart)
    }


def _apart(known: Iterable[Signing]) -> set[int]:
    """Return who never signed from the address that three quarters of at least five people share."""
    seen = {(each.place_id, each.address) for each in known if each.address}
    people = {pk for pk, _ in seen}
    usual = Counter(address for _, address in seen).most_common(1)
    if len(people) < MANY_ENOUGH or not usual or usual[0][1] * 100 < len(people) * MOST_PERCENT:
        return set()
    there = {pk for pk, address in seen if address == usual[0][0]}
    return people - there
