"""Honest archives hold: the twins of all attacks."""

import pytest

from jiangxue_verify.archive import Question, judge
from jiangxue_verify.container import pieces
from jiangxue_verify.facts import facts_of
from jiangxue_verify.hashing import HASHES
from tests.verify.builder import export
from tests.verify.notary import NOTARY, REGULATOR
from tests.verify.world import (
    ANCHORS,
    COURSE,
    FIRST_HEADS,
    LEARNER,
    OTHER,
    SEEN,
    SIZE,
    at_s,
    codes,
    judged,
    trust,
    world,
)


@pytest.mark.parametrize("hash_id", HASHES)
@pytest.mark.parametrize("aid", [LEARNER, OTHER, COURSE])
def test_every_archive_of_an_honest_ledger_holds(hash_id: str, aid: str) -> None:
    here = world(hash_id)
    judgement = judged(export(here.log, aid, here.heads, (SIZE, SEEN), ANCHORS).packed())
    assert (judgement.status, codes(judgement)) == (0, [])
    assert list(judgement.made) == ["form", "chain", "payloads", "heads", "signatures", "tree", "times"]


def test_an_archive_says_what_it_proves() -> None:
    archive = judged(world().parts().packed()).good_archive
    assert archive is not None
    facts = facts_of(archive)
    assert (facts.archive_id, facts.entries, facts.log_size, facts.hash_id) == (LEARNER, 8, SIZE, "sha256")
    assert (facts.complete_until_ms, facts.complete_entries, facts.stale_days) == (at_s(41) * 1000, 7, 0)
    assert facts.cosigned == {REGULATOR.name: at_s(48.1), NOTARY.name: at_s(48.2)}
    assert (facts.first_seen.name, facts.first_seen.time_ms) == (REGULATOR.name, at_s(1.1) * 1000)
    assert facts.late == ()


def test_contents_may_be_missing_where_their_erasure_is_on_record() -> None:
    parts = world().parts()
    for entry in parts.entries[:5]:
        del entry["data"], entry["salt"]
    judgement = judged(parts.packed())
    assert judgement.status == 0
    assert facts_of(judgement.good_archive).erased == 5


def test_older_daily_heads_prove_completeness_up_to_their_day_and_that_is_said() -> None:
    here = world()
    archive = judged(
        export(here.log, LEARNER, here.log.records[FIRST_HEADS], (SIZE, SEEN), ANCHORS).packed()
    ).good_archive
    facts = facts_of(archive)
    assert (facts.complete_until_ms, facts.complete_entries) == (at_s(17) * 1000, 4)
    late = [(REGULATOR, at_s(80)), (NOTARY, at_s(90))]
    archive = judged(
        export(here.log, LEARNER, here.log.records[FIRST_HEADS], (SIZE, late), ANCHORS).packed()
    ).good_archive
    assert facts_of(archive).stale_days == 2


def test_entries_seen_after_more_than_a_day_are_named_and_hold() -> None:
    here = world()
    archive = judged(export(here.log, LEARNER, here.heads, (SIZE, SEEN), ANCHORS[2:]).packed()).good_archive
    assert [late.number for late in facts_of(archive).late] == [1, 2, 3, 4]


def test_without_witnesses_an_archive_holds_for_who_needs_none_and_proves_no_time() -> None:
    here = world()
    content = export(here.log, LEARNER, here.heads, (SIZE, ()), ()).packed()
    assert judge(content, Question(trust(need=2))).status == 1
    judgement = judge(content, Question(trust(need=0)))
    assert judgement.status == 0
    assert facts_of(judgement.good_archive).first_seen is None


def test_the_container_is_the_one_that_zipfile_writes() -> None:
    parts = world().parts()
    assert b"".join(pieces(parts.members())) == parts.packed()
