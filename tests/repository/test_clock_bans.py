"""Only kernel.clock asks the machine for the time; the linter must really refuse it elsewhere."""

import subprocess
import sys

import pytest

from tests.repository.sources import REPOSITORY

_ASKING = (
    "import time\n\nstarted = time.time()\n",
    "import time\n\nstarted = time.monotonic()\n",
    "import time\n\nstarted = time.time_ns()\n",
    "from time import perf_counter\n\nstarted = perf_counter()\n",
    "from datetime import UTC, datetime\n\nnow = datetime.now(UTC)\n",
    "from datetime import date\n\ntoday = date.today()\n",
    "from django.utils import timezone\n\nnow = timezone.now()\n",
    "from django.db.models.functions import Now\n\nnow = Now()\n",
)


def _linted(code: str, path: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--select", "TID251", "--stdin-filename", path, "-"]
    return subprocess.run(command, input=code, text=True, capture_output=True, check=False, cwd=REPOSITORY)


@pytest.mark.parametrize("code", _ASKING)
def test_asking_the_machine_for_the_time_is_refused(code: str) -> None:
    refused = _linted(code, "src/jiangxue/learning/services/beats.py")
    assert refused.returncode == 1, refused.stdout + refused.stderr
    assert "TID251" in refused.stdout


def test_the_clock_itself_may_ask() -> None:
    assert _linted(_ASKING[0], "src/jiangxue/kernel/clock.py").returncode == 0
