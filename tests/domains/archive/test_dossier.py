"""What an archive says is read from what is sealed, and leaves nothing out (clauses T8.1, T1.3)."""

import json

import pytest

from jiangxue.archive.queries.dossiers import records_and_dossier
from jiangxue.archive.rules.reading.whole import READERS
from jiangxue.djangokit.sealed import key_ring
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import DayTotal, LessonProgress, StudySession
from jiangxue.learning.rules.shapes import CONFIRMED
from jiangxue.ledger.errors import LogDamaged
from jiangxue.ledger.log.vouching import opened, ring_of_archive
from jiangxue.ledger.models import Payload, SubjectKey
from jiangxue.ledger.rules.erasure import ERASED
from jiangxue.ledger.services import append
from tests.domains.archive.conftest import Whole
from tests.factories.lives import life
from tests.factories.logs import Log
from tests.refusals import refusal_of

LAPSED = "case.lapsed"


@pytest.mark.clause("T8.1", "T1.3")
def test_every_kind_of_event_that_can_happen_is_found_in_the_archive(whole: Whole) -> None:
    lived, log = whole
    records, dossier = records_and_dossier(lived.room.enrolment.aid)
    assert {record.kind for record in records} == READERS.keys() - {ERASED, LAPSED, "promise.signed"}, (
        "these are in test_erasing.py, test_lapsing.py and enrolment/test_promises.py"
    )
    assert not dossier.unread
    assert dossier.waiting == len(records)
    log.seal()
    sealed, again = records_and_dossier(lived.room.enrolment.aid)
    assert [record.number for record in sealed] == list(range(1, len(sealed) + 1))
    assert not again.unread
    assert {each.session: each for each in again.sessions} == {each.session: each for each in dossier.sessions}
    assert again.described["learner"]["name"] == lived.room.learner.name


@pytest.mark.clause("T8.1", "T1.3")
def test_what_is_sealed_comes_to_the_same_as_what_the_pages_count(whole: Whole) -> None:
    lived, _ = whole
    _, dossier = records_and_dossier(lived.room.enrolment.aid)
    totals = {total.day: total for total in DayTotal.objects.filter(learner=lived.room.learner)}
    assert dossier.days.keys() == totals.keys()
    for day, parts in dossier.days.items():
        refused: dict[str, int] = {}
        for _, share in parts:
            for reason, ms in share.refused_ms.items():
                refused[reason.value] = refused.get(reason.value, 0) + ms
        assert sum(share.credited_ms for _, share in parts) == totals[day].credited_ms
        assert sum(share.confirmed_ms for _, share in parts) == totals[day].confirmed_ms
        assert sum(share.corrected_ms for _, share in parts) == totals[day].corrected_ms
        assert refused == {reason: ms for reason, ms in totals[day].refused_ms.items() if ms}
    confirmed = sum(stretch.ms for stretch in dossier.stretches if stretch.kind == CONFIRMED)
    assert confirmed == LessonProgress.objects.get(enrolment=lived.room.enrolment).confirmed_ms
    assert len(dossier.sessions) == StudySession.objects.filter(learner=lived.room.learner).count()


def test_what_this_program_does_not_understand_is_named_and_hides_nothing_else(db: None, clock: HandClock) -> None:
    lived = life(clock)
    lived.learn(answers=True)
    aid = lived.room.enrolment.aid
    _, before = records_and_dossier(aid)
    for kind in sorted(READERS):
        append(aid, kind, {"session": "no such"}, at=clock.now())
    append(aid, "of.another.program", {}, at=clock.now())
    records, after = records_and_dossier(aid)
    assert len(after.unread) == len(READERS) + 1
    assert (after.sessions, after.checks, after.described) == (before.sessions, before.checks, before.described)
    assert after.records == len(records)


@pytest.mark.clause("T8.2")
def test_a_content_that_is_not_the_one_that_was_sealed_is_not_read(log: Log, clock: HandClock) -> None:
    lived = life(clock)
    aid = lived.room.enrolment.aid
    log.seal()
    first, second, *_others = log.admin.execute(
        "SELECT eid FROM ledger_payload WHERE aid = %s ORDER BY eid", [aid]
    ).fetchall()
    log.tamper(
        f"UPDATE ledger_payload SET ciphertext = (SELECT ciphertext FROM ledger_payload WHERE eid = '{first[0]}') WHERE eid = '{second[0]}'"
    )
    assert refusal_of(lambda: records_and_dossier(aid)) is LogDamaged


@pytest.mark.clause("T8.2")
def test_a_content_sealed_anew_with_other_words_is_not_read(log: Log, clock: HandClock) -> None:
    """Who has the keys can seal other words for the same event: the entry commits to those that were there."""
    lived = life(clock)
    aid = lived.room.enrolment.aid
    log.seal()
    payload = Payload.objects.filter(aid=aid).order_by("eid")[0]
    ring = ring_of_archive(key_ring(), aid, bytes(SubjectKey.objects.get(pk=aid).sealed_key))
    salt, said = opened(ring, payload.eid, bytes(payload.ciphertext))
    event = json.loads(said)
    event["data"]["said_later"] = 1
    other = ring.seal(salt + json.dumps(event).encode(), f"payload:{payload.eid}")
    log.tamper(f"UPDATE ledger_payload SET ciphertext = '\\x{other.hex()}' WHERE eid = '{payload.eid}'")
    assert refusal_of(lambda: records_and_dossier(aid)) is LogDamaged
