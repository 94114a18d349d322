"""What the database keeps of the ledger."""

import pytest

from jiangxue.kernel.ids import new_id
from jiangxue.ledger.models import (
    Checkpoint,
    Cosignature,
    Edge,
    Entry,
    HeadsPlace,
    InboxEntry,
    Tile,
    Witness,
    WitnessRule,
)
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories.logs import connected_as


@pytest.fixture
def writable(committed_database: str) -> None:
    """Let the application write to the log, so that it is the constraint that refuses and not a missing right."""
    with connected_as("TEST_ADMIN", committed_database) as admin:
        admin.execute(
            "GRANT INSERT ON ledger_entry, ledger_tile, ledger_edge, ledger_checkpoint, ledger_headsplace TO jiangxue_app"
        )


def test_a_commitment_is_a_whole_hash(db: None) -> None:
    with broken("ledger_commitment_is_a_hash"):
        InboxEntry.objects.create(eid=new_id(), aid=new_id(), kind="session.opened", at_ms=0, commitment=b"\0" * 31)


def _entry(**changes: object) -> dict[str, object]:
    found = {"index": 0, "aid": new_id(), "sequence": 1, "eid": new_id(), "leaf": "", "leaf_hash": b"\0" * 32}
    return {**found, **changes}


def test_two_entries_do_not_stand_at_one_place_of_an_archive(writable: None) -> None:
    aid = new_id()
    Entry.objects.create(**_entry(aid=aid))
    with broken("ledger_one_entry_at_a_place"):
        Entry.objects.create(**_entry(index=1, aid=aid))


def test_a_leaf_hash_is_a_whole_hash(writable: None) -> None:
    with broken("ledger_leaf_hash_is_a_hash"):
        Entry.objects.create(**_entry(leaf_hash=b"\0" * 31))


@pytest.mark.parametrize("place", [{"index": -1}, {"sequence": 0}])
def test_places_are_counted_from_the_first(writable: None, place: dict[str, int]) -> None:
    with broken("ledger_places_are_counted"):
        Entry.objects.create(**_entry(**place))


def test_only_full_tiles_are_kept(writable: None) -> None:
    with broken("ledger_tile_is_full"):
        Tile.objects.create(level=0, number_in_level=0, hashes=b"\0" * 8160)


def test_there_is_one_edge(writable: None) -> None:
    with broken("ledger_one_edge"):
        Edge.objects.create(id=2, hash_name="sha256", size=0, levels=[])


def test_a_signed_root_is_a_whole_hash(writable: None) -> None:
    with broken("ledger_root_is_a_hash"):
        Checkpoint.objects.create(size=1, root=b"", note="", at_ms=0)


def test_a_witness_signs_a_size_once(db: None) -> None:
    witness = Witness.objects.create(title="人社局", verifier_key="w+1+2", added_at=MORNING)
    Cosignature.objects.create(witness=witness, size=3, line="", signed_at=MORNING)
    with broken("ledger_one_cosignature_of_a_witness"):
        Cosignature.objects.create(witness=witness, size=3, line="", signed_at=MORNING)


def test_no_more_witnesses_are_demanded_than_a_note_can_hold(db: None) -> None:
    with broken("ledger_need_is_possible"):
        WitnessRule.objects.create(need=17, at=MORNING, reason="")


def test_an_archive_stands_once_among_heads(writable: None) -> None:
    aid = new_id()
    HeadsPlace.objects.create(heads=3, position=0, aid=aid, sequence=1)
    with broken("ledger_one_place_among_heads"):
        HeadsPlace.objects.create(heads=3, position=1, aid=aid, sequence=1)
