"""The whole log is cut, set back or told anew, consistently, and in the end with every key that the operator has.

**No audit from inside finds any of that**; this is why somebody outside has to remember. docs/trust.md, "The record itself".
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from jiangxue.djangokit.sealed import key_ring
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.crypto import KeyRing
from jiangxue.ledger.errors import SignerRefusal
from jiangxue.ledger.models import Cosignature, WitnessRule
from jiangxue.ledger.rules import note
from jiangxue.ledger.rules.leaf import Event
from jiangxue_witness.evidence import content_of
from jiangxue_witness.judging import Verdict, judge
from tests.attacks.outsiders import FIRST, Scene, known_log, said, scene_in, scene_of, size_and_root
from tests.conftest import MORNING, cloned_database, connected_to
from tests.factories.forgery import cut, resign, retell, stolen_signature, unguarded, with_other_content
from tests.factories.logs import MORNING_MS, Log, here, running_log
from tests.refusals import refusal_of
from tests.worlds import Worlds

pytestmark = pytest.mark.clause("T8.2")
_ROW = 50


@pytest.fixture
def scene(worlds: Worlds, tmp_path: Path) -> Iterator[Scene]:
    with scene_of(worlds, tmp_path) as known:
        yield known


def test_a_cut_tail_passes_every_audit_from_inside(scene: Scene) -> None:
    cut(scene.log, FIRST)
    assert scene.log.size == FIRST
    assert scene.log.audit(ring=key_ring()).is_clean


def test_a_cut_tail_is_found_by_whoever_knows_a_checkpoint_by_the_signer_and_by_the_witness(scene: Scene) -> None:
    cut(scene.log, FIRST)
    assert scene.what_is_said() == said(
        known="known.set_back", signer="refuses", witness="ahead", archive="cannot be given out"
    )


@pytest.fixture
def set_back(worlds: Worlds, clone_prefix: str, tmp_path: Path) -> Iterator[Scene]:
    with worlds.committed(known_log, HandClock(MORNING)) as kept:
        database = here()
        connection.close()
        with cloned_database(f"{clone_prefix}_back", database) as backup:
            with scene_in(kept, tmp_path) as later:
                shutil.copy(tmp_path / "signer" / "memory.json", tmp_path / "memory-then")
                later.log.grow(kept.aid, events=3)
                later.log.sign()
                assert later.outside.ask() == "signed"
                later.outside.known = later.log.checkpoint()
            with connected_to(backup), running_log(backup, tmp_path) as log:
                yield Scene(log, later.outside, kept.aid)


def test_a_database_that_was_set_back_passes_every_audit_from_inside(set_back: Scene) -> None:
    assert set_back.log.audit(ring=key_ring()).is_clean


def test_a_database_that_was_set_back_is_found_from_outside_and_gets_no_signature(set_back: Scene) -> None:
    """Its archives still hold: the older state was witnessed in its time."""
    assert set_back.what_is_said() == said(known="known.set_back", signer="refuses", witness="ahead")


def test_a_memory_of_the_signer_that_was_set_back_with_the_database_signs_and_only_outsiders_notice(
    set_back: Scene, tmp_path: Path
) -> None:
    """This is why the signer's memory lies elsewhere than the database, and a witness elsewhere than both."""
    shutil.copy(tmp_path / "memory-then", set_back.log.signer.memory.folder / "memory.json")
    assert set_back.what_is_said() == said(known="known.set_back", witness="ahead")


def test_a_memory_of_the_signer_that_was_set_back_alone_signs_nothing(scene: Scene, tmp_path: Path) -> None:
    memory = scene.log.signer.memory.folder / "memory.json"
    then = memory.read_text()
    scene.log.grow()
    scene.log.sign()
    memory.write_text(then)
    assert refusal_of(lambda: scene.log.signer.introduce(MORNING_MS)) is SignerRefusal


