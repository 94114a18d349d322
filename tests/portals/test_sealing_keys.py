"""What administrators and load balancers are told of the sealing keys. Clauses M2, T10."""

import pytest

from jiangxue.kernel import crypto
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.ledger.services import open_archive
from tests.factories import people
from tests.factories.classes import Classroom
from tests.factories.keys import only, two_keys
from tests.portals.clients import client_of

pytestmark = pytest.mark.clause("M2")


def _page(clock: HandClock) -> str:
    system = people.account((Role.SYSTEM_ADMINISTRATOR, None), now=clock.now())
    return client_of(system).get("/operator/state/").content.decode()


def test_one_key_that_seals_everything_is_well(room: Classroom, clock: HandClock, settings) -> None:
    shown = crypto.fingerprint(settings.SEAL_KEYS[1])
    assert f"加密数据都由第 1 号密钥（指纹 {shown}）封存。" in _page(clock)
    assert settings.SEAL_KEYS[1].hex() not in _page(clock)


def test_while_old_keys_still_seal_something_the_page_says_how_much_and_what_to_do(
    room: Classroom, clock: HandClock, settings
) -> None:
    ring = two_keys(settings, current=2)
    page = _page(clock)
    assert f"现由第 2 号密钥（指纹 {crypto.fingerprint(ring.keys[2])}）封存" in page
    assert "rotate_seal_key" in page
    assert crypto.fingerprint(ring.keys[1]) not in page


def test_a_key_that_is_missing_needs_attention(room: Classroom, clock: HandClock, settings) -> None:
    two_keys(settings, current=2)
    people.account(now=clock.now())
    open_archive()
    only(settings, 2)
    page = _page(clock)
    assert "没有配置" in page
    assert "第 1 号密钥（" in page
    assert "需要处理" in page


def _keys_work(client) -> bool:
    return bool(client.get("/readyz").json()["keys"])


def test_a_program_with_a_wrong_sealing_key_is_not_ready(room: Classroom, clock: HandClock, client, settings) -> None:
    assert _keys_work(client)
    settings.SEAL_KEYS = {1: crypto.new_key()}
    assert not _keys_work(client)
    assert "打不开" in _page(clock)


def test_a_new_platform_without_archives_is_ready_with_any_key(db: None, client, settings) -> None:
    settings.SEAL_KEYS = {1: crypto.new_key()}
    assert _keys_work(client)
