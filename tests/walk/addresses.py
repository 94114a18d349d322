"""Every address of the program, who may call it, and what stands in it."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from jiangxue.accounts.access import for_roles
from jiangxue.kernel.viewer import Role
from tests.walk.sides import Side

NOBODYS_NUMBER = 987_654_321
NOBODYS_ID = "00000000-0000-4000-8000-000000000000"
OF_NOBODY: dict[str, object] = {
    # Numbers and names of things of the platform, and of forms and kinds, which belong to no institution.
    "run_id": NOBODYS_NUMBER,
    "list_id": NOBODYS_NUMBER,
    "witness_id": NOBODYS_NUMBER,
    "operator:audit_entry:entry_id": NOBODYS_NUMBER,
    "side": "in",
    "purpose": "service",
    "form": "docx",
    "kind": "outline",
    "institution:inventory:form": "xlsx",
    "reviewer:sheet:form": "pdf",
    "institution:course_section:name": "facts",
    "public_ledger:guide:name": "verify",
    "chart": "hours",
    "ending": "png",
    "sheet": "learners",
    "level": 0,
    "public_ledger:tile:number": "000",
    "old": 0,
    "new": 0,
    "stretch": 0,
    "page:number": "0001",
    "page:ending": "webp",
    "media:name": "pages/0001.txt",
}
"""Arguments in which no side has anything of its own; what is the same word elsewhere is named with its address."""
KEPT = frozenset({"day", "start_ms", "ordinal", "number", "side"})
"""Arguments that say where in an object, and not which."""

BEARERS = {
    "public:course": "a published course is shown to everybody",
    "public_proof:proof": "whoever holds a printed proof may look at it",
    "media": "the address is a signed ticket",
    "key": "the ticket again; what of it is given is asked of the viewer (test_by_hand)",
    "page": "the ticket again; what of it is given is asked of the viewer (test_by_hand)",
    "signin:join": "whoever holds the link of an invitation",
    "signin:set_password": "whoever holds the link that a colleague made, and the second factor of whom it is for",
}
"""Addresses that are for everybody, or by which those who hold them are known."""


@dataclass(frozen=True)
class Address:
    """A pattern of addresses: its full name, its arguments, and the roles that may call it (None: everybody, signed in or not)."""

    name: str
    arguments: tuple[str, ...]
    roles: frozenset[Role] | None

    @property
    def namespace(self) -> str:
        """Return the portal."""
        return self.name.partition(":")[0]

    @property
    def owned(self) -> tuple[str, ...]:
        """Return the arguments that name something of a side."""
        return tuple(each for each in self.arguments if self._of_nobody(each) is None and each not in KEPT)

    def key_of(self, side: Side, argument: str) -> object:
        """Return what an argument is on a side; `KeyError` where nobody has said so."""
        known = self._of_nobody(argument)
        if known is not None:
            return known
        for name in (f"{self.name}:{argument}", f"{self.namespace}:{argument}", argument):
            if name in side.keys:
                return side.keys[name]
        raise KeyError(f"{self.name}: {argument}")

    def of(self, side: Side) -> dict[str, object]:
        """Return the arguments of a side."""
        return {each: self.key_of(side, each) for each in self.arguments}

    def _of_nobody(self, argument: str) -> object:
        return OF_NOBODY.get(f"{self.name}:{argument}", OF_NOBODY.get(argument))

    def url(self, keys: Mapping[str, object]) -> str:
        """Return the address with arguments."""
        return reverse(self.name, kwargs=dict(keys))

    def may_be_called_by(self, role: Role | None) -> bool:
        """Say whether the guard of roles lets somebody through; None is nobody signed in."""
        return self.roles is None or (role is not None and (not self.roles or role in self.roles))


def nobodys(key: object) -> object:
    """Return a key of the same form that nothing has."""
    if isinstance(key, int):
        return NOBODYS_NUMBER
    text = str(key)
    if re.fullmatch(r"[0-9a-f]{32}", text):
        return "0" * 32
    if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text):
        return NOBODYS_ID
    return "A" * len(text)


@cache
def all_addresses() -> tuple[Address, ...]:
    """Return every address."""
    return tuple(_walked(get_resolver()))


def _walked(resolver: URLResolver, namespace: str = "") -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            arguments = tuple(pattern.pattern.regex.groupindex)
            yield Address(f"{namespace}{pattern.name}", arguments, roles_of(pattern.callback))
        else:
            yield from _walked(pattern, f"{pattern.namespace}:" if pattern.namespace else namespace)


def roles_of(view: Callable[..., Any] | None) -> frozenset[Role] | None:
    """Return the roles that `for_roles` lets through, or None where it does not stand around a view."""
    guard = for_roles()(lambda request: None).__code__
    while view is not None:
        view = view.func if isinstance(view, partial) else view
        if getattr(view, "__code__", None) is guard:
            cells = dict(zip(view.__code__.co_freevars, view.__closure__ or (), strict=True))  # type: ignore[attr-defined]
            return frozenset(cells["roles"].cell_contents)
        view = getattr(view, "__wrapped__", None)
    return None
