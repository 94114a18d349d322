"""What those see of the west to whom it belongs: which pages open, and which forms stand there."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from tests.walk.addresses import Address, all_addresses
from tests.walk.answers import Walker, walker
from tests.walk.forms import Form, forms_of
from tests.walk.sides import Side

OWNERS = ("learner", "head", "administrator", "officer", "editor", "reviewer", "mate", "teacher", "second", "chief")
ENOUGH = 2
"""How many have to see a page: those of another role find other forms on it."""


@dataclass
class Survey:
    """What was seen: the statuses that each address was answered with, names of the west that it showed, and forms by where they go."""

    statuses: dict[str, list[int]] = field(default_factory=dict)
    asking: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)
    forms: dict[str, list[Form]] = field(default_factory=dict)
    filters: dict[str, list[Form]] = field(default_factory=dict)

    def knows(self, address: Address) -> bool:
        """Say whether enough is known of an address: a page without forms is looked at once."""
        seen = self.statuses.get(address.name, []).count(200)
        return seen >= (ENOUGH if address.name in self.asking else 1)

    def note(self, address: Address, side: Side, looks: Walker) -> None:
        """Look at one address as somebody to whom it belongs."""
        url = address.url(address.of(side))
        answer = looks.get(url)
        self.statuses.setdefault(address.name, []).append(answer.status)
        if answer.status != 200:
            return
        if side.names.pattern.search(answer.text):
            self.shown.add(address.name)
        for form in forms_of(answer.text, url) if "<main" in answer.text else ():
            self.asking.add(address.name)
            self._keep(address, form)

    def _keep(self, address: Address, form: Form) -> None:
        if form.method != "post":
            self.filters.setdefault(address.name, []).append(form)
            return
        try:
            name = resolve(urlsplit(form.action).path).view_name
        except Resolver404:
            return
        kept = self.forms.setdefault(name, [])
        if all(set(form.kinds) != set(each.kinds) for each in kept):
            kept.append(form)


def surveyed(side: Side, others: Iterable[Walker]) -> Survey:
    """Let everybody of a side, and some others, look at everything that their roles may call."""
    found = Survey()
    for looks in [*(walker(side, who) for who in OWNERS), *others]:
        for address in all_addresses():
            if address.may_be_called_by(looks.role) and not found.knows(address):
                found.note(address, side, looks)
    return found
