"""The program that an authority runs and the log understand each other, over HTTP and by mail."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from jiangxue.kernel.clock import to_ms
from jiangxue.ledger.models import Alarm, SigningKey, Witness
from jiangxue.ledger.queries.published import consistency_text
from jiangxue.ledger.queries.state import log_state, witnessed_checkpoint
from jiangxue.ledger.services.keeping_witnesses import add_witness
from jiangxue.ledger.services.posting import post
from jiangxue.ledger.services.witnessing import ask_all, request_by_mail, take_answer
from jiangxue_witness.folder import create_folder, open_folder
from jiangxue_witness.keys import written
from jiangxue_witness.server import WitnessServer
from jiangxue_witness.witness import Witness as WitnessProgram
from tests.conftest import MORNING
from tests.factories.logs import Log

pytestmark = pytest.mark.clause("T1.3")
NAME = "witness.example/one"


@pytest.fixture
def folder(tmp_path: Path, log: Log) -> Path:
    """Return the folder of a witness that has registered the log."""
    place = tmp_path / "witness"
    create_folder(place, NAME, b"w" * 32)
    with open_folder(place) as opened:
        opened.add_log(SigningKey.objects.get().verifier_key, "sha256")
    return place


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve the folder in this process, and yield its address."""
    with open_folder(folder) as opened:
        program = WitnessProgram(opened, lambda: to_ms(MORNING) // 1000, lambda _: None)
        with WitnessServer(("127.0.0.1", 0), program) as server:
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
            thread.start()
            try:
                yield f"http://127.0.0.1:{server.server_address[1]}"
            finally:
                server.shutdown()
                thread.join()


def known(folder: Path, address: str = "") -> Witness:
    with open_folder(folder) as opened:
        key = written(opened.key.verifier)
    return add_witness("省人力资源和社会保障厅", key, address, now=MORNING)


def outcome(of: Witness) -> str:
    of.refresh_from_db()
    return of.outcome


def test_a_growing_log_is_countersigned_again_and_again(log: Log, folder: Path) -> None:
    asked = known(folder)
    with serving(folder) as address:
        Witness.objects.update(address=address)
        for events in (3, 1, 300):
            log.grow(events=events)
            log.sign()
            ask_all(post, now=MORNING)
            assert outcome(asked) == "signed"
    assert [line.size for line in asked.cosignatures.order_by("size")] == [3, 4, 304]
    found = witnessed_checkpoint(1)
    assert found is not None
    assert (found.size, log_state().witnessed) == (304, 304)


def test_a_witness_whose_answer_was_lost_is_asked_from_what_it_remembers(log: Log, folder: Path) -> None:
    log.grow(events=3)
    log.sign()
    asked = known(folder)
    with serving(folder) as address:
        assert post(f"{address}/add-checkpoint", consistency_text(3, 3).replace("old 3", "old 0", 1)).status == 200
        Witness.objects.update(address=address)
        log.grow(events=2)
        log.sign()
        ask_all(post, now=MORNING)
    assert outcome(asked) == "signed"
    assert asked.cosignatures.get().size == 5


def test_a_database_that_was_set_back_is_noticed_through_the_witness(log: Log, folder: Path) -> None:
    log.grow(events=3)
    log.sign()
    log.grow(events=2)
    log.sign()
    asked = known(folder)
    with serving(folder) as address:
        Witness.objects.update(address=address)
        ask_all(post, now=MORNING)
        log.tamper("DELETE FROM ledger_cosignature", "DELETE FROM ledger_checkpoint WHERE size = 5")
        ask_all(post, now=MORNING)
    assert outcome(asked) == "ahead"
    assert Alarm.objects.get().kind == "witness.ahead"


def test_a_witness_that_was_not_told_of_the_log_says_so(log: Log, tmp_path: Path) -> None:
    log.grow()
    log.sign()
    stranger = tmp_path / "stranger"
    create_folder(stranger, NAME, b"w" * 32)
    asked = known(stranger)
    with serving(stranger) as address:
        Witness.objects.update(address=address)
        ask_all(post, now=MORNING)
    assert outcome(asked) == "unknown_log"


def test_a_witness_that_does_not_run_is_silent(log: Log, folder: Path) -> None:
    with serving(folder) as address:
        pass
    log.grow()
    log.sign()
    asked = known(folder, address)
    ask_all(post, now=MORNING)
    assert outcome(asked) == "silent"


def test_the_same_program_signs_what_came_by_mail(log: Log, folder: Path) -> None:
    log.grow(events=3)
    log.sign()
    asked = known(folder)
    text = request_by_mail(asked)
    with open_folder(folder) as opened:
        program = WitnessProgram(opened, lambda: to_ms(MORNING) // 1000, lambda _: None)
        answer = program.answer(text.encode())
    assert answer.status == 200
    asked.refresh_from_db()
    assert take_answer(asked, answer.body.decode(), now=MORNING).signed_at == MORNING
