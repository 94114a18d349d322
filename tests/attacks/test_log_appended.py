"""Something is put behind the last row of the sealed log, or taken away beside it, by somebody who may do everything in the database.

Nothing that was signed changes, so the tree goes on. Without the sealers' key no signer signs it. docs/trust.md, "The record itself".
"""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jiangxue.archive.rules.container import contained
from jiangxue.archive.rules.members import members
from jiangxue.djangokit.sealed import key_ring
from jiangxue.kernel import crypto
from jiangxue.kernel.canonical import canonical_json
from jiangxue.kernel.clock import HandClock, to_ms
from jiangxue.kernel.ids import new_id
from jiangxue.ledger.errors import LogDamaged
from jiangxue.ledger.log.vouching import ring_of_archive
from jiangxue.ledger.models import Alarm, Witness, WitnessRule
from jiangxue.ledger.queries.proofs import proved_archive
from jiangxue.ledger.queries.state import trust_list
from jiangxue.ledger.rules.leaf import Event
from jiangxue.ledger.services import append
from jiangxue.ledger.services.auditing import audit_and_report
from jiangxue_verify.archive import Question, judge
from jiangxue_verify.trust import parse_trust
from tests.attacks.outsiders import Scene, scene_of
from tests.conftest import MORNING
from tests.factories.forgery import enter, unguarded
from tests.factories.logs import MORNING_MS
from tests.factories.witnesses import countersign, witness
from tests.refusals import refusal_of
from tests.worlds import Worlds

pytestmark = pytest.mark.clause("T8.2")
_SALT = bytes(32)
_OWN = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))


@pytest.fixture
def scene(worlds: Worlds, tmp_path: Path) -> Iterator[Scene]:
    with scene_of(worlds, tmp_path) as known:
        yield known


def _append_past_the_inbox(scene: Scene, log_key: bytes | None = None) -> str:
    """Enter an event that never was, with all that follows from it and bytes in the place of its payload; return what it says."""
    eid, kind = new_id(), "segment.sealed"
    said = {"aid": str(scene.aid), "at_ms": MORNING_MS, "data": {"hours": 99}, "eid": str(eid), "kind": kind}
    payload = canonical_json(said)
    event = Event(scene.aid, eid, kind, MORNING_MS, crypto.commitment(_SALT, payload, scene.log.sealer.by))
    with unguarded(scene.log) as admin:
        enter(scene.log, admin, [event], log_key)
        row = [eid, scene.aid, os.urandom(100)]
        admin.execute("INSERT INTO ledger_payload (eid, aid, ciphertext) VALUES (%s, %s, %s)", row)
    if log_key is None:
        scene.log.heads(MORNING_MS + 2)
    return payload.decode()


def test_an_entry_put_behind_the_last_one_without_the_sealers_key_is_not_signed_and_stops_the_sealer(
    scene: Scene,
) -> None:
    _append_past_the_inbox(scene, os.urandom(32))
    assert refusal_of(scene.log.sign) is LogDamaged
    assert refusal_of(lambda: scene.log.sealer.seal(MORNING_MS)) is LogDamaged
    assert set(scene.log.audit(ring=key_ring()).found) == {"payload.unreadable"}


def test_an_entry_put_behind_the_last_one_with_the_sealers_key_is_signed_and_witnessed_and_found_when_payloads_are_opened(
    scene: Scene,
) -> None:
    _append_past_the_inbox(scene)
    assert scene.log.sign() == 318
    assert scene.outside.ask() == "signed"
    assert scene.log.audit(scene.outside.known).is_clean, "it follows from everything before it"
    assert set(scene.log.audit(ring=key_ring()).found) == {"payload.unreadable"}
    assert scene.archive() == "cannot be given out"


def test_the_next_audit_finds_an_entry_put_behind_the_last_one(scene: Scene) -> None:
    clock = HandClock(MORNING)
    assert audit_and_report(clock=clock).found == 0
    _append_past_the_inbox(scene)
    assert audit_and_report(clock=clock).found == 1
    assert Alarm.objects.get().detail == "payload.unreadable: 1"


def test_an_archive_written_by_hand_with_such_an_entry_holds(scene: Scene) -> None:
    """An honest limit: salts and payloads of the other entries stand in any archive that was given out before.

    For brevity the platform writes it here, and is given for that what only it could seal.
    """
    payload = _append_past_the_inbox(scene)
    scene.log.sign()
    scene.outside.ask()
    sealed = scene.log.one("SELECT sealed_key FROM ledger_subjectkey WHERE aid = %s", scene.aid)
    eid = scene.log.one("SELECT eid FROM ledger_payload WHERE octet_length(ciphertext) = 100")
    assert isinstance(sealed, bytes)
    content = ring_of_archive(key_ring(), scene.aid, sealed).seal(_SALT + payload.encode(), f"payload:{eid}")
    scene.log.admin.execute("UPDATE ledger_payload SET ciphertext = %s WHERE eid = %s", [content, eid])
    assert b'"hours\\":99' in contained(members(proved_archive(scene.aid)))
    assert scene.archive() == "holds"


def test_removed_cosignatures_are_missed_by_nobody_here_and_make_honest_records_seem_late(scene: Scene) -> None:
    scene.log.grow()
    scene.log.sign()
    countersign(Witness.objects.get(), MORNING + timedelta(days=8))
    assert scene.archive() == "holds"
    scene.log.tamper("DELETE FROM ledger_cosignature WHERE size < 317")
    assert scene.log.audit(scene.outside.known, ring=key_ring()).is_clean
    assert scene.archive() == "does not hold"


def _dated_back_by_forty_days(scene: Scene, need: int) -> int:
    """Enter an event two months after the first witness that claims to be six weeks old; return what a verifier says of it.

    The reader has fetched the trust list of the platform just now.
    """
    later = MORNING + timedelta(days=60)
    append(scene.aid, "segment.sealed", {"hours": 99}, at=later - timedelta(days=40))
    scene.log.grow()
    scene.log.heads(to_ms(later))
    scene.log.sign()
    if need == 2:
        WitnessRule.objects.create(need=2, at=later, reason="")
        countersign(witness("second.example", _OWN), later, _OWN)
    countersign(Witness.objects.get(outcome="signed"), later)
    content = contained(members(proved_archive(scene.aid)))
    return judge(content, Question(parse_trust(trust_list() or ""))).status


def test_what_was_dated_back_does_not_hold(scene: Scene) -> None:
    assert _dated_back_by_forty_days(scene, need=1) == 1


def test_what_was_dated_back_holds_under_a_trust_list_of_the_day_on_which_more_witnesses_were_demanded(
    scene: Scene,
) -> None:
    """An honest limit: `since` is the operator's word, and moves when the operator demands one more, perhaps of its own."""
    assert _dated_back_by_forty_days(scene, need=2) == 0
