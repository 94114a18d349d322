"""An archive is kept five years, and then forgotten: everything of it goes, and every other proof still holds (clauses T8.1, M2)."""

import json
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from jiangxue.accounts.models import Account, Identity, Membership
from jiangxue.archive.models import RetentionRun
from jiangxue.archive.queries.dossiers import records_and_dossier
from jiangxue.archive.services import erasing
from jiangxue.archive.services.erasing import go_on_erasing
from jiangxue.archive.services.giving import give_out
from jiangxue.audit.services import PROGRAM
from jiangxue.djangokit.sealed import key_ring
from jiangxue.enrolment.queries import place_and_class
from jiangxue.enrolment.services import enrol
from jiangxue.facecheck.models import FaceAttempt, FaceTemplate
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.ledger.errors import NotErasedYet
from jiangxue.ledger.models import Payload, SubjectKey
from jiangxue.ledger.queries.state import trust_list
from jiangxue.ledger.services.forgetting import announce_erasure, forget
from jiangxue_verify.__main__ import main as verify
from tests.conftest import MORNING
from tests.domains.archive.conftest import Whole
from tests.domains.archive.long_ago import LONG_AGO, confirmed_run, erase, prove
from tests.factories.facing import enrolled
from tests.factories.lives import Life, life
from tests.factories.logs import Log
from tests.factories.witnesses import countersign, witness
from tests.refusals import refusal_of


@pytest.fixture
def clock(clock: HandClock) -> HandClock:
    clock.at = LONG_AGO
    return clock


WHOLE = (
    *("learning_segment", "learning_beat", "learning_verdict", "learning_appealstep", "learning_facereviewstep"),
    *("learning_identitystatement", "learning_identityreview", "facecheck_faceattempt", "facecheck_facepicture"),
    *("archive_freezeend", "supervision_casestep", "supervision_casepicture", "rating_ratingchange", "screening_hit"),
    *("attendance_attendancereview", "supervision_drawnword", "supervision_withdrawnproof"),
)
"""Tables that hold nothing of anybody else in these tests."""


def rows_of(lived: Life) -> dict[str, int]:
    """Count what is left of a person in every table that names them, their places or their sessions."""
    place, person = lived.room.enrolment.pk, lived.room.learner.pk
    questions = {
        **{
            f"learning_{table}": f"SELECT count(*) FROM learning_{table} WHERE learner_id = {person}"
            for table in ("studysession", "check", "appeal", "correction", "daytotal")
        },
        **{
            table: f"SELECT count(*) FROM {table} WHERE enrolment_id = {place}"
            for table in (
                "learning_lessonprogress",
                "assessment_attempt",
                "rating_courserating",
                "archive_settledplace",
                "archive_freeze",
                *("supervision_case", "supervision_drawn", "supervision_hoursproof"),
                *("attendance_attendancemark", "attendance_attendancestatement", "attendance_attendanceobjection"),
            )
        },
        "accounts_identity": f"SELECT count(*) FROM accounts_identity WHERE account_id = {person}",
        "accounts_identityverification": f"SELECT count(*) FROM accounts_identityverification WHERE account_id = {person}",
        **{table: f"SELECT count(*) FROM {table}" for table in WHOLE},
    }
    counts = {}
    with connection.cursor() as cursor:
        for table, question in questions.items():
            cursor.execute(question)
            counts[table] = cursor.fetchone()[0]
    return counts


@pytest.mark.clause("T8.1", "M2")
def test_after_its_term_everything_of_an_archive_goes_and_the_log_stays_whole(
    whole: Whole, clock: HandClock, tmp_path: Path
) -> None:
    lived, log = whole
    aid = lived.room.enrolment.aid
    clock.at = MORNING
    other = life(clock)
    prove(log)
    before = rows_of(lived)
    assert all(before.values()), before
    key = bytes(SubjectKey.objects.get(pk=aid).sealed_key)
    erase(log, clock)
    assert not any(rows_of(lived).values()), rows_of(lived)
    assert Payload.objects.filter(aid=aid).count() == 1
    assert bytes(SubjectKey.objects.get(pk=aid).sealed_key) != key
    gone = Account.objects.get(pk=lived.room.learner.pk)
    assert (gone.name, gone.is_active, gone.has_usable_password()) == ("", False, False)
    assert not Identity.objects.filter(account=gone).exists()
    records, dossier = records_and_dossier(aid)
    assert [record.data is None for record in records] == [True] * (len(records) - 1) + [False]
    assert dossier.erased is not None
    assert (dossier.sessions, dossier.descriptions) == ((), ())
    assert log.audit(ring=key_ring()).is_clean
    assert RetentionRun.objects.get().finished_at is not None
    assert records_and_dossier(other.room.enrolment.aid)[1].described


