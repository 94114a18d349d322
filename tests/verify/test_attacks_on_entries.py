"""Attacks on entries, contents and order: whatever of them is changed after signing is found, and named."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from jiangxue_verify.hashing import HASHES
from tests.verify.builder import OWN, Log, Parts, canonical, entry_of, export, heads_of, salt, uuid
from tests.verify.notary import b64u
from tests.verify.world import (
    ANCHORS,
    ERASURE_PLACE,
    FIRST_HEADS,
    LEARNER,
    OTHER,
    SEEN,
    SIZE,
    World,
    changed_world,
    codes,
    judged,
    world,
)

Attack = Callable[[Parts, World], None]


def _edited_payload(parts: Parts, here: World) -> None:
    parts.entries[2]["data"] = parts.entries[2]["data"].replace('"minutes":5', '"minutes":50')


def _edited_leaf(parts: Parts, here: World) -> None:
    leaf = json.loads(parts.entries[2]["leaf"])
    parts.entries[2]["leaf"] = canonical({**leaf, "o": leaf["o"] + 1})


def _edited_with_its_commitment(parts: Parts, here: World) -> None:
    _edited_payload(parts, here)
    entry, hash_ = parts.entries[2], here.log.hash
    committed = hash_(b"\2" + here.log.of(LEARNER)[2].salt + entry["data"].encode())
    entry["leaf"] = canonical({**json.loads(entry["leaf"]), "c": b64u(committed)})


def _edited_with_all_that_follows(parts: Parts, here: World) -> None:
    """The chain is made anew to the end; only the signed root is against it."""
    _edited_with_its_commitment(parts, here)
    for before, entry in zip(parts.entries[2:], parts.entries[3:], strict=False):
        previous = b64u(here.log.hash(b"\0" + before["leaf"].encode()))
        entry["leaf"] = canonical({**json.loads(entry["leaf"]), "p": previous})
    last = json.loads(parts.entries[6]["leaf"])
    assert last["q"] == 7


def _other_salt(parts: Parts, here: World) -> None:
    parts.entries[2]["salt"] = b64u(salt("another"))


def _salts_exchanged(parts: Parts, here: World) -> None:
    parts.entries[1]["salt"], parts.entries[2]["salt"] = parts.entries[2]["salt"], parts.entries[1]["salt"]


def _first_dropped(parts: Parts, here: World) -> None:
    del parts.entries[0]


def _one_dropped(parts: Parts, here: World) -> None:
    del parts.entries[2]


def _one_dropped_and_proven_again(parts: Parts, here: World) -> None:
    del parts.entries[2]
    here.proven_again(parts)


def _two_exchanged(parts: Parts, here: World) -> None:
    parts.entries[1], parts.entries[2] = parts.entries[2], parts.entries[1]


def _two_exchanged_with_their_indexes(parts: Parts, here: World) -> None:
    _two_exchanged(parts, here)
    first, second = parts.entries[1], parts.entries[2]
    first["index"], second["index"] = second["index"], first["index"]


def _reversed(parts: Parts, here: World) -> None:
    parts.entries.reverse()


def _one_twice(parts: Parts, here: World) -> None:
    parts.entries.insert(2, dict(parts.entries[2]))


def _one_twice_at_the_end(parts: Parts, here: World) -> None:
    parts.entries.append({**parts.entries[-1], "index": SIZE - 2})


def _last_omitted_with_a_fresh_proof(parts: Parts, here: World) -> None:
    """All but the last before the daily heads: chain, tree and signatures are right."""
    del parts.entries[5:]
    here.proven_again(parts)


def _last_omitted_and_heads_say_so(parts: Parts, here: World) -> None:
    del parts.entries[5:]
    parts.heads["sequence"] = 5
    here.proven_again(parts)


def _entry_of_another_archive(parts: Parts, here: World) -> None:
    other = here.log.of(OTHER)[0]
    parts.entries.insert(2, entry_of(other))
    here.proven_again(parts)


def _content_of_another_entry(parts: Parts, here: World) -> None:
    """Content, salt and commitment of another event under this entry: the ledger has seen them, but not here."""
    entry, other = parts.entries[1], here.log.of(OTHER)[0]
    committed = json.loads(other.leaf)["c"]
    entry.update(data=other.payload, salt=b64u(other.salt))
    entry["leaf"] = canonical({**json.loads(entry["leaf"]), "c": committed})


def _relabelled(parts: Parts, here: World) -> None:
    for entry in parts.entries:
        entry["leaf"] = entry["leaf"].replace(LEARNER, uuid("somebody else"))
        entry["data"] = entry["data"].replace(LEARNER, uuid("somebody else"))


def _content_missing(parts: Parts, here: World) -> None:
    """Behind `archive.erased`, of which there is none later."""
    del parts.entries[6]["data"], parts.entries[6]["salt"]


def _erasure_itself_erased(parts: Parts, here: World) -> None:
    for entry in (parts.entries[1], parts.entries[ERASURE_PLACE]):
        del entry["data"], entry["salt"]


def _moved_in_the_log(parts: Parts, here: World) -> None:
    parts.entries[-1]["index"] -= 1


def _beside_the_log(parts: Parts, here: World) -> None:
    parts.entries[-1]["index"] = 2**40


def _at_the_place_of_heads(parts: Parts, here: World) -> None:
    parts.entries[-1]["index"] = parts.heads["index"]


_ATTACKS: dict[Attack, str] = {
    _edited_payload: "payloads.commitment",
    _edited_leaf: "chain.previous",
    _edited_with_its_commitment: "chain.previous",
    _edited_with_all_that_follows: "heads.path",
    _other_salt: "payloads.commitment",
    _salts_exchanged: "payloads.commitment",
    _first_dropped: "chain.number",
    _one_dropped: "chain.number",
    _one_dropped_and_proven_again: "chain.number",
    _two_exchanged: "chain.number",
    _two_exchanged_with_their_indexes: "chain.number",
    _reversed: "chain.number",
    _one_twice: "chain.twice",
    _one_twice_at_the_end: "chain.twice",
    _last_omitted_with_a_fresh_proof: "heads.left-out",
    _last_omitted_and_heads_say_so: "heads.path",
    _entry_of_another_archive: "chain.other-archive",
    _content_of_another_entry: "payloads.differs",
    _relabelled: "tree.root",
    _content_missing: "payloads.missing",
    _erasure_itself_erased: "payloads.missing",
    _moved_in_the_log: "tree.",
    _beside_the_log: "tree.proof",
    _at_the_place_of_heads: "tree.index-twice",
}


@pytest.mark.parametrize("hash_id", HASHES)
@pytest.mark.parametrize("attack", _ATTACKS, ids=lambda attack: attack.__name__)
def test_changed_entries_are_found(attack: Attack, hash_id: str) -> None:
    parts = world(hash_id).parts()
    attack(parts, world(hash_id))
    judgement = judged(parts.packed())
    assert judgement.status == 1
    assert any(code.startswith(_ATTACKS[attack]) for code in codes(judgement))


def test_the_wrong_record_is_named() -> None:
    parts = world().parts()
    _edited_payload(parts, world())
    assert [(finding.code, finding.values) for finding in judged(parts.packed()).findings] == [
        ("payloads.commitment", {"number": 3})
    ]


def test_what_was_omitted_is_counted() -> None:
    parts = world().parts()
    _last_omitted_with_a_fresh_proof(parts, world())
    assert [finding.values for finding in judged(parts.packed()).findings] == [{"shown": 5, "counted": 7}]


def _dishonest(kind: str, **changed: object) -> World:
    """Return a ledger whose operator wrote one wrong leaf and signed everything."""

    def change(log: Log, index: int) -> bool:
        if index != 4:
            return False
        payload = {"aid": LEARNER, "at_ms": 1_795_489_200_000, "data": {}, "eid": uuid("wrong"), "kind": kind}
        log.records.append(log.made(LEARNER, payload, salt("wrong"), **changed))
        return True

    return changed_world(change)


_WRONG_LEAVES = [
    ({"q": 4}, "chain.number"),
    ({"p": b64u(bytes(32))}, "chain.previous"),
    ({"h": "sm3"}, "chain.other-hash"),
    ({"a": OTHER}, "chain.other-archive"),
    ({"e": uuid("0 session.opened")}, "payloads.differs"),
    ({"k": "check.passed"}, "payloads.differs"),
    ({"o": 1_795_489_200_001}, "payloads.differs"),
    ({"v": 2}, "form.entry"),
    ({"v": True}, "form.entry"),
    ({"q": 0}, "form.entry"),
    ({"o": -1}, "form.entry"),
    ({"o": "1"}, "form.entry"),
    ({"h": "md5"}, "form.entry"),
    ({"k": ""}, "form.entry"),
    ({"k": "a" * 41}, "form.entry"),
    ({"k": "Segment"}, "form.entry"),
    ({"a": LEARNER.upper()}, "form.entry"),
    ({"e": LEARNER.replace("-", "")}, "form.entry"),
    ({"c": b64u(bytes(31))}, "form.entry"),
    ({"c": b64u(bytes(32)) + "="}, "form.entry"),
    ({"c": b64u(b"\xff" * 32).replace("_", "/")}, "form.entry"),
    ({"p": b64u(bytes(32))[:-1] + "B"}, "form.entry"),
    ({"x": 1}, "form.entry"),
    ({"k": "a" * 2000}, "form.entry"),
]


@pytest.mark.parametrize(("changed", "code"), _WRONG_LEAVES)
def test_a_wrong_leaf_is_found_although_the_log_has_signed_it(changed: dict[str, object], code: str) -> None:
    assert _dishonest("segment.sealed").parts()
    judgement = judged(_dishonest("segment.sealed", **changed).parts().packed())
    assert judgement.status == 1
    assert code in codes(judgement)


def test_that_operator_with_a_right_leaf_is_honest() -> None:
    assert judged(_dishonest("segment.sealed").parts().packed()).status == 0


def test_entries_that_the_log_holds_in_another_order_are_found_although_it_has_signed_them() -> None:
    """Numbers and chain are right, and the second entry was appended after the third, which was so seen before it happened."""
    records = list(world().log.records)
    records[2], records[4] = replace(records[4], index=2), replace(records[2], index=4)
    parts = World(Log(records=records)).parts()
    parts.entries.sort(key=lambda entry: json.loads(entry["leaf"])["q"])
    judgement = judged(parts.packed())
    assert codes(judgement) == ["chain.index", "times.entry-future"]
    assert judgement.findings[0].values == {"number": 3}


def test_the_ledgers_own_archive_is_no_archive_of_a_learner() -> None:
    parts = world().parts()
    parts.entries = [entry_of(record) for record in world().log.of(OWN)[:1]]
    judgement = judged(world().proven_again(parts).packed())
    assert judgement.status == 1
    assert "chain.own-archive" in codes(judgement)


def test_an_archive_with_heads_of_an_older_day_and_entries_as_of_that_day_says_so() -> None:
    """No attack can be told from an old export; but the day up to which it is complete is the older one."""
    here = world()
    parts = export(here.log, LEARNER, here.log.records[FIRST_HEADS], (SIZE, SEEN), ANCHORS)
    del parts.entries[4:]
    archive = judged(here.proven_again(parts).packed()).good_archive
    assert archive.heads.leaf.happened_ms == json.loads(here.log.records[FIRST_HEADS].payload)["at_ms"]
    parts.heads = heads_of(here.log, here.heads, LEARNER)
    assert codes(judged(here.proven_again(parts).packed())) == ["heads.left-out"]
