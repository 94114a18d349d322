"""Attacks on daily heads, by which nothing is left out, and on times."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from jiangxue_verify.archive import Question, judge
from tests.verify import naive
from tests.verify.builder import OWN, Log, Parts, entry_of, export, heads_of, salt, uuid
from tests.verify.notary import NOTARY, REGULATOR, b64u
from tests.verify.world import (
    ANCHORS,
    COURSE,
    FIRST_HEADS,
    HEADS,
    LEARNER,
    OTHER,
    SIZE,
    World,
    append,
    at_s,
    changed_world,
    codes,
    judged,
    trust,
    world,
)

Attack = Callable[[Parts, World], None]


def _heads_of_an_older_day(parts: Parts, here: World) -> None:
    """Older heads that count fewer, with the newest number of entries."""
    parts.heads = {**heads_of(here.log, here.log.records[FIRST_HEADS], LEARNER), "sequence": 7}
    here.proven_again(parts)


def _heads_forged(parts: Parts, here: World) -> None:
    """Heads that count five, with content, salt and leaf of their own."""
    root = here.log.hash(b"\0" + bytes(16))
    payload = {**json.loads(parts.heads["data"]), "data": {"archives": 1, "root": b64u(root)}}
    forged = here.log.made(payload["aid"], payload, salt("forged"))
    parts.heads.update(entry_of(forged), index=parts.heads["index"], path=[], position=0)


def _heads_content_forged(parts: Parts, here: World) -> None:
    parts.heads["data"] = parts.heads["data"].replace('"archives":3', '"archives":4')


def _heads_of_another_archive(parts: Parts, here: World) -> None:
    parts.heads = heads_of(here.log, here.heads, OTHER)


def _heads_path_of_another_archive(parts: Parts, here: World) -> None:
    parts.heads["path"] = heads_of(here.log, here.heads, COURSE)["path"]


def _heads_at_another_position(parts: Parts, here: World) -> None:
    parts.heads["position"] = (parts.heads["position"] + 1) % 3


def _a_learners_entry_for_heads(parts: Parts, here: World) -> None:
    parts.heads.update(entry_of(here.log.of(OTHER)[-1]))
    here.proven_again(parts)


def _heads_moved(parts: Parts, here: World) -> None:
    parts.heads["index"] = SIZE - 2


def _heads_count_more(parts: Parts, here: World) -> None:
    parts.heads["sequence"] = 8


_HEADS: dict[Attack, str] = {
    _heads_of_an_older_day: "heads.left-out",
    _heads_forged: "heads.path",
    _heads_content_forged: "heads.commitment",
    _heads_of_another_archive: "heads.left-out",
    _heads_path_of_another_archive: "heads.path",
    _heads_at_another_position: "heads.path",
    _a_learners_entry_for_heads: "heads.other-entry",
    _heads_moved: "tree.root",
    _heads_count_more: "heads.left-out",
}


@pytest.mark.parametrize("attack", _HEADS, ids=lambda attack: attack.__name__)
def test_heads_that_are_not_those_of_the_archive_are_found(attack: Attack) -> None:
    parts = world().parts()
    attack(parts, world())
    judgement = judged(parts.packed())
    assert judgement.status == 1
    assert _HEADS[attack] in codes(judgement)


def _heads_written(aid: str, kind: str, **changed: Any) -> World:
    """Return a ledger whose operator wrote and signed a right tree of heads in a wrong entry."""

    def change(log: Log, index: int) -> bool:
        if index == HEADS:
            tree = naive.mth(log.hash, list(log.heads_leaves(index).values()))
            data = {"archives": 3, "root": b64u(tree)}
            payload = {"aid": aid, "at_ms": at_s(41) * 1000, "data": data, "eid": uuid("heads"), "kind": kind}
            log.records.append(log.made(aid, payload, salt("heads"), **changed))
        return index == HEADS

    return changed_world(change)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (_heads_written(OWN, "heads"), []),
        (_heads_written(COURSE, "heads"), ["heads.other-entry"]),
        (_heads_written(OWN, "key"), ["heads.other-entry"]),
        (_heads_written(OWN, "heads", h="sm3"), ["heads.other-entry", "heads.commitment", "tree.root"]),
        (_heads_written(OWN, "heads", k="head"), ["heads.other-entry", "heads.differs"]),
    ],
    ids=["honest", "in another archive", "of another kind", "of another log", "said to be something else"],
)
def test_an_entry_that_is_none_of_daily_heads_is_refused_although_the_log_has_signed_it(
    written: World, found: list[str]
) -> None:
    assert codes(judged(written.parts().packed())) == found


def _event_at(hours: float) -> World:
    def change(log: Log, index: int) -> bool:
        if index == 11:
            append(log, hours, LEARNER, "segment.sealed")
        return index == 11

    return changed_world(change)


def test_an_event_from_the_future_is_found() -> None:
    """Entry 7 was seen at hour 41.1: two minutes of difference between clocks are forgiven, more is not."""
    judgement = judged(_event_at(41.1 + 2.1 / 60).parts().packed())
    assert codes(judgement) == ["times.entry-future"]
    assert judged(_event_at(41.1 + 2 / 60).parts().packed()).status == 0


def test_an_event_that_was_dated_back_is_found() -> None:
    judgement = judged(_event_at(41.1 - 7 * 24 - 0.1).parts().packed())
    assert (judgement.status, codes(judgement)) == (1, ["times.entry-late"])
    assert judgement.findings[0].values["number"] == 7
    assert judged(_event_at(41.1 - 7 * 24).parts().packed()).status == 0
    assert judged(_event_at(41.1 - 7 * 24 - 0.1).parts().packed(), late_days=8).status == 0
    assert judged(_event_at(41.1 - 2 * 24 - 0.1).parts().packed(), late_days=2).status == 1


def test_what_is_older_than_the_first_witness_must_have_been_seen_soon_after_it_came() -> None:
    """A log may be older than its witnesses; but its past does not go on growing."""
    old = _event_at(-60 * 24).parts().packed()
    assert codes(judged(old)) == ["times.entry-late"]
    assert judge(old, Question(replace(trust(), since_ms=at_s(0) * 1000))).status == 0
    assert codes(judge(old, Question(replace(trust(), since_ms=at_s(41.1 - 7 * 24 - 0.1) * 1000)))) == [
        "times.entry-late"
    ]


def test_one_witness_alone_makes_nothing_early_where_two_are_needed() -> None:
    """A witness in league with the operator signs back; the other one saw it a fortnight later."""
    here = world()
    late_s = at_s(24 * 7 + 42)
    anchors = [(4, [(NOTARY, at_s(1.1))]), (8, [(NOTARY, at_s(17.1))]), (13, [(NOTARY, at_s(41.1))])]
    seen = [(NOTARY, at_s(60)), (REGULATOR, late_s)]
    content = export(here.log, LEARNER, here.heads, (SIZE, seen), anchors).packed()
    assert set(codes(judged(content))) == {"times.entry-late", "times.heads-late"}
    assert judge(content, Question(trust(need=1))).status == 0


def test_leaving_anchors_out_makes_entries_later_and_never_earlier() -> None:
    here = world()
    late = [(REGULATOR, at_s(24 * 7 + 30)), (NOTARY, at_s(24 * 7 + 30))]
    judgement = judged(export(here.log, LEARNER, here.heads, (SIZE, late), ()).packed())
    assert set(codes(judgement)) == {"times.entry-late"}
    assert judged(export(here.log, LEARNER, here.heads, (SIZE, late), ANCHORS).packed()).status == 0


def test_heads_that_claim_a_later_day_than_they_were_seen_on_are_found() -> None:
    def change(log: Log, index: int) -> bool:
        if index == HEADS:
            log.append_heads(at_s(60) * 1000)
        return index == HEADS

    assert codes(judged(changed_world(change).parts().packed())) == ["times.heads-future"]


def test_heads_under_the_event_id_of_a_record_are_refused_although_the_log_has_signed_them() -> None:
    def change(log: Log, index: int) -> bool:
        if index == HEADS:
            log.append_heads(at_s(41) * 1000)
            heads = log.records.pop()
            payload = {**json.loads(heads.payload), "eid": json.loads(log.of(LEARNER)[0].payload)["eid"]}
            log.records.append(log.made(OWN, payload, heads.salt))
        return index == HEADS

    judgement = judged(changed_world(change).parts().packed())
    assert (judgement.status, codes(judgement)) == (1, ["heads.other-entry"])


def test_two_archives_of_one_learner_hold_under_heads_that_hold_an_archive_twice() -> None:
    """An honest limit: the operator signs, in time, heads with an archive at two places; only who has all leaves can tell."""
    log = Log()
    for hours in range(5):
        append(log, hours, LEARNER, "segment.sealed")
    seen = [(REGULATOR, at_s(6.1)), (NOTARY, at_s(6.1))]
    entries = log.of(LEARNER)
    leaves = [UUID(LEARNER).bytes + last.number.to_bytes(8, "big") + last.hash for last in (entries[2], entries[4])]
    heads = log.append(OWN, "heads", at_s(6) * 1000, {"archives": 2, "root": b64u(naive.mth(log.hash, leaves))})
    for position, count in enumerate((3, 5)):
        path = [b64u(one) for one in naive.path(log.hash, position, leaves)]
        parts = Parts(
            log.note(6, seen),
            [entry_of(record) for record in entries[:count]],
            {**entry_of(heads), "path": path, "position": position, "sequence": count},
            [],
            log.multiproof([heads.index, *range(count)], 6),
        )
        assert judged(parts.packed()).status == 0
