"""Whoever sends a form of others changes nothing of theirs, and is answered as if nothing stood there."""

from collections.abc import Iterator, Mapping
from itertools import cycle

import pytest

from tests.walk.addresses import BEARERS, Address, all_addresses
from tests.walk.answers import Answer
from tests.walk.attack import INSIDERS, ROLES, STRANGERS, Attack, Stranger, outsider
from tests.walk.forms import Form
from tests.walk.survey import Survey
from tests.walk.test_reading import of_somebody, pairs
from tests.walk.world import World


def _leaks(attack: Attack, address: Address, forms: list[Form]) -> Iterator[str]:
    for data in [form.filled(attack.other) for form in forms] or [{}]:
        for theirs, of_nobody in pairs(attack, address):
            answer, harm = attack.sends(address, theirs, data)
            asked, empty = address.url(theirs), address.url(of_nobody)
            if harm:
                yield f"{address.name}: {asked} answers {answer.status} and {harm[:4]}"
            if answer.status >= 500:
                yield f"{address.name}: {asked} answers {answer.status}"
            if names := attack.names_in(_unsaid(answer, data)):
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
@pytest.mark.parametrize("stranger", [*STRANGERS, *INSIDERS], ids=str)
def test_what_is_of_others_cannot_be_changed(world: World, survey: Survey, stranger: Stranger) -> None:
    attack = stranger.attacks(world)
    found = [
        leak
        for address in of_somebody()
        if attack.may_call(address)
        for leak in _leaks(attack, address, survey.forms.get(address.name, []))
    ]
    assert not found, "\n".join(found)


@pytest.mark.clause("M3")
def test_an_address_of_other_roles_says_and_changes_nothing(world: World, survey: Survey) -> None:
    """One guard stands before all pages (`addresses.roles_of`), so each address is asked for by one of those whom it turns away, in turn."""
    found, turns = list[str](), cycle(ROLES)
    outsiders = {who: outsider(world, who) for who in ROLES}
    for address in of_somebody():
        turned_away = (outsiders[who] for who in (next(turns) for _ in ROLES))
        attack = next((each for each in turned_away if not address.may_be_called_by(each.who.role)), None)
        if attack is not None:
            found += _refused(attack, address, survey)
    assert not found, "\n".join(found)


@pytest.mark.clause("M3")
def test_nobody_is_told_to_sign_in_at_every_address(world: World, survey: Survey) -> None:
    attack = outsider(world, "nobody")
    refused = [each for each in of_somebody() if not each.may_be_called_by(None)]
    found = [leak for address in refused for leak in _refused(attack, address, survey)]
    assert not found, "\n".join(found)


def _refused(attack: Attack, address: Address, survey: Survey) -> list[str]:
    data = next((form.filled(attack.other) for form in survey.forms.get(address.name, [])), None)
    answer, harm = attack.sends(address, address.of(attack.other), data)
    names = attack.names_in(_unsaid(answer, data or {}))
    if harm or names or answer.status not in {302, 403, 405, 412}:
        return [f"{address.name} answers {attack.who.name} {answer.status}, {harm} and shows {names}"]
    return []


@pytest.mark.clause("M3")
@pytest.mark.parametrize("stranger", [each for each in STRANGERS if each.other == "west"], ids=str)
def test_a_form_of_ones_own_takes_nothing_of_others_in(world: World, survey: Survey, stranger: Stranger) -> None:
    attack, found = stranger.attacks(world), []
    for address in all_addresses():
        if address.name in BEARERS or not address.may_be_called_by(attack.who.role):
            continue
        for form in survey.forms.get(address.name, []):
            data = form.filled(world.west)
            answer, harm = attack.sends(address, address.of(attack.own), data, may_add=True)
            if names := attack.names_in(_unsaid(answer, data)):
                harm.append(f"shows {names[:3]}")
            if harm or answer.status >= 500:
                found.append(f"{address.name} answers {answer.status} and {harm[:4]}")
    assert not found, "\n".join(found)