@pytest.mark.parametrize("events", [3, 10])
def test_growing_otherwise_after_being_set_back_gets_no_signature_at_the_same_size_or_a_larger_one(
    set_back: Scene, events: int
) -> None:
    set_back.log.grow(set_back.aid, events=events)
    with pytest.raises(SignerRefusal, match=r"do not lead to the root|set back"):
        set_back.log.sign()
    assert set_back.log.audit().is_clean
    assert set(set_back.log.audit(set_back.outside.known).found) == {"known.rewritten"}


def test_a_log_that_was_not_set_back_goes_on(worlds: Worlds, tmp_path: Path) -> None:
    """The honest twin: another process opens the same database with the same memory of the signer."""
    with worlds.committed(known_log, HandClock(MORNING)) as kept:
        with scene_in(kept, tmp_path) as before:
            pass
        with running_log(here(), tmp_path) as log:
            assert Scene(log, before.outside, kept.aid).what_is_said() == said()


def _tell_anew(log: Log, number: int = 99) -> None:
    """Change what one event said, with the key of payloads; then sign all of it with the log's key."""

    def change(events: list[Event]) -> list[Event]:
        events[_ROW] = with_other_content(log, events[_ROW], {"number": number})
        return events

    retell(log, change)
    resign(log)


def test_a_history_told_anew_with_every_key_of_the_operator_passes_every_audit_from_inside(scene: Scene) -> None:
    _tell_anew(scene.log)
    assert scene.log.audit(ring=key_ring()).is_clean


@pytest.mark.parametrize("ring", [None, key_ring], ids=["", "payloads opened"])
def test_an_audit_from_inside_believes_a_key_that_was_put_in_place_of_the_logs(
    scene: Scene, ring: Callable[[], KeyRing] | None
) -> None:
    """Without any key of the operator: events are exchanged, and the tree is signed anew by a key of one's own."""

    def exchanged(events: list[Event]) -> list[Event]:
        events[_ROW], events[_ROW + 1] = events[_ROW + 1], events[_ROW]
        return events

    retell(scene.log, exchanged)
    own = Ed25519PrivateKey.generate()
    resign(replace(scene.log, signer=replace(scene.log.signer, private=own)))
    with unguarded(scene.log) as admin:
        key = str(note.public_key(scene.log.signer.origin, note.LOG_KEY, own))
        admin.execute("UPDATE ledger_signingkey SET verifier_key = %s", [key])
    assert scene.log.audit(ring=ring and ring()).is_clean
    assert set(scene.log.audit(scene.outside.known).found) == {"known.foreign"}
    assert refusal_of(scene.log.sign) is SignerRefusal
    assert refusal_of(lambda: scene.log.signer.introduce(MORNING_MS)) is SignerRefusal
    assert scene.outside.ask() == "unknown_key"
    assert scene.archive() == "cannot be given out"


def _tell_anew_with_the_logs_key_alone(log: Log) -> None:
    """Say that an event happened later; its payload cannot be made to say so too."""

    def later(events: list[Event]) -> list[Event]:
        events[_ROW] = replace(events[_ROW], at_ms=events[_ROW].at_ms + 1)
        return events

    retell(log, later)
    resign(log)


@pytest.mark.parametrize("tell_anew", [_tell_anew, _tell_anew_with_the_logs_key_alone])
def test_a_history_told_anew_is_found_from_outside(scene: Scene, tell_anew: Callable[[Log], None]) -> None:
    tell_anew(scene.log)
    known = scene.log.audit(scene.outside.known)
    assert set(known.found) == {"known.rewritten"}
    assert refusal_of(scene.log.sign) is SignerRefusal
    assert scene.outside.ask() == "refused"
    assert not Cosignature.objects.exists()
    assert scene.outside.evidence
    assert scene.archive() == "cannot be given out"


def test_told_anew_with_the_logs_key_alone_it_passes_until_payloads_are_opened(scene: Scene) -> None:
    _tell_anew_with_the_logs_key_alone(scene.log)
    assert scene.log.audit().is_clean
    assert set(scene.log.audit(ring=key_ring()).found) == {"payload.altered"}


