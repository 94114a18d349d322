"""How long it takes to compare those who have just enrolled with 80,000 stored faces, and how much memory.

`python -m scripts.test tests/measured/comparing.py -q -n 0 -s -p no:randomly`
"""

import re
from datetime import timedelta
from itertools import batched
from pathlib import Path
from struct import pack
from time import perf_counter, process_time

import numpy as np
import pytest
from django.db import connection

from jiangxue.accounts.models import Account
from jiangxue.djangokit.sealed import seal_bytes_for
from jiangxue.facecheck.models import AlikeFaces, FaceAttempt, FaceComparison, FaceTemplate
from jiangxue.facecheck.rules.thresholds import Thresholds
from jiangxue.facecheck.services.comparing import compare_waiting
from jiangxue.facecheck.vision.weights import SFACE
from jiangxue.kernel import ids
from jiangxue.kernel.clock import HandClock
from tests.conftest import MORNING

STORED = 80_000
SIZE = 128
CHANCE = np.random.default_rng(20261127)


def vectors(count: int) -> np.ndarray:
    """Return vectors of people as the model makes them: 0.07 on average from one another, 0.09 to either side."""
    found = CHANCE.normal(size=(count, SIZE)) + 0.28
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def enrol(count: int) -> None:
    """Let that many have enrolled a face, all at once."""
    for numbers in batched(range(count), 5_000):
        accounts = Account.objects.bulk_create(
            Account(login_name=f"p{ids.new_id().hex[:20]}", created_at=MORNING, password_changed_at=MORNING)
            for _ in numbers
        )
        attempts = FaceAttempt.objects.bulk_create(_attempt(each) for each in accounts)
        made = zip(attempts, vectors(len(numbers)), strict=True)
        FaceTemplate.objects.bulk_create(_template(attempt, vector) for attempt, vector in made)


def _attempt(account: Account) -> FaceAttempt:
    return FaceAttempt(
        id=ids.new_id(), account=account, purpose="enrol", form="enrol", thresholds=Thresholds().to_values(),
        ticket_digest=ids.new_id().hex, issued_at=MORNING, expires_at=MORNING + timedelta(minutes=1),
        finished_at=MORNING, outcome="passed",
    )  # fmt: skip


def _template(attempt: FaceAttempt, vector: np.ndarray) -> FaceTemplate:
    row = FaceTemplate(
        account_id=attempt.account_id, attempt=attempt, digest="0" * 64, model_sha256=SFACE.sha256, enrolled_at=MORNING
    )
    seal_bytes_for(row, "sealed", pack(f"<{SIZE}f", *vector))
    return row


def resident_mb(name: str) -> int:
    """Return what this process holds (VmRSS), or held at most (VmHWM)."""
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1]) // 1024


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


@pytest.fixture
def stored(committed_database: str) -> None:
    enrol(STORED)
    FaceComparison.objects.bulk_create(
        FaceComparison(template_id=pk, others=0, compared_at=MORNING)
        for pk in FaceTemplate.objects.values_list("pk", flat=True)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def test_seconds_a_pass(stored: None, clock: HandClock) -> None:
    print()
    for waiting in (1, 50, 200):
        enrol(waiting)
        forget_peak()
        before, began, cpu = resident_mb("VmRSS"), perf_counter(), process_time()
        assert compare_waiting(clock=clock) == waiting
        passed, busy = perf_counter() - began, process_time() - cpu
        others = FaceTemplate.objects.count() - 1
        print(
            f"{waiting} with {others:,}: {passed:.2f} s, {busy:.2f} s of processor time, {resident_mb('VmHWM') - before} MB more"
        )
    print(f"{AlikeFaces.objects.count()} pairs alike")
