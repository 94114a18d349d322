"""Sealer, signer and a witness of their own beside a running site, as `make serve` starts them."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from jiangxue.kernel.clock import MachineClock
from jiangxue.ledger.services.keeping_witnesses import put_witness
from tests.urls import url_of

_SIGNER = [sys.executable, "-m", "jiangxue.project.signer"]
_WITNESS = [sys.executable, "-m", "jiangxue_witness"]
_KEY = re.compile(r"\S+\+[0-9a-f]{8}\+\S+")


@contextmanager
def proved_site(folder: Path) -> Iterator[None]:
    """Let real processes seal, sign and countersign what happens on the site whose database Django is connected to."""
    environment = _environment(folder)
    witness = folder / "witness"
    own_key = _said([*_WITNESS, "init", "--folder", str(witness), "--name", "witness.example/browser"], environment)
    log_key = _said([*_SIGNER, "--init"], environment)
    _said([*_WITNESS, "add-log", "--folder", str(witness), log_key], environment)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        listen = f"127.0.0.1:{free.getsockname()[1]}"
    put_witness("市人力资源和社会保障局", own_key, f"http://{listen}", now=MachineClock().now())
    commands = (
        [sys.executable, "-m", "jiangxue.project.sealer"],
        _SIGNER,
        [*_WITNESS, "serve", "--folder", str(witness), "--listen", listen],
    )
    children = [subprocess.Popen(command, env=environment) for command in commands]
    try:
        yield
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(15)


def _environment(folder: Path) -> dict[str, str]:
    database = connection.settings_dict["NAME"]
    names = ("JIANGXUE_SEALER_DATABASE_URL", "JIANGXUE_SIGNER_DATABASE_URL")
    return {
        **os.environ,
        **{name: url_of(os.environ[name], database) for name in names},
        "JIANGXUE_SIGNER_FOLDER": str(folder / "signer"),
        "JIANGXUE_LEDGER_ORIGIN": "browser.example/log1",
    }


def _said(command: list[str], environment: dict[str, str]) -> str:
    found = _KEY.search(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)
    return found[0] if found else ""
