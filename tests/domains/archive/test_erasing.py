"""An archive is kept five years, and then forgotten: everything of it goes, and every other proof still holds (clauses T8.1, M2)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import InternalError, ProgrammingError

from jiangxue.accounts.models import Account, Identity
from jiangxue.archive.errors import (
    AlreadyHeld,
    NotAReason,
    NothingDue,
    NotTheRole,
    RunMovedOn,
    RunUnderWay,
    SameAdministrator,
    TooFewYears,
)
from jiangxue.archive.models import Erasure, RetentionRun
from jiangxue.archive.queries.dossiers import records_and_dossier
from jiangxue.archive.queries.retention import kept_until
from jiangxue.archive.services import erasing
from jiangxue.archive.services.erasing import go_on_erasing
from jiangxue.archive.services.giving import give_out
from jiangxue.archive.services.retaining import confirm, drop, hold, lift, report, set_years
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import PROGRAM
from jiangxue.djangokit.sealed import key_ring
from jiangxue.enrolment.queries import place_and_class
from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock, to_ms
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.ledger.models import Payload, SubjectKey
from jiangxue.ledger.queries.state import trust_list
from jiangxue.ledger.services.forgetting import announce_erasure, forget
from jiangxue_verify.__main__ import main as verify
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.lives import Life, life, whole_life
from tests.factories.logs import Log, running_log
from tests.factories.witnesses import countersign, witness
from tests.refusals import refusal_of

LONG_AGO = datetime(2019, 3, 4, 1, 0, tzinfo=UTC)


@pytest.fixture
def log(committed_database: str, tmp_path: Path) -> Iterator[Log]:
    with running_log(committed_database, tmp_path) as running:
        yield running


@pytest.fixture
def clock(clock: HandClock) -> HandClock:
    clock.at = LONG_AGO
    return clock


def administrators(now: datetime) -> tuple[Viewer, Viewer]:
    return (
        people.viewer(people.account((Role.SYSTEM_ADMINISTRATOR, None), now=now, name="系统管理员")),
        people.viewer(people.account((Role.SECURITY_ADMINISTRATOR, None), now=now, name="安全管理员")),
    )


def prove(log: Log) -> None:
    log.seal()
    log.heads()
    log.sign()


def confirmed_run(log: Log, clock: HandClock) -> RetentionRun:
    system, security = administrators(clock.now())
    run = report(system, by=PROGRAM, now=clock.now())
    return confirm(security, run.pk, by=PROGRAM, now=clock.now())


def erase(log: Log, clock: HandClock) -> None:
    confirmed_run(log, clock)
    assert go_on_erasing(clock=clock) == 0, "nothing goes before the log holds that it goes"
    prove(log)
    assert go_on_erasing(clock=clock) >= 1


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
            )
        },
        "accounts_identity": f"SELECT count(*) FROM accounts_identity WHERE account_id = {person}",
        "learning_segment": "SELECT count(*) FROM learning_segment",
        "learning_beat": "SELECT count(*) FROM learning_beat",
        "learning_verdict": "SELECT count(*) FROM learning_verdict",
        "learning_appealstep": "SELECT count(*) FROM learning_appealstep",
        "rating_ratingchange": "SELECT count(*) FROM rating_ratingchange",
        "screening_hit": "SELECT count(*) FROM screening_hit",
    }
    counts = {}
    with connection.cursor() as cursor:
        for table, question in questions.items():
            cursor.execute(question)
            counts[table] = cursor.fetchone()[0]
    return counts


@pytest.mark.clause("T8.1", "M2")
def test_after_its_term_everything_of_an_archive_goes_and_the_log_stays_whole(
    log: Log, clock: HandClock, tmp_path: Path
) -> None:
    lived = whole_life(clock)
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
    log: Log, clock: HandClock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lived = whole_life(clock)
    clock.at = MORNING
    other = life(clock)
    prove(log)
    erase(log, clock)
    log.heads()
    log.sign()
    countersign(witness(), MORNING)
    (tmp_path / "trust.txt").write_text(trust_list() or "")
    for of in (lived, other):
        place, _ = place_and_class(of.room.enrolment.pk)
        (tmp_path / "archive.zip").write_bytes(give_out(place, by=PROGRAM, now=clock.now()))
        status = verify([str(tmp_path / "archive.zip"), "--trust", str(tmp_path / "trust.txt")])
        said = capsys.readouterr().out
        assert status == 0, said


@pytest.mark.clause("T8.1")
def test_nothing_is_due_before_five_years_have_passed(log: Log, clock: HandClock) -> None:
    clock.at = datetime(2021, 12, 1, 1, 0, tzinfo=UTC)
    lived = life(clock)
    lived.learn(answers=True)
    prove(log)
    place, of_class = place_and_class(lived.room.enrolment.pk)
    until = kept_until(place)
    assert until is not None
    assert until == of_class.closes_on.replace(year=2027, month=until.month, day=until.day)
    assert until >= of_class.closes_on.replace(year=of_class.closes_on.year + 5)
    clock.at = MORNING
    system, _ = administrators(clock.now())
    assert refusal_of(lambda: report(system, by=PROGRAM, now=clock.now())) is NothingDue


@pytest.mark.clause("T8.1")
def test_a_later_record_keeps_an_archive_longer_than_its_class(log: Log, clock: HandClock) -> None:
    lived = life(clock)
    clock.at = datetime(2022, 5, 1, 1, 0, tzinfo=UTC)
    lived.withdraw()
    prove(log)
    place, _ = place_and_class(lived.room.enrolment.pk)
    assert str(kept_until(place)) == "2027-05-01"


@pytest.mark.clause("T8.1")
def test_a_hold_keeps_an_archive_whatever_its_term_also_when_it_is_listed_already(log: Log, clock: HandClock) -> None:
    lived, other = life(clock), life(clock)
    clock.at = MORNING
    prove(log)
    held, _ = place_and_class(lived.room.enrolment.pk)
    supervisor = Viewer(people.account(now=MORNING).pk, Role.SUPERVISOR, region="4401")
    run = confirmed_run(log, clock)
    assert Erasure.objects.filter(run=run).count() == 2
    hold(held, viewer=supervisor, reason="正在核查", by=PROGRAM, now=clock.now())
    assert refusal_of(lambda: hold(held, viewer=supervisor, reason="再次", by=PROGRAM, now=clock.now())) is AlreadyHeld
    assert refusal_of(lambda: hold(held, viewer=supervisor, reason="  ", by=PROGRAM, now=clock.now())) is AlreadyHeld
    go_on_erasing(clock=clock)
    prove(log)
    assert go_on_erasing(clock=clock) == 1
    assert Erasure.objects.get(enrolment=held).kept_because == "held"
    assert Erasure.objects.get(enrolment=other.room.enrolment).erased_at is not None
    lift(held, viewer=supervisor, reason="核查结束", by=PROGRAM, now=clock.now())
    system, security = administrators(clock.now())
    again = report(system, by=PROGRAM, now=clock.now())
    assert [each.enrolment_id for each in Erasure.objects.filter(run=again)] == [held.pk]
    assert refusal_of(lambda: lift(held, viewer=security, reason="x", by=PROGRAM, now=clock.now())) is NotTheRole


@pytest.mark.clause("M2", "M3")
def test_a_run_reports_first_and_two_administrators_let_it_go_on(log: Log, clock: HandClock) -> None:
    life(clock)
    clock.at = MORNING
    prove(log)
    system, security = administrators(clock.now())
    assert refusal_of(lambda: report(security, by=PROGRAM, now=clock.now())) is NotTheRole
    run = report(system, by=PROGRAM, now=clock.now())
    assert go_on_erasing(clock=clock) == 0
    assert not Erasure.objects.exclude(announced_at=None).exists(), "a report changes nothing"
    assert refusal_of(lambda: report(system, by=PROGRAM, now=clock.now())) is RunUnderWay
    assert refusal_of(lambda: confirm(system, run.pk, by=PROGRAM, now=clock.now())) is NotTheRole
    both = Viewer(system.account_id, Role.SECURITY_ADMINISTRATOR)
    assert refusal_of(lambda: confirm(both, run.pk, by=PROGRAM, now=clock.now())) is SameAdministrator
    drop(security, run.pk, by=PROGRAM, now=clock.now())
    assert refusal_of(lambda: confirm(security, run.pk, by=PROGRAM, now=clock.now())) is RunMovedOn
    assert report(system, by=PROGRAM, now=clock.now()).pk != run.pk
    acts = AuditEntry.objects.filter(action__startswith="retention.").order_by("pk").values_list("action", flat=True)
    assert [each.removeprefix("retention.") for each in acts] == ["reported", "dropped", "reported"]


@pytest.mark.clause("T8.1")
def test_the_term_may_be_longer_than_five_years_and_never_shorter(log: Log, clock: HandClock) -> None:
    lived = life(clock)
    clock.at = MORNING
    prove(log)
    system, security = administrators(clock.now())
    for years in (4, 0, 100):
        with pytest.raises(TooFewYears):
            set_years(security, years=years, reason="省里要求", by=PROGRAM, now=clock.now())
    assert refusal_of(lambda: set_years(system, years=9, reason="x", by=PROGRAM, now=clock.now())) is NotTheRole
    assert refusal_of(lambda: set_years(security, years=9, reason=" ", by=PROGRAM, now=clock.now())) is NotAReason
    set_years(security, years=9, reason="省里要求", by=PROGRAM, now=clock.now())
    place, of_class = place_and_class(lived.room.enrolment.pk)
    assert kept_until(place) == of_class.closes_on.replace(year=of_class.closes_on.year + 9)
    assert refusal_of(lambda: report(system, by=PROGRAM, now=clock.now())) is NothingDue


@pytest.mark.clause("T8.1", "T8.2")
@pytest.mark.parametrize("function", ["learning_erase", "assessment_erase", "rating_erase", "archive_erase"])
def test_the_database_itself_refuses_to_erase_what_the_log_does_not_call_erased(
    log: Log, clock: HandClock, function: str
) -> None:
    lived = whole_life(clock)
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
    with pytest.raises((ProgrammingError, InternalError), match="five years"):
        forget(aid)
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
    assert isinstance(lived.room.enrolment.aid, UUID)
    (text,) = [(log.signer.memory.folder / "erased").read_text()]
    assert text == f"{lived.room.enrolment.aid}\n"


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


@pytest.mark.clause("T8.1")
def test_a_worker_that_dies_between_the_steps_loses_nothing(
    log: Log, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived = whole_life(clock)
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
    log: Log, clock: HandClock, committed_database: str
) -> None:
    whole_life(clock)
    prove(log)
    log.admin.execute("SET ROLE jiangxue_owner")
    try:
        for table in ("learning_verdict", "learning_segment", "learning_beat", "learning_check", "assessment_attempt"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                log.admin.execute(f"DELETE FROM {table}")
    finally:
        log.admin.execute("RESET ROLE")
    assert to_ms(clock.now())
