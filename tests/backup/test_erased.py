"""Who was erased by law does not come back with an old backup (clauses M2, T8.1)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from jiangxue.accounts.models import Account, Identity
from jiangxue.archive.queries.dossiers import records_and_dossier
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import Beat, Segment, StudySession
from jiangxue.ledger.models import Payload
from jiangxue.ledger.services.auditing import audited
from tests.backup.places import as_owner, called, empty_database, refused
from tests.conftest import MORNING
from tests.domains.archive.long_ago import LONG_AGO, erase, prove
from tests.factories.lives import Life, life, whole_life
from tests.factories.logs import Log, running_log

pytestmark = pytest.mark.usefixtures("own_storage")


@pytest.fixture
def log(committed_database: str, tmp_path: Path) -> Iterator[Log]:
    with running_log(committed_database, tmp_path) as running:
        yield running


@pytest.fixture
def lived(log: Log, clock: HandClock) -> Life:
    """Return the life of somebody long ago, beside whom somebody learns now."""
    clock.at = LONG_AGO
    found = whole_life(clock)
    clock.at = MORNING
    life(clock).learn(answers=True)
    prove(log)
    return found


def backed_up(database: str, folder: Path) -> Path:
    called(database, "back_up", folder / "backups")
    (backup,) = (folder / "backups").iterdir()
    return backup


@pytest.mark.clause("M2")
def test_a_backup_from_before_the_erasure_does_not_bring_the_person_back(
    log: Log, lived: Life, clock: HandClock, committed_database: str, tmp_path: Path
) -> None:
    backup = backed_up(committed_database, tmp_path)
    erase(log, clock)
    connection.close()
    aid, learner = lived.room.enrolment.aid, lived.room.learner.pk
    with empty_database(f"{committed_database}_back") as elsewhere:
        status, said = refused(elsewhere, "restore", backup, "--signer-memory", tmp_path / "signer")
        assert status == 3, "it is older than what was signed, and shouts"
        assert "已再次删除" in said
        with as_owner(elsewhere):
            back = Account.objects.get(pk=learner)
            assert (back.name, back.is_active) == ("", False)
            assert not Identity.objects.filter(account=learner).exists()
            assert not StudySession.objects.filter(learner=learner).exists()
            assert not Payload.objects.filter(aid=aid).exists()
            assert all(record.data is None for record in records_and_dossier(aid)[0])
            assert Segment.objects.exists(), "of somebody else"
            assert Beat.objects.exists()
            assert not audited([], with_contents=True, erased=[aid]).found
            with connection.cursor() as cursor:
                cursor.execute("SELECT ledger_erased(%s)", [aid])
                assert cursor.fetchone() == (False,), "the guard asks the log again"


@pytest.mark.clause("M2")
def test_a_backup_from_after_the_erasure_is_brought_back_as_it_is(
    log: Log, lived: Life, clock: HandClock, committed_database: str, tmp_path: Path
) -> None:
    erase(log, clock)
    prove(log)
    backup = backed_up(committed_database, tmp_path)
    connection.close()
    with empty_database(f"{committed_database}_back") as elsewhere:
        said = called(elsewhere, "restore", backup, "--signer-memory", tmp_path / "signer")
        assert "已再次删除" not in said
        with as_owner(elsewhere):
            assert records_and_dossier(lived.room.enrolment.aid)[1].erased is not None


@pytest.mark.clause("M2")
def test_without_the_old_key_an_old_backup_is_no_use_to_anybody(
    lived: Life, committed_database: str, tmp_path: Path, settings
) -> None:
    backup = backed_up(committed_database, tmp_path)
    settings.SEAL_KEYS, settings.SEAL_KEY_CURRENT = {2: bytes(range(32))}, 2
    connection.close()
    with empty_database(f"{committed_database}_back") as elsewhere:
        status, said = refused(elsewhere, "restore", backup, "--nothing-outside")
        assert status == 1
        assert "JIANGXUE_SEAL_KEYS 1" in said


@pytest.mark.clause("M2")
def test_who_gives_no_list_of_the_erased_is_told(
    log: Log, lived: Life, committed_database: str, tmp_path: Path
) -> None:
    backup = backed_up(committed_database, tmp_path)
    connection.close()
    with empty_database(f"{committed_database}_back") as elsewhere:
        assert "没有提供签名程序的文件夹" in called(elsewhere, "restore", backup, "--nothing-outside")
