"""Every address of the program, and who may call it."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from jiangxue.accounts.access import for_roles

WITHOUT_ROLES = {
    "signin:sign_in",  # nobody is signed in yet
    "signin:register",  # nor is who opens an account, or has forgotten the password
    "signin:recover",
    "signin:join",  # whoever holds the link of an invitation, signed in or not
    "signin:set_password",  # who has forgotten the password; the link and their second factor say who they are
    "signin:sign_out",  # needs no role, and ends what there is
    "learner:read_code",  # the code itself is what was shown in the room; who it is, is asked next
    "public:catalogue",  # the same for everybody, signed in or not
    "public:course",
    "public_proof:ask",  # whoever holds a printed proof of hours
    "public_proof:proof",
    "public_ledger:ledger",
    "public_ledger:guide",
    "public_ledger:checkpoint",
    "public_ledger:trust",
    "public_ledger:consistency",
    "public_ledger:tile",
    "media",  # the address itself is a signed ticket
    # a beat is signed with its session's key
    "healthz",  # for load balancers
    "readyz",
}


def _addresses(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", pattern.callback
        else:
            yield from _addresses(pattern, f"{pattern.namespace}:" if pattern.namespace else namespace)


def asks_for_a_role(view: Callable[..., Any] | None) -> bool:
    """Say whether `for_roles` stands somewhere around a view."""
    guard = for_roles()(lambda request: None).__code__
    while view is not None:
        view = view.func if isinstance(view, partial) else view
        if getattr(view, "__code__", None) is guard:
            return True
        view = getattr(view, "__wrapped__", None)
    return False


_ALL = sorted(_addresses(get_resolver()), key=lambda address: address[0])


@pytest.mark.clause("M3")
@pytest.mark.parametrize(("name", "view"), _ALL, ids=[name for name, _ in _ALL])
def test_a_page_is_for_roles_unless_it_is_one_of_the_named_few(name: str, view: Callable[..., Any]) -> None:
    assert asks_for_a_role(view) != (name in WITHOUT_ROLES)


def test_the_named_few_exist() -> None:
    assert {name for name, _ in _ALL} >= WITHOUT_ROLES


def test_every_address_has_a_name() -> None:
    assert not [name for name, _ in _ALL if name.endswith("None")]
