"""The ledger's pages at phone and desktop width: no sideways scroll, no findings of axe (clauses T1.3, M3)."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest
from playwright.sync_api import Page

from jiangxue.kernel.clock import MachineClock
from jiangxue.kernel.viewer import Role
from jiangxue.ledger.models import Alarm, Witness
from tests.browser.player import follow
from tests.browser.site import Site
from tests.browser.test_looks import LOOKS, assert_sound
from tests.factories import people
from tests.factories.witnesses import witness

_unseen = count()
"""The public page may be kept for a minute; an address that was never asked for is not."""


@pytest.mark.clause("T1.3")
@pytest.mark.clause("M3")
@LOOKS
def test_the_pages_of_the_ledger_are_sound(
    site: Site, signed_in: Callable[..., Page], device: dict[str, object]
) -> None:
    now = MachineClock().now() - timedelta(minutes=1)
    name = "witness.example/" + "long-name-" * 12
    found = Witness.objects.filter(verifier_key__startswith=name).first() or witness(name)
    Witness.objects.filter(pk=found.pk).update(title="见" * 80, outcome="ahead", outcome_detail="9" * 200, asked_at=now)
    if not Alarm.objects.exists():
        Alarm.objects.create(kind="witness.ahead", detail="9" * 300, at_ms=0)
    keeper = people.account((Role.SECURITY_ADMINISTRATOR, None), now=now)
    page = signed_in(keeper.login_name, begins_at="/operator/**", **device)
    one = f"/operator/ledger/witnesses/{found.pk}/"
    for address in (
        *(f"/ledger/?{next(_unseen)}", "/operator/ledger/", "/operator/ledger/needed/", one, f"{one}retire/"),
        *("/operator/ledger/witnesses/new/", "/operator/state/", "/ledger/guides/verify/", "/ledger/guides/witness/"),
    ):
        page.goto(site.url + address)
        assert_sound(page)
    page.goto(site.url + one)
    page.fill("[name=answer]", "—" * 300)
    follow(page, "main form[action$='answer/'] button")
    assert "还没有向该见证方发过请求" in page.inner_text("main")
    assert_sound(page)
