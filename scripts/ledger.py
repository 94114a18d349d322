"""The processes of the ledger under `make serve`: the sealer, the signer with its folder, and a witness for the demonstration.

Each is told only what it needs: the sealer the sealing keys and one more, the signer and the witness none but their own.
"""

import os
import re
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence

from scripts.environment import PYTHON, management, must_succeed
from scripts.keys import LOG_KEY, sealing
from scripts.layout import REPOSITORY, DataFolder
from scripts.provision import SEALER, SIGNER, Server
from scripts.supervisor import Child
from scripts.terminal import Refusal

_WITNESS_NAME = "witness.localhost/demonstration"
_VERIFIER_KEY = re.compile(re.escape(_WITNESS_NAME) + r"\+[0-9a-f]{8}\+\S+")
_SIGNER_PROGRAM = (PYTHON, "-m", "jiangxue.project.signer")
_WITNESS_PROGRAM = (PYTHON, "-m", "jiangxue_witness")


def children(
    data: DataFolder, server: Server, database: str, keys: Mapping[str, str], application: Mapping[str, str]
) -> Iterator[Child]:
    """Yield the processes of the ledger in the order in which they start."""
    yield sealer(data, server, database, keys)
    yield (signing := signer(data, server, database, keys))
    if application["JIANGXUE_DEMO"] == "1":
        yield witness(data, signing, application)


def sealer(data: DataFolder, server: Server, database: str, keys: Mapping[str, str]) -> Child:
    """Return the process that moves the inbox into the log."""
    environment = _bare(
        JIANGXUE_SEALER_DATABASE_URL=server.url(SEALER, database),
        JIANGXUE_LOG_KEY=keys[LOG_KEY],
        **sealing(keys),
    )
    return Child("sealer", [PYTHON, "-m", "jiangxue.project.sealer"], data.logs / "sealer.log", environment)


def signer(data: DataFolder, server: Server, database: str, keys: Mapping[str, str]) -> Child:
    """Return the process that signs the log; its folder is made the first time, and never again by itself."""
    environment = _of_signer(data, server, database, keys)
    if not data.signer.exists():
        _said([*_SIGNER_PROGRAM, "--init"], environment)
    return Child("signer", list(_SIGNER_PROGRAM), data.logs / "signer.log", environment)


def witness(data: DataFolder, signer: Child, application: Mapping[str, str]) -> Child:
    """Return a witness on this machine, known to the platform: for the demonstration, since it is not outside at all."""
    folder = data.witness
    if not folder.exists():
        _said([*_WITNESS_PROGRAM, "init", "--folder", str(folder), "--name", _WITNESS_NAME], _bare())
    log_key = _said([*_SIGNER_PROGRAM, "--key"], signer.environment)
    if not any((folder / "logs").glob("*/verifier-key")):
        _said([*_WITNESS_PROGRAM, "add-log", "--folder", str(folder), log_key], _bare())
    own_key = _VERIFIER_KEY.search(_said([*_WITNESS_PROGRAM, "status", "--folder", str(folder)], _bare()))
    assert own_key is not None
    listen = f"127.0.0.1:{_free_port()}"
    must_succeed(management("demonstration_witness", f"http://{listen}", own_key[0]), application)
    command = [*_WITNESS_PROGRAM, "serve", "--folder", str(folder), "--listen", listen]
    return Child("witness", command, data.logs / "witness.log", _bare())


def _of_signer(data: DataFolder, server: Server, database: str, keys: Mapping[str, str]) -> dict[str, str]:
    return _bare(
        JIANGXUE_SIGNER_DATABASE_URL=server.url(SIGNER, database),
        JIANGXUE_SIGNER_FOLDER=str(data.signer),
        JIANGXUE_LOG_KEY=keys[LOG_KEY],
        JIANGXUE_LEDGER_ORIGIN=os.environ.get("JIANGXUE_LEDGER_ORIGIN") or "localhost/jiangxue/log1",
    )


def _bare(**told: str) -> dict[str, str]:
    """Return this environment without the administrator's way into the database, and with what is told."""
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**inherited, "PYTHONUNBUFFERED": "1", **told}


def _said(command: Sequence[str], environment: Mapping[str, str]) -> str:
    done = subprocess.run(command, env=dict(environment), cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refusal(f"This step failed: {' '.join(command[1:])}\n{done.stderr}")
    return done.stdout.strip()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
