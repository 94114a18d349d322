"""Whoever sends a form of others changes nothing of theirs, and is answered as if nothing stood there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from tests.walk.addresses import BEARERS, Address, all_addresses
from tests.walk.answers import Answer, Walker, nobody, walker
from tests.walk.forms import Form
from tests.walk.rows import Rows, all_rows, changes, references_of, undone, was_written
from tests.walk.sides import Side
from tests.walk.survey import Survey
from tests.walk.test_reading import of_somebody, pairs
from tests.walk.world import ROLES, STRANGERS, World


@dataclass(frozen=True)
class Attack:
    """A stranger who sends what was harvested from those whose it is."""

    who: Walker
    own: Side
    other: Side
    before: Rows

    def sends(
        self, address: Address, keys: Mapping[str, object], data: Mapping[str, object] | None, *, may_add: bool = False
    ) -> tuple[Answer, list[str]]:
        """Send a form, or only look where it is None; return the answer, and what was changed; where something may be added, what of it touches the others."""
        with undone():
            answer = self.who.look(address.url(keys), data)
            harm = self._harm(may_add=may_add) if was_written() else []
        return answer, harm

    def _harm(self, *, may_add: bool) -> list[str]:
        found = []
        for table, key in changes(self.before, all_rows()):
            if not may_add or key in self.other.rows[table]:
                found.append(f"changes {table} {key}")
            elif columns := references_of(table, key, self.other.rows):
                found.append(f"adds {table} {key}, which refers to others by {columns}")
        return found


def _leaks(attack: Attack, address: Address, forms: list[Form]) -> Iterator[str]:
    for data in [form.filled(attack.other) for form in forms] or [{}]:
        for theirs, of_nobody in pairs(address, attack.own, attack.other):
            answer, harm = attack.sends(address, theirs, data)
            asked, empty = address.url(theirs), address.url(of_nobody)
            if harm:
                yield f"{address.name}: {asked} answers {answer.status} and {harm[:4]}"
            if answer.status >= 500:
                yield f"{address.name}: {asked} answers {answer.status}"
            if names := attack.other.names.pattern.findall(_unsaid(answer, data)):
                yield f"{address.name}: {asked} shows {names[:3]}"
            expected, _ = attack.sends(address, of_nobody, data)
            if difference := answer.without(asked, theirs).difference(expected.without(empty, of_nobody)):
                yield f"{address.name}: {asked} tells what is there from what is not: {difference}"


def _unsaid(answer: Answer, data: Mapping[str, object]) -> str:
    """Return what is answered without what was sent, which a page may show again."""
    text = answer.text + answer.leads_to
    for values in data.values():
        for value in values if isinstance(values, list) else [values]:
            text = text.replace(str(value), "") if value else text
    return text


@pytest.mark.clause("M3")
@pytest.mark.parametrize(("side", "who"), STRANGERS)
def test_what_is_of_others_cannot_be_changed(world: World, survey: Survey, side: str, who: str) -> None:
    own: Side = getattr(world, side)
    attack = Attack(walker(own, who), own, world.west, all_rows())
    found = [
        leak
        for address in of_somebody()
        if address.may_be_called_by(attack.who.role)
        for leak in _leaks(attack, address, survey.forms.get(address.name, []))
    ]
    assert not found, "\n".join(found)


@pytest.mark.clause("M3")
@pytest.mark.parametrize("who", ROLES)
def test_an_address_of_other_roles_says_and_changes_nothing(world: World, survey: Survey, who: str) -> None:
    looks = nobody() if who == "nobody" else walker(world.east, who)
    attack, found = Attack(looks, world.east, world.west, all_rows()), []
    for address in of_somebody():
        if not address.may_be_called_by(looks.role):
            data = next((form.filled(world.west) for form in survey.forms.get(address.name, [])), None)
            answer, harm = attack.sends(address, address.of(world.west), data)
            names = world.west.names.pattern.findall(_unsaid(answer, data or {}))
            if harm or names or answer.status not in {302, 403, 405, 412}:
                found.append(f"{address.name} answers {answer.status}, {harm} and shows {names}")
    assert not found, "\n".join(found)


@pytest.mark.clause("M3")
@pytest.mark.parametrize(("side", "who"), STRANGERS)
def test_a_form_of_ones_own_takes_nothing_of_others_in(world: World, survey: Survey, side: str, who: str) -> None:
    own: Side = getattr(world, side)
    attack, found = Attack(walker(own, who), own, world.west, all_rows()), []
    for address in all_addresses():
        if address.name in BEARERS or not address.may_be_called_by(attack.who.role):
            continue
        for form in survey.forms.get(address.name, []):
            data = form.filled(world.west)
            answer, harm = attack.sends(address, address.of(own), data, may_add=True)
            if names := world.west.names.pattern.findall(_unsaid(answer, data)):
                harm.append(f"shows {names[:3]}")
            if harm or answer.status >= 500:
                found.append(f"{address.name} answers {answer.status} and {harm[:4]}")
    assert not found, "\n".join(found)
