"""Rows of the sealed log are edited, removed, moved and added, by somebody who may do everything in the database but has no key.

Who finds what: the table "The record itself" in docs/trust.md.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jiangxue.ledger.errors import SignerRefusal
from jiangxue.ledger.rules.leaf import Event
from jiangxue.ledger.services import append, open_archive
from tests.attacks.outsiders import Said, Scene, said, scene_of
from tests.conftest import MORNING
from tests.factories.forgery import invented, retell
from tests.refusals import refusal_of
from tests.worlds import Worlds

pytestmark = pytest.mark.clause("T8.2")
_OWN_ROW = 50


@pytest.fixture
def scene(worlds: Worlds, tmp_path: Path) -> Iterator[Scene]:
    with scene_of(worlds, tmp_path) as known:
        yield known


def test_an_honest_log_is_good_to_everybody(scene: Scene) -> None:
    assert scene.what_is_said() == said()
    assert scene.log.audit(scene.outside.known).is_clean
    assert not scene.outside.evidence


_EDIT = "UPDATE ledger_entry SET leaf = replace(leaf, '\"o\":17', '\"o\":16') WHERE index = 50"
_DERIVED = ("checkpoint.wrong_root", "tile.altered", "edge.altered")
_ANOTHER = {
    "known": "known.rewritten",
    "signer": "refuses",
    "witness": "cannot be asked",
    "archive": "cannot be given out",
}


def test_an_edited_row_is_found_and_its_archive_does_not_hold(scene: Scene) -> None:
    scene.log.tamper(_EDIT)
    found = scene.what_is_said()
    assert found == said(
        *("entry.wrong_hash", "entry.out_of_chain", "payload.altered", *_DERIVED),
        known="known.rewritten",
        archive="does not hold",
    ), "signer and witness do not read again what they have signed; the tree is still the old one"


def test_an_edited_row_with_its_own_hash_is_found_and_its_archive_does_not_hold(scene: Scene) -> None:
    scene.log.tamper(
        _EDIT, r"UPDATE ledger_entry SET leaf_hash = sha256('\x00'::bytea || convert_to(leaf, 'UTF8')) WHERE index = 50"
    )
    assert scene.what_is_said() == said(
        *("entry.out_of_chain", "payload.altered", *_DERIVED), known="known.rewritten", archive="does not hold"
    )


def test_a_removed_row_is_found_and_its_archive_does_not_hold(scene: Scene) -> None:
    scene.log.tamper("DELETE FROM ledger_entry WHERE index = 50")
    found = scene.what_is_said()
    assert {"entry.missing", "entry.out_of_chain", "checkpoint.beyond", "payload.lost"} <= found.audit
    assert replace(found, audit=frozenset()) == said(known="known.set_back", archive="does not hold")


def _edited(events: list[Event]) -> list[Event]:
    events[_OWN_ROW] = replace(events[_OWN_ROW], at_ms=events[_OWN_ROW].at_ms - 60_000)
    return events


def _removed(events: list[Event]) -> list[Event]:
    return events[:_OWN_ROW] + events[_OWN_ROW + 1 :]


def _reordered(events: list[Event]) -> list[Event]:
    events[_OWN_ROW], events[_OWN_ROW + 1] = events[_OWN_ROW + 1], events[_OWN_ROW]
    return events


def _inserted(events: list[Event]) -> list[Event]:
    return [*events[:_OWN_ROW], invented(events[_OWN_ROW]), *events[_OWN_ROW:]]


RETOLD: dict[str, tuple[Callable[[list[Event]], list[Event]], Said]] = {
    "edited": (_edited, said("checkpoint.wrong_root", "payload.altered", **_ANOTHER)),
    "removed, the others renumbered": (
        _removed,
        said("checkpoint.wrong_root", "checkpoint.beyond", "payload.lost", **{**_ANOTHER, "known": "known.set_back"}),
    ),
    "reordered": (_reordered, said("checkpoint.wrong_root", **_ANOTHER)),
    "inserted in the past": (_inserted, said("checkpoint.wrong_root", "payload.missing", **_ANOTHER)),
}


@pytest.mark.parametrize("how", RETOLD)
def test_a_row_that_is_changed_with_all_that_follows_from_it_stops_everything(scene: Scene, how: str) -> None:
    """Hashes, chain, tiles, edge and heads fit one another again; only what was signed does not."""
    change, expected = RETOLD[how]
    retell(scene.log, change)
    assert scene.what_is_said() == expected


def test_telling_the_same_again_changes_nothing_before_the_first_heads(scene: Scene) -> None:
    """So that the findings above are those of the changes: the log is the same up to the heads, which draw a salt anew."""
    before = scene.log.one('SELECT array_agg(leaf ORDER BY "index") FROM ledger_entry WHERE "index" < 315')
    retell(scene.log, lambda events: events)
    assert scene.log.one('SELECT array_agg(leaf ORDER BY "index") FROM ledger_entry WHERE "index" < 315') == before


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE ledger_entry SET leaf = replace(leaf, '\"o\":17', '\"o\":16') WHERE index = 317",
        "DELETE FROM ledger_entry WHERE index = 317",
    ],
)
def test_what_is_sealed_and_not_signed_yet_is_not_signed_after_an_edit(scene: Scene, damage: str) -> None:
    aid = open_archive()
    for _ in range(3):
        append(aid, "segment.sealed", {}, at=MORNING)
    assert scene.log.seal() == 319
    scene.log.tamper(damage)
    assert refusal_of(scene.log.sign) is SignerRefusal
    assert not scene.log.audit().is_clean


def test_what_is_sealed_is_signed_if_nobody_edits_it(scene: Scene) -> None:
    aid = open_archive()
    for _ in range(3):
        append(aid, "segment.sealed", {}, at=MORNING)
    assert scene.log.seal() == 319
    assert scene.log.sign() == 319


def test_an_exchanged_tile_is_found_and_what_it_proves_does_not_hold(scene: Scene) -> None:
    """The tile holds the hash of entry 150, which proofs of the archive, that has no entry from 100 to 199, go through."""
    scene.log.tamper("UPDATE ledger_tile SET hashes = overlay(hashes placing sha256('') from 150 * 32 + 1)")
    assert scene.what_is_said() == said("tile.altered", archive="does not hold")


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE ledger_head SET leaf_hash = sha256('')",
        "UPDATE ledger_head SET sequence = sequence - 1",
        "DELETE FROM ledger_head",
    ],
)
def test_what_is_kept_of_last_entries_is_found_and_neither_breaks_a_chain_nor_stops_the_sealer(
    scene: Scene, damage: str
) -> None:
    """The entries say how an archive goes on: a chain that is once sealed and signed wrong could never be mended."""
    scene.log.tamper(damage)
    assert scene.log.audit().found.keys() == {"last_entry.altered"}
    scene.log.grow(scene.aid)
    assert "entry.out_of_chain" not in scene.log.audit().found
    assert scene.log.one("SELECT sequence FROM ledger_head WHERE aid = %s", scene.aid) == 211, (
        "and it is healed by that"
    )