@pytest.mark.clause("T8.2", "M2")
def test_what_is_left_of_it_and_every_other_archive_is_still_verified_by_outsiders(
    whole: Whole, clock: HandClock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lived, log = whole
    clock.at = MORNING
    other = life(clock)
    prove(log)
    erase(log, clock)
    log.heads()
    log.sign()
    countersign(witness(), MORNING)
    (tmp_path / "trust.txt").write_text(trust_list() or "")
    for of, says in ((lived, "依法删除，自"), (other, f"{other.room.learner.name}，证件号码 44")):
        place, _ = place_and_class(of.room.enrolment.pk)
        (tmp_path / "archive.zip").write_bytes(give_out(place, by=PROGRAM, now=clock.now()))
        status = verify([str(tmp_path / "archive.zip"), "--trust", str(tmp_path / "trust.txt")])
        said = capsys.readouterr().out
        assert status == 0, said
        assert says in said
    assert "尚未结算" in said


@pytest.mark.clause("T8.2")
def test_before_that_outsiders_are_shown_what_the_dossier_says(
    whole: Whole, clock: HandClock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lived, log = whole
    clock.at = MORNING
    prove(log)
    countersign(witness(), MORNING)
    place, _ = place_and_class(lived.room.enrolment.pk)
    (tmp_path / "trust.txt").write_text(trust_list() or "")
    (tmp_path / "archive.zip").write_bytes(give_out(place, by=PROGRAM, now=clock.now()))
    assert verify([str(tmp_path / "archive.zip"), "--trust", str(tmp_path / "trust.txt"), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)["shown"]
    dossier = records_and_dossier(lived.room.enrolment.aid)[1]
    said, last = dossier.described, dossier.settlements[-1].values
    described = (shown["described"][name] for name in ("name", "masked_number", "class_code", "course", "version"))
    assert tuple(described) == (
        said["learner"]["name"],
        said["learner"]["masked_number"],
        said["class"]["code"],
        said["course"]["title"],
        said["course"]["serial"],
    )
    assert {name: shown["settled"][name] for name in ("online", "live", "practice")} == last["hours"]
    assert (shown["settled"]["ordinal"], shown["settled"]["again"]) == (2, True)
    assert shown["settled"]["confirmed_ms"] == last["time"]["confirmed_ms"]
    assert shown["settled"]["corrected_ms"] == last["time"]["corrected_ms"] > 0
    assert shown["sessions"] == len(dossier.sessions)
    outcomes = [check.outcome for check in dossier.checks]
    assert shown["checks_passed"] == outcomes.count("passed") > 0
    assert shown["checks_missed"] == outcomes.count("missed") > 0
    assert shown["erased"] is None


@pytest.mark.clause("T8.1", "T8.2")
@pytest.mark.parametrize(
    "function", ["learning_erase", "learning_erase_time", "assessment_erase", "rating_erase", "archive_erase"]
)
def test_the_database_itself_refuses_to_erase_what_the_log_does_not_call_erased(
    whole: Whole, clock: HandClock, function: str
) -> None:
    lived, log = whole
    prove(log)
    before = rows_of(lived)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [lived.room.enrolment.pk])
    assert rows_of(lived) == before


@pytest.mark.clause("T8.1", "T8.2")
def test_whoever_announces_an_erasure_too_early_destroys_nothing_and_is_found_out(log: Log, clock: HandClock) -> None:
    """An operator who wants inconvenient records gone can have the ledger told so, and no more."""
    clock.at = MORNING
    lived = life(clock)
    aid = lived.room.enrolment.aid
    clock.advance(1000)
    announce_erasure(aid, {"because": "term", "due_on": "2026-11-24", "years": 5, "run": 1}, at=clock.now())
    prove(log)
    kept = Payload.objects.filter(aid=aid).count()
    assert refusal_of(lambda: forget(aid)) is NotErasedYet
    with pytest.raises(ProgrammingError, match="is not erased"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT learning_erase(%s)", [lived.room.enrolment.pk])
    with pytest.raises(ProgrammingError, match="after its term"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT ledger_forget(%s, '', %s, '')", [aid, aid])
    assert Payload.objects.filter(aid=aid).count() == kept
    assert log.audit().found == {"erased.early": 1}


@pytest.mark.clause("T8.2")
def test_contents_that_vanish_without_an_erasure_are_still_missed(log: Log, clock: HandClock) -> None:
    lived = life(clock)
    prove(log)
    log.tamper(f"DELETE FROM ledger_payload WHERE aid = '{lived.room.enrolment.aid}'")
    assert "payload.missing" in log.audit().found


@pytest.mark.clause("M2")
def test_the_signer_remembers_who_was_erased_outside_the_database(log: Log, clock: HandClock) -> None:
    lived = life(clock)
    clock.at = MORNING
    prove(log)
    erase(log, clock)
    assert log.signer.memory.erased() == {lived.room.enrolment.aid}
    assert (log.signer.memory.folder / "erased").read_text() == f"{lived.room.enrolment.aid}\n"


@pytest.mark.clause("M2")
def test_who_still_learns_elsewhere_keeps_the_account_and_that_archive(log: Log, clock: HandClock) -> None:
    lived = life(clock)
    clock.at = MORNING
    newer = life(clock)
    enrol(class_id=newer.room.training_class.pk, learner_id=lived.room.learner.pk, now=clock.now())
    prove(log)
    erase(log, clock)
    kept = Account.objects.get(pk=lived.room.learner.pk)
    assert (kept.name, kept.is_active) == (lived.room.learner.name, True)
    with (
        pytest.raises(ProgrammingError, match="still have contents"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT accounts_erase(%s)", [kept.pk])


@pytest.mark.clause("T3.3", "M2")
def test_who_teaches_keeps_the_account_and_not_the_face(log: Log, clock: HandClock) -> None:
    """The class was never settled: the template goes with the last archive at the latest."""
    lived = life(clock)
    learner = lived.room.learner
    enrolled(learner, clock.now(), archives=[lived.room.enrolment.aid])
    Membership.objects.create(account=learner, role=Role.TEACHER, organisation=lived.room.institution)
    clock.at = MORNING
    prove(log)
    erase(log, clock)
    assert Account.objects.get(pk=learner.pk).is_active
    assert not FaceTemplate.objects.exists()
    assert not FaceAttempt.objects.exists()


@pytest.mark.clause("T8.1")
def test_a_worker_that_dies_between_the_steps_loses_nothing(
    whole: Whole, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived, log = whole
    clock.at = MORNING
    prove(log)
    confirmed_run(log, clock)
    go_on_erasing(clock=clock)
    prove(log)
    before = rows_of(lived)
    for step in ("erase_attempts", "erase_rating", "forget", "erase_account"):
        with monkeypatch.context() as broken:
            broken.setattr(erasing, step, lambda *args, **named: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                go_on_erasing(clock=clock)
        assert rows_of(lived) == before, step
    assert go_on_erasing(clock=clock) == 1
    assert go_on_erasing(clock=clock) == 0
    assert log.audit(ring=key_ring()).is_clean


@pytest.mark.clause("T8.1", "T8.2")
def test_the_owner_of_the_database_removes_no_row_of_an_archive_that_is_not_erased(
    whole: Whole, clock: HandClock, committed_database: str
) -> None:
    _, log = whole
    prove(log)
    log.admin.execute("SET ROLE jiangxue_owner")
    try:
        for table in (
            *("learning_verdict", "learning_segment", "learning_beat", "learning_check", "assessment_attempt"),
            *("learning_facereviewstep", "learning_identityreview", "learning_identitystatement"),
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                log.admin.execute(f"DELETE FROM {table}")
    finally:
        log.admin.execute("RESET ROLE")
