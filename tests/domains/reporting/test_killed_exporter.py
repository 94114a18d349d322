"""A worker that is killed in the middle of a large file: nothing of it is ever given out, and the next attempt comes whole."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jiangxue.kernel.clock import HandClock
from jiangxue.reporting.models import Export
from jiangxue.reporting.rules.exports import Format
from tests.conftest import MORNING
from tests.factories.classes import classroom
from tests.factories.exports import asked, made
from tests.factories.tables import ManyRows, registered

_PATIENCE_S = 120
_ENVIRONMENT = {"DJANGO_SETTINGS_MODULE": "tests.settings"}


@pytest.mark.clause("T7")
@pytest.mark.parametrize("kind", list(Format))
def test_a_killed_worker_leaves_nothing_behind_that_counts(
    lasting_database: str, own_storage: Path, clock: HandClock, kind: Format
) -> None:
    work = own_storage.parent / "work"
    with registered(ManyRows(5)):
        clock.at = MORNING
        export = asked(classroom(MORNING).head_teacher, MORNING, kind=kind)
        child = [sys.executable, "-m", "tests.domains.reporting.exporting_child", lasting_database, work, export.pk]
        with subprocess.Popen([str(word) for word in child], env={**os.environ, **_ENVIRONMENT}) as worker:
            try:
                _wait_for_progress(export, worker)
            finally:
                worker.send_signal(signal.SIGKILL)
        export.refresh_from_db()
        assert (export.state, export.attempt) == ("working", 1)
        assert export.rows_done > 0
        assert list(work.iterdir())
        assert not list((own_storage.parent / "exports").glob("*"))
        export = made(export, clock)
    assert (export.state, export.attempt, export.rows_done) == ("ready", 2, 5)
    assert not list(work.iterdir())


def _wait_for_progress(export: Export, worker: "subprocess.Popen[bytes]") -> None:
    for _ in range(_PATIENCE_S * 10):
        assert worker.poll() is None
        if Export.objects.values_list("rows_done", flat=True).get(pk=export.pk):
            return
        time.sleep(0.1)
    pytest.fail("no progress")
