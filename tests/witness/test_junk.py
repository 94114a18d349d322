"""A flood of junk costs the witness neither its memory, nor its disk, nor its duty."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.verify.notary import signer
from tests.witness.ledgers import Ledger
from tests.witness.places import evidence_of
from tests.witness.processes import Served, served

REQUESTS = 10_000


def _memory_kib(witness: Served) -> int:
    status = Path(f"/proc/{witness.process.pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


def _bytes_below(place: Path) -> int:
    return sum(path.stat().st_size for path in place.rglob("*") if path.is_file())


def test_ten_thousand_requests_of_junk_change_nothing(place: Path, ledger: Ledger) -> None:
    junk = [
        b"junk",
        b"\xff" * 60_000,
        Ledger(log=signer("other.example", 1)).of(3).request(0),
        b"old 5\n\n" + ledger.of(6).note.replace("\n6\n", "\n7\n").encode(),
        ledger.of(9).request(3),
        ledger.of(9).request(5, [b"junk" * 8]),
        ledger.of(4).of(5, "lie").request(5),
    ]
    with served(place) as witness, ThreadPoolExecutor(4) as senders:
        assert witness.post(ledger.of(5).request(0)).status == 200
        list(senders.map(witness.post, junk))
        memory_kib, on_disk = _memory_kib(witness), _bytes_below(place)
        answers = senders.map(witness.post, itertools.islice(itertools.cycle(junk), REQUESTS))
        assert {answer.status for answer in answers} == {400, 403, 404, 409, 422}
        assert witness.post(ledger.of(9).request(5)).status == 200
        assert _memory_kib(witness) - memory_kib < 20_000
    assert len(evidence_of(place)) == 2
    assert _bytes_below(place) - on_disk < 100
