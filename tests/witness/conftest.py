"""A witness's folder that knows one log."""

from pathlib import Path

import pytest

from jiangxue_witness.folder import create_folder, open_folder
from tests.witness.ledgers import Ledger
from tests.witness.places import NAME, SEED


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def place(tmp_path: Path, ledger: Ledger) -> Path:
    path = tmp_path / "witness"
    create_folder(path, NAME, SEED)
    with open_folder(path) as folder:
        folder.add_log(ledger.log.verifier_key, "sha256")
    return path
