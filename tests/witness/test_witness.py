"""The one way of every request: decided and written in one turn, and only then answered."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from jiangxue_witness.folder import open_folder
from jiangxue_witness.witness import Witness
from tests.witness.ledgers import Ledger
from tests.witness.places import NOW_S, ask, checkpoint_file


def test_a_disk_that_refuses_gives_no_signature(place: Path, ledger: Ledger) -> None:
    said: list[str] = []
    with open_folder(place) as folder:
        witness = Witness(folder, lambda: NOW_S, said.append)
        blocking = checkpoint_file(place).with_name("checkpoint.new")
        blocking.mkdir()
        refused = witness.answer(ledger.of(5).request(0))
        assert (refused.status, refused.remember) == (500, None)
        assert len(said) == 1
        blocking.rmdir()
        assert witness.answer(ledger.of(6).request(0)).status == 200


def test_the_same_request_in_the_same_second_writes_nothing(place: Path, ledger: Ledger) -> None:
    with open_folder(place) as folder:
        passed: list[str] = []
        witness = Witness(folder, lambda: NOW_S, lambda _: None, passed.append)
        first = witness.answer(ledger.of(5).request(0))
        passed.clear()
        assert witness.answer(ledger.of(5).request(5)).body == first.body
        assert passed == ["taken", "decided"]


def test_of_two_requests_from_one_old_size_the_second_is_refused(place: Path, ledger: Ledger) -> None:
    """The lost update of C2SP tlog-witness: 8 would be answered, and then 6 remembered in its place."""
    ask(place, ledger.of(5).request(0))
    with open_folder(place) as folder:
        witness = Witness(folder, lambda: NOW_S, lambda _: None)
        for _ in range(20):
            size = folder.remembered[ledger.origin].tree.size
            statuses = raced(witness, {size + more: ledger.of(size + more).request(size) for more in (1, 3)})
            assert sorted(statuses.values()) == [200, 409]
            assert statuses[folder.remembered[ledger.origin].tree.size] == 200


def raced(witness: Witness, requests: dict[int, bytes]) -> dict[int, int]:
    """Ask all at once, and return the statuses by the size that was asked for."""
    start = threading.Barrier(len(requests))

    def answered(content: bytes) -> int:
        start.wait()
        return witness.answer(content).status

    with ThreadPoolExecutor(len(requests)) as racers:
        return dict(zip(requests, racers.map(answered, requests.values()), strict=True))
