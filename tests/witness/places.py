"""Asking a witness in its folder, and the constants of these tests."""

from pathlib import Path

from jiangxue_verify.keys import parse_key
from jiangxue_verify.notes import Checkpoint, open_checkpoint
from jiangxue_witness.deciding import Answer
from jiangxue_witness.folder import open_folder
from jiangxue_witness.keys import WitnessKey
from jiangxue_witness.witness import Witness
from tests.witness.ledgers import Ledger

NAME = "witness.example/one"
SEED = b"w" * 32
NOW_S = 1_795_000_000
KEY = WitnessKey(NAME, SEED)


def ask(place: Path, body: bytes, now_s: int = NOW_S) -> Answer:
    """Open the folder, ask once, close it: as a process that serves one request."""
    with open_folder(place) as folder:
        return Witness(folder, lambda: now_s, lambda _: None).answer(body)


def remembered_size(place: Path, ledger: Ledger) -> int:
    with open_folder(place) as folder:
        return folder.remembered[ledger.origin].tree.size


def checkpoint_file(place: Path) -> Path:
    """Return the one file of what was signed last."""
    (path,) = place.glob("logs/*/checkpoint")
    return path


def evidence_of(place: Path) -> list[Path]:
    return sorted((place / "evidence").iterdir())


def opened(ledger: Ledger, cosignature: bytes) -> Checkpoint:
    """Return a checkpoint with our cosignature, or raise: the verifier's word, not ours."""
    return open_checkpoint(ledger.note + cosignature.decode(), [parse_key(ledger.log.verifier_key), KEY.verifier])
