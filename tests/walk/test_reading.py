"""Whoever looks at an address of others is answered as if nothing stood there, and changes nothing by looking.

The second net is taken away (decision 0045): it would hide what the first forgets.
"""

from collections.abc import Iterator, Mapping

import pytest

from tests.walk.addresses import BEARERS, Address, all_addresses, nobodys
from tests.walk.attack import INSIDERS, STRANGERS, Attack, Stranger
from tests.walk.world import World

type Pair = tuple[Mapping[str, object], Mapping[str, object]]


def test_each_argument_of_each_address_is_known_on_each_side(world: World) -> None:
    unknown = set()
    for address in all_addresses():
        for argument in address.arguments:
            for side in (world.east, world.west, world.works):
                try:
                    address.key_of(side, argument)
                except KeyError as missing:
                    unknown.add(str(missing))
    assert not sorted(unknown)


def pairs(attack: Attack, address: Address) -> Iterator[Pair]:
    """Yield arguments with something of the others, and with what nothing has in the same place."""
    mine, theirs, foreign = address.of(attack.own), address.of(attack.other), attack.foreign(address)
    yield theirs, {**theirs, **{each: nobodys(theirs[each]) for each in foreign}}
    if len(address.owned) > 1:
        for each in foreign:
            yield {**mine, each: theirs[each]}, {**mine, each: nobodys(theirs[each])}


def _leaks(attack: Attack, address: Address) -> Iterator[str]:
    for theirs, of_nobody in pairs(attack, address):
        asked, empty = address.url(theirs), address.url(of_nobody)
        answer, harm = attack.sends(address, theirs, None)
        if answer.status == 200 or answer.status >= 500 or harm:
            yield f"{address.name}: {asked} answers {answer.status} and {harm[:4]}"
        if names := attack.names_in(answer.text + answer.leads_to):
            yield f"{address.name}: {asked} shows {names[:3]}"
        expected, _ = attack.sends(address, of_nobody, None)
        if difference := answer.without(asked, theirs).difference(expected.without(empty, of_nobody)):
            yield f"{address.name}: {asked} tells what is there from what is not: {difference}"


def of_somebody() -> list[Address]:
    """Return the addresses that name something which belongs to somebody."""
    return [each for each in all_addresses() if each.owned and each.name not in BEARERS]


def leaks_of(attack: Attack) -> list[str]:
    """Return what somebody learns or changes by looking at every address that names something of others."""
    return [leak for address in of_somebody() if attack.may_call(address) for leak in _leaks(attack, address)]


@pytest.mark.clause("M3")
@pytest.mark.parametrize("stranger", [*STRANGERS, *INSIDERS], ids=str)
def test_what_is_of_others_is_as_if_it_were_not(world: World, without_second_net: None, stranger: Stranger) -> None:
    found = leaks_of(stranger.attacks(world))
    assert not found, "\n".join(found)
