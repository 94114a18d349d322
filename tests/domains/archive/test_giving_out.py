"""An archive that is given out is verified by a program that knows nothing of us."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from jiangxue.archive.errors import CannotBeGivenYet
from jiangxue.archive.services.giving import ask_for, give_out
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import PROGRAM
from jiangxue.enrolment.models import Enrolment
from jiangxue.kernel.clock import to_ms
from jiangxue.kernel.crypto import fingerprint
from jiangxue.ledger.log.daily import is_due
from jiangxue.ledger.models import HeadsWish, Witness, WitnessRule
from jiangxue.ledger.queries.readiness import readiness
from jiangxue.ledger.queries.state import trust_list
from jiangxue.ledger.services import Event, append, append_all
from jiangxue_verify.__main__ import main as verify
from tests.conftest import MORNING
from tests.factories.classes import classroom
from tests.factories.keys import only, rotated, two_keys
from tests.factories.logs import MORNING_MS, Log
from tests.factories.witnesses import countersign, witness
from tests.refusals import refusal_of

SECOND = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
SOON = MORNING + timedelta(minutes=1)


@pytest.fixture
def place(log: Log) -> Enrolment:
    """Return the place of a learner of whom 300 events are sealed beside those of others."""
    room = classroom(MORNING)
    for number in range(300):
        append(room.enrolment.aid, "segment.sealed", {"number": number, "title": "低压电工"}, at=MORNING)
        if number % 50 == 0:
            log.grow(events=3)
    log.seal()
    return room.enrolment


def _witnessed(log: Log) -> None:
    log.heads()
    log.sign()
    countersign(witness(), SOON)


def _verified(content: bytes, folder: Path, capsys: pytest.CaptureFixture[str]) -> dict:
    """Write what was given out to a folder, and return what the verifier says of it there."""
    (folder / "archive.zip").write_bytes(content)
    (folder / "trust.txt").write_text(trust_list() or "")
    status = verify([str(folder / "archive.zip"), "--trust", str(folder / "trust.txt"), "--json"])
    said = json.loads(capsys.readouterr().out)
    assert said["status"] == status
    return said


@pytest.mark.clause("T8.2")
@pytest.mark.clause("T1.3")
def test_what_is_given_out_is_verified_without_us(
    log: Log, place: Enrolment, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _witnessed(log)
    said = _verified(give_out(place, by=PROGRAM, now=SOON), tmp_path, capsys)
    assert said["status"] == 0, said["findings"]
    assert said["facts"]["entries"] == said["facts"]["complete_entries"] == 302
    assert said["facts"]["archive_id"] == str(place.aid)
    assert said["facts"]["cosigned"] == {"witness.example": to_ms(SOON) // 1000}


def test_what_is_given_out_after_the_sealing_key_was_rotated_is_verified_too(
    log: Log, place: Enrolment, settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only the archive's key is sealed anew; contents and commitments stay as they were, so no verifier can tell."""
    _witnessed(log)
    before = give_out(place, by=PROGRAM, now=SOON)
    ring = two_keys(settings, current=2)
    rotated("--fingerprint", fingerprint(ring.keys[2]))
    only(settings, 2)
    after = give_out(place, by=PROGRAM, now=SOON)
    assert after == before
    assert _verified(after, tmp_path, capsys)["status"] == 0


