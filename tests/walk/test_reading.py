"""Whoever looks at an address of others is answered as if nothing stood there."""

from collections.abc import Iterator, Mapping

import pytest

from tests.walk.addresses import BEARERS, Address, all_addresses, nobodys
from tests.walk.answers import Walker, walker
from tests.walk.sides import Side
from tests.walk.world import STRANGERS, World

type Pair = tuple[Mapping[str, object], Mapping[str, object]]


def test_each_argument_of_each_address_is_known_on_each_side(world: World) -> None:
    unknown = set()
    for address in all_addresses():
        for argument in address.arguments:
            try:
                address.key_of(world.west, argument)
            except KeyError as missing:
                unknown.add(str(missing))
    assert not sorted(unknown)


def pairs(address: Address, own: Side, other: Side) -> Iterator[Pair]:
    """Yield arguments with something of the others, and with what nothing has in the same place."""
    mine, theirs = address.of(own), address.of(other)
    yield theirs, {**theirs, **{each: nobodys(theirs[each]) for each in address.owned}}
    if len(address.owned) > 1:
        for each in address.owned:
            yield {**mine, each: theirs[each]}, {**mine, each: nobodys(theirs[each])}


def _leaks(who: Walker, address: Address, own: Side, other: Side) -> Iterator[str]:
    for theirs, of_nobody in pairs(address, own, other):
        asked, empty = address.url(theirs), address.url(of_nobody)
        answer, expected = who.get(asked), who.get(empty)
        if answer.status == 200 or answer.status >= 500:
            yield f"{address.name}: {asked} answers {answer.status}"
        if names := other.names.pattern.findall(answer.text + answer.leads_to):
            yield f"{address.name}: {asked} shows {names[:3]}"
        if difference := answer.without(asked, theirs).difference(expected.without(empty, of_nobody)):
            yield f"{address.name}: {asked} tells what is there from what is not: {difference}"


def of_somebody() -> list[Address]:
    """Return the addresses that name something which belongs to somebody."""
    return [each for each in all_addresses() if each.owned and each.name not in BEARERS]


@pytest.mark.clause("M3")
@pytest.mark.parametrize(("side", "who"), STRANGERS)
def test_what_is_of_others_is_as_if_it_were_not(world: World, side: str, who: str) -> None:
    own: Side = getattr(world, side)
    looks = walker(own, who)
    allowed = [each for each in of_somebody() if each.may_be_called_by(looks.role)]
    found = [leak for address in allowed for leak in _leaks(looks, address, own, world.west)]
    assert not found, "\n".join(found)
