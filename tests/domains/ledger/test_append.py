"""Appending evidence: it commits to what it says, and stands or falls with the fact that it proves."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.db import ProgrammingError, transaction
from psycopg.conninfo import make_conninfo

from jiangxue.djangokit.sealed import key_ring
from jiangxue.kernel import crypto
from jiangxue.kernel.canonical import Value, canonical_json
from jiangxue.kernel.clock import to_ms
from jiangxue.kernel.ids import new_id
from jiangxue.ledger.errors import NoSuchArchive, NotEvidence
from jiangxue.ledger.models import InboxEntry, Payload, SubjectKey
from jiangxue.ledger.services import SALT_BYTES, append, open_archive
from tests.attacks.outsiders import scene_of
from tests.conftest import MORNING
from tests.factories.logs import MORNING_MS
from tests.worlds import Worlds


@contextmanager
def _as_admin(database: str) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """Read what the application cannot."""
    with psycopg.connect(make_conninfo(os.environ["JIANGXUE_TEST_ADMIN_URL"], dbname=database)) as connection:
        yield connection


def _opened(aid: UUID, eid: UUID) -> tuple[bytes, bytes]:
    """Return salt and data of a payload, as whoever holds the keys can read them."""
    sealed_key = bytes(SubjectKey.objects.get(pk=aid).sealed_key)
    ring = crypto.KeyRing({1: key_ring().open(sealed_key, f"subject_key:{aid}")}, 1)
    plain = ring.open(bytes(Payload.objects.get(pk=eid).ciphertext), f"payload:{eid}")
    return plain[:SALT_BYTES], plain[SALT_BYTES:]


@pytest.mark.clause("T8.2")
def test_an_entry_commits_to_exactly_what_was_appended(committed_database: str) -> None:
    aid = open_archive()
    eid = append(aid, "session.opened", {"lesson": 7, "title": "课节"}, at=MORNING)
    salt, data = _opened(aid, eid)
    assert data == canonical_json(
        {
            "aid": str(aid),
            "at_ms": to_ms(MORNING),
            "data": {"lesson": 7, "title": "课节"},
            "eid": str(eid),
            "kind": "session.opened",
        }
    )
    with _as_admin(committed_database) as connection:
        entries = connection.execute("SELECT eid, aid, kind, at_ms, commitment FROM ledger_inboxentry").fetchall()
    assert entries == [(eid, aid, "session.opened", to_ms(MORNING), crypto.commitment(salt, data))]


@pytest.mark.clause("T8.2")
def test_equal_events_have_unlike_commitments(committed_database: str) -> None:
    """The salt keeps an outsider from guessing what an entry says."""
    aid = open_archive()
    for _ in range(2):
        append(aid, "session.opened", {"lesson": 7}, at=MORNING)
    with _as_admin(committed_database) as connection:
        commitments = connection.execute("SELECT DISTINCT commitment FROM ledger_inboxentry").fetchall()
    assert len(commitments) == 2


@pytest.mark.clause("T8.2")
def test_a_fact_that_was_taken_back_leaves_no_evidence(committed_database: str) -> None:
    aid = open_archive()

    def change_ones_mind() -> None:
        with transaction.atomic():
            append(aid, "session.opened", {"lesson": 7}, at=MORNING)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        change_ones_mind()
    with _as_admin(committed_database) as connection:
        left = connection.execute(
            "SELECT (SELECT count(*) FROM ledger_inboxentry), (SELECT count(*) FROM ledger_payload)"
        ).fetchone()
    assert left == (0, 0)


def test_the_application_cannot_read_its_own_inbox(db: None) -> None:
    append(open_archive(), "session.opened", {}, at=MORNING)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        InboxEntry.objects.first()


def test_a_payload_cannot_be_read_without_its_own_archives_key(db: None) -> None:
    mine, other = open_archive(), open_archive()
    eid = append(mine, "session.opened", {"lesson": 7}, at=MORNING)
    with pytest.raises(crypto.NotGenuine):
        _opened(other, eid)


def test_a_payload_holds_nothing_readable(db: None) -> None:
    aid = open_archive()
    eid = append(aid, "session.opened", {"title": "低压电工安全"}, at=MORNING)
    assert "低压电工安全".encode() not in bytes(Payload.objects.get(pk=eid).ciphertext)


def test_nothing_is_appended_to_an_archive_that_does_not_exist(db: None) -> None:
    with pytest.raises(NoSuchArchive):
        append(new_id(), "session.opened", {}, at=MORNING)


def test_what_has_no_canonical_form_is_no_evidence(db: None) -> None:
    with pytest.raises(TypeError):
        append(open_archive(), "session.opened", {"minutes": 1.5}, at=MORNING)  # type: ignore[dict-item]


def test_two_archives_have_nothing_in_common(db: None) -> None:
    first, second = open_archive(), open_archive()
    assert first != second
    keys = [bytes(row.sealed_key) for row in SubjectKey.objects.all()]
    assert len(set(keys)) == 2


def test_the_time_of_an_entry_is_that_of_the_fact(db: None) -> None:
    aid = open_archive()
    eid = append(aid, "session.closed", {}, at=MORNING + timedelta(seconds=3))
    assert f'"at_ms":{to_ms(MORNING) + 3000}'.encode() in _opened(aid, eid)[1]


def _nested(levels: int) -> Value:
    value: Value = 1
    for _ in range(levels):
        value = [value]
    return value


NEVER_VERIFIED: dict[str, tuple[str, Value]] = {
    "a kind that no leaf holds": ("Segment.sealed", 1),
    "a kind that is too long": ("a" * 41, 1),
    "a number beyond 53 bits": ("segment.sealed", {"number": 2**53}),
    "more than 32 levels": ("segment.sealed", _nested(31)),
    "a name of which there are two orders": ("segment.sealed", {"课节": 1}),
    "more than a line holds": ("segment.sealed", "x" * 400 * 1024),
}


@pytest.mark.parametrize("what", NEVER_VERIFIED)
def test_what_no_verifier_could_verify_is_refused_before_it_comes_into_the_log(what: str, db: None) -> None:
    """Once sealed it would make the whole archive fail for ever; in quarantine it would be lost."""
    kind, said = NEVER_VERIFIED[what]
    aid = open_archive()
    with pytest.raises(NotEvidence):
        append(aid, kind, {"said": said}, at=MORNING)
    assert not Payload.objects.exists()


def test_what_is_just_within_the_bounds_is_verified(worlds: Worlds, tmp_path: Path) -> None:
    with scene_of(worlds, tmp_path) as scene:
        for said in (_nested(30), 2**53 - 1, -(2**53) + 1, '"' * 190 * 1024, "课节" * 60_000):
            append(scene.aid, "a" * 40, {"said": said}, at=MORNING)
        scene.log.seal()
        scene.log.heads(MORNING_MS + 1)
        scene.log.sign()
        assert scene.outside.ask() == "signed"
        assert scene.archive() == "holds"
