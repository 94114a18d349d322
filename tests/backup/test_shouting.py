"""A backup that is older than what was signed or witnessed, or of another history, is brought back loudly and stays shut."""

from pathlib import Path

import psycopg
import pytest
from django.test import Client

from jiangxue.kernel.clock import MachineClock, learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.ledger.models import Alarm
from jiangxue.ledger.rules import note
from jiangxue.operations.backups.target import ROLES
from tests.backup.drill import Drill
from tests.backup.places import called, manage, may_connect, owners_url, provide, refused
from tests.conftest import connected_to
from tests.factories import people
from tests.factories.logs import connected_as
from tests.factories.witnesses import KEY
from tests.portals.clients import client_of, main_of


def test_an_older_backup_shouts_with_both_sizes_what_is_missing_and_of_which_day(
    drill: Drill, elsewhere: str, tmp_path: Path
) -> None:
    outside = ("--checkpoint", drill.newest, drill.before, "--signer-memory", drill.signer)
    done = manage(elsewhere, tmp_path, "restore", drill.backup, *outside)
    assert done.returncode == 3
    assert done.stderr.startswith("═══")
    missing = drill.newest_size - drill.backed_up_size
    assert missing > 0
    for words in (
        f"存证日志 {drill.backed_up_size} 条",
        f"{drill.newest_size} 条",
        f"缺少 {missing} 条记录",
        learning_day(MachineClock().now()).isoformat(),
        "memory.json",
        "存证日志到此为止",
    ):
        assert words in done.stderr, done.stderr
    assert may_connect(elsewhere) == []


@pytest.fixture
def older(drill: Drill, elsewhere: str, own_storage: Path) -> str:
    status, _ = refused(elsewhere, "restore", drill.backup, "--signer-memory", drill.signer)
    assert status == 3
    return elsewhere


def test_what_is_not_admitted_lets_nobody_in_even_when_roles_are_made_anew(older: str) -> None:
    provide(older)
    assert may_connect(older) == []
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"), connected_as("SEALER", older):
        pass


def test_people_can_be_let_in_to_look_and_nothing_is_ready_or_sealed(
    older: str, client: Client, django_db_blocker
) -> None:
    assert "/readyz" in called(older, "open_restored")
    assert may_connect(older) == ["jiangxue_app"]
    with connected_to(older):
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["admitted"]) == (503, False)
        page = main_of(
            client_of(people.account((Role.SYSTEM_ADMINISTRATOR, None), now=MachineClock().now())), "/operator/state/"
        )
        assert "由备份恢复" in page
        assert Alarm.objects.filter(kind="restored.not_admitted").count() == 1


def test_a_database_that_was_not_restored_is_not_opened(elsewhere: str) -> None:
    assert refused(elsewhere, "open_restored")[0] == 1


def test_a_checkpoint_of_another_history_is_no_older_backup_but_a_case_for_people(
    drill: Drill, elsewhere: str, own_storage: Path, tmp_path: Path
) -> None:
    origin = note.read_checkpoint(note.split(drill.newest.read_text())[0]).origin
    forged = tmp_path / "forged.txt"
    forged.write_text(note.signed(note.Checkpoint(origin, 2, b"x" * 32), KEY))
    status, said = refused(elsewhere, "restore", drill.backup, "--checkpoint", forged, drill.before)
    assert status == 3
    assert "不是外界所知的那一份" in said
    assert "没有被恢复出来的存证日志的任何密钥签过名" in said
    assert may_connect(elsewhere) == []


def test_the_same_size_with_another_root_is_another_history(
    drill: Drill, elsewhere: str, own_storage: Path, tmp_path: Path
) -> None:
    """As after a rewriting with the log's own key: only what somebody outside kept shows it."""
    signer = tmp_path / "signer"
    signer.mkdir()
    (signer / "memory.json").write_text('{"hash": "sha256", "size": 2, "levels": ["%s"]}' % ("ab" * 64))
    status, said = refused(elsewhere, "restore", drill.backup, "--signer-memory", signer)
    assert status == 3
    assert "历史不同" in said


def test_what_nobody_compared_is_said_so(drill: Drill, elsewhere: str, own_storage: Path) -> None:
    assert "没有与数据库之外的任何东西比较" in called(elsewhere, "restore", drill.backup, "--nothing-outside")
    assert may_connect(elsewhere) == list(ROLES)
    with psycopg.connect(owners_url(elsewhere)) as owner:
        row = owner.execute(
            "SELECT count(*) FROM audit_auditentry WHERE action = 'database.restored_unchecked'"
        ).fetchone()
    assert row == (1,)