def test_an_archive_of_a_history_told_anew_lacks_the_witness(scene: Scene) -> None:
    _tell_anew(scene.log)
    assert scene.archive() == "cannot be given out"
    WitnessRule.objects.create(need=0, at=MORNING, reason="")
    assert scene.archive() == "does not hold", "whoever verifies it knows how many witnesses are needed"


def test_cosignatures_do_not_pass_over_to_a_history_told_anew(scene: Scene) -> None:
    line = str(scene.log.one("SELECT line FROM ledger_cosignature"))
    _tell_anew(scene.log)
    scene.log.tamper(
        "INSERT INTO ledger_cosignature (witness_id, size, line, signed_at)"
        f" SELECT w.id, c.size, '{line}', now() FROM ledger_witness w, ledger_checkpoint c"
    )
    assert set(scene.log.audit().found) == {"cosignature.not_genuine"}
    assert scene.archive() == "does not hold"


def test_a_witness_that_is_shown_another_history_of_the_same_size_keeps_what_proves_a_fork(scene: Scene) -> None:
    _tell_anew(scene.log)
    assert scene.outside.ask() == "refused"
    assert scene.outside.evidence
    for evidence in scene.outside.evidence:
        verdict, old, new = judge(content_of(evidence), scene.outside.log_key)
        assert verdict is Verdict.FORK
        assert (old.size, old.root) == size_and_root(scene.outside.known)
        assert (new.size, new.root) == size_and_root(scene.log.checkpoint())


def test_a_witness_that_is_shown_another_history_of_a_larger_size_keeps_what_was_refused(scene: Scene) -> None:
    scene.log.grow(scene.aid)
    _tell_anew(scene.log)
    assert scene.outside.ask() == "refused"
    [evidence] = scene.outside.evidence
    assert judge(content_of(evidence), scene.outside.log_key)[0] is Verdict.UNPROVED


def test_two_notes_of_one_size_that_two_auditors_were_shown_prove_the_fork_to_anybody(scene: Scene) -> None:
    hashes = [
        row[0] for row in scene.log.admin.execute('SELECT leaf_hash FROM ledger_entry ORDER BY "index"').fetchall()
    ]
    shown_to_other = stolen_signature(scene.log, [*hashes[:-1], os.urandom(32)])
    keys = [note.read_key(str(scene.log.one("SELECT verifier_key FROM ledger_signingkey")))]
    mine, other = (note.opened(text, keys).checkpoint for text in (scene.outside.known, shown_to_other))
    assert mine.size == other.size
    assert mine.root != other.root
    assert scene.log.audit(scene.outside.known).is_clean
    assert set(scene.log.audit(shown_to_other).found) == {"known.rewritten"}


def test_a_checkpoint_of_another_log_is_no_knowledge_of_this_one(scene: Scene) -> None:
    foreign = scene.outside.known.replace("test.example", "other.example")
    assert set(scene.log.audit(foreign, scene.outside.known).found) == {"known.foreign"}


def test_daily_heads_that_leave_the_end_of_an_archive_out_are_found_by_an_audit_alone(scene: Scene) -> None:
    """The operator signs wrong heads as they happen, so that the archive may be shown without its last entry."""
    last = scene.log.one("SELECT leaf_hash FROM ledger_entry WHERE aid = %s AND sequence = 209", scene.aid)
    kept = scene.log.one("SELECT leaf_hash FROM ledger_head WHERE aid = %s", scene.aid)
    move = "UPDATE ledger_head SET sequence = %s, leaf_hash = %s WHERE aid = %s"
    scene.log.admin.execute(move, [209, last, scene.aid])
    scene.log.heads(MORNING_MS + 1)
    scene.log.admin.execute(move, [210, kept, scene.aid])
    assert scene.log.sign() == 317
    assert scene.outside.ask() == "signed"
    found = scene.log.audit(scene.outside.known, ring=key_ring())
    assert {"heads.wrong"} <= set(found.found) <= {"heads.wrong", "heads.tree_altered"}
    assert scene.archive() == "does not hold", "what is shown is more than the heads say there is"