def test_older_witnessed_checkpoints_say_by_when_entries_were_there(
    log: Log, place: Enrolment, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log.sign()
    seen = witness()
    for day in range(1, 6):
        countersign(seen, MORNING + timedelta(days=day, hours=-2))
        append(place.aid, "segment.sealed", {}, at=MORNING + timedelta(days=day))
        log.grow(events=300)
        log.sign()
    log.heads(to_ms(MORNING + timedelta(days=6)))
    log.sign()
    countersign(seen, MORNING + timedelta(days=6))
    content = give_out(place, by=PROGRAM, now=MORNING)
    said = _verified(content, tmp_path, capsys)
    assert said["status"] == 0, said["findings"]
    assert content.count(b"witness.example") == 6
    assert not said["facts"]["late"]


def test_records_that_are_older_than_the_first_witness_are_verified_and_named_as_such(
    log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A platform begins to be witnessed one day; what was kept before had nobody outside to see it."""
    place = classroom(MORNING).enrolment
    append(place.aid, "segment.sealed", {}, at=MORNING - timedelta(days=40))
    log.seal()
    _witnessed(log)
    said = _verified(give_out(place, by=PROGRAM, now=SOON), tmp_path, capsys)
    assert said["status"] == 0, said["findings"]
    assert [late["number"] for late in said["facts"]["late"]] == [3]


def test_a_record_that_was_dated_back_long_after_the_first_witness_is_found(
    log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = classroom(MORNING).enrolment
    log.seal()
    _witnessed(log)
    later = MORNING + timedelta(days=20)
    append(place.aid, "segment.sealed", {}, at=MORNING + timedelta(days=1))
    log.seal()
    log.heads(to_ms(later))
    log.sign()
    countersign(Witness.objects.get(), later)
    said = _verified(give_out(place, by=PROGRAM, now=later), tmp_path, capsys)
    assert (said["status"], [each["code"] for each in said["findings"]]) == (1, ["times.entry-late"])


def test_an_archive_waits_for_as_many_witnesses_as_the_rule_demands(log: Log, place: Enrolment) -> None:
    def refusal() -> type[Exception] | None:
        return refusal_of(lambda: give_out(place, by=PROGRAM, now=SOON))

    log.heads()
    log.sign()
    assert refusal() is CannotBeGivenYet
    WitnessRule.objects.create(need=0, at=MORNING, reason="试运行")
    assert refusal() is None
    WitnessRule.objects.create(need=2, at=MORNING, reason="补贴班")
    countersign(witness(), SOON)
    assert refusal() is CannotBeGivenYet


def test_records_from_when_fewer_witnesses_were_demanded_are_still_verified(
    log: Log, place: Enrolment, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = witness(), witness("second.example", SECOND)
    log.heads()
    log.sign()
    countersign(first, SOON)
    later = MORNING + timedelta(days=30)
    WitnessRule.objects.create(need=2, at=later, reason="补贴班")
    log.heads(to_ms(later))
    log.sign()
    countersign(first, later)
    countersign(second, later + timedelta(minutes=2), SECOND)
    said = _verified(give_out(place, by=PROGRAM, now=later), tmp_path, capsys)
    assert said["status"] == 0, said["findings"]
    assert len(said["facts"]["cosigned"]) == 2


def test_a_long_time_with_too_few_witnesses_makes_no_archive_slow(log: Log, place: Enrolment) -> None:
    """Thousands of checkpoints that one witness saw alone, before two were demanded: it took minutes with 20,000 of them."""
    append_all([Event(place.aid, "segment.sealed", {}, MORNING)] * 3000)
    log.seal()
    first, second = witness(), witness("second.example", SECOND)
    log.tamper(
        "INSERT INTO ledger_cosignature (witness_id, size, line, signed_at)"
        f" SELECT {first.pk}, number, '', now() FROM generate_series(1, 3000) AS number"
    )
    WitnessRule.objects.create(need=2, at=MORNING, reason="")
    log.heads()
    log.sign()
    countersign(first, SOON)
    countersign(second, SOON, SECOND)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '1s'")
    assert give_out(place, by=PROGRAM, now=SOON)


def test_nothing_is_given_out_before_heads_show_it_to_be_complete(log: Log, place: Enrolment) -> None:
    log.sign()
    countersign(witness(), SOON)
    with pytest.raises(CannotBeGivenYet):
        give_out(place, by=PROGRAM, now=SOON)


def test_what_came_after_the_heads_is_there_and_said_not_to_be_known_complete(
    log: Log, place: Enrolment, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log.heads()
    append(place.aid, "segment.sealed", {}, at=MORNING)
    log.seal()
    log.sign()
    countersign(witness(), SOON)
    assert not readiness(place.aid).is_current
    said = _verified(give_out(place, by=PROGRAM, now=SOON), tmp_path, capsys)
    assert said["status"] == 0
    assert (said["facts"]["complete_entries"], said["facts"]["entries"]) == (302, 303)


def test_while_new_heads_wait_for_their_witness_the_old_ones_are_shown(log: Log, place: Enrolment) -> None:
    _witnessed(log)
    log.grow()
    log.heads(MORNING_MS + 1)
    log.sign()
    assert give_out(place, by=PROGRAM, now=SOON)


def test_whoever_asks_gets_heads_when_there_is_something_new_and_the_last_ones_are_witnessed(
    log: Log, place: Enrolment
) -> None:
    def due(now_ms: int) -> bool:
        return is_due(log.sealer.connection, now_ms, lambda at_ms: at_ms // 86_400_000, 1000)

    assert due(MORNING_MS), "the first heads are made by themselves"
    log.heads()
    log.sign()
    append(place.aid, "segment.sealed", {}, at=MORNING)
    log.seal()
    ask_for(place, by=PROGRAM, now=MORNING)
    assert not due(MORNING_MS + 5000), "the last ones are not witnessed"
    countersign(witness(), SOON)
    assert not due(MORNING_MS + 500)
    assert due(MORNING_MS + 5000)
    log.heads(MORNING_MS + 5000)
    assert not due(MORNING_MS + 50_000), "nobody waits any more"
    assert due(MORNING_MS + 86_400_000), "a new day"


def test_who_had_an_archive_stands_in_the_audit(log: Log, place: Enrolment) -> None:
    _witnessed(log)
    ask_for(place, by=PROGRAM, now=SOON)
    give_out(place, by=PROGRAM, now=SOON)
    kept = AuditEntry.objects.filter(action__startswith="archive.").order_by("pk")
    assert [(entry.action, entry.object_id) for entry in kept] == [
        ("archive.asked_for", str(place.pk)),
        ("archive.given_out", str(place.pk)),
    ]


def test_asking_again_and_again_fills_no_table(log: Log, place: Enrolment) -> None:
    for second in range(60):
        ask_for(place, by=PROGRAM, now=MORNING + timedelta(seconds=second / 4))
    assert HeadsWish.objects.count() == 3
