"""Sealers and signers that kill themselves at a chosen point: `python -m tests.attacks.dying DATABASE FOLDER`.

Each line of the input is an act, a point and how often the point is passed before; the answer is how the child ended that tried it.
This process has no threads and no connections, so that a child may be forked from it and open its own.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from jiangxue.kernel.crypto import KeyRing
from jiangxue.kernel.hashing import SHA256
from jiangxue.ledger.log.daily import enter_heads
from jiangxue.ledger.log.memory import Memory
from jiangxue.ledger.log.sealing import At, Sealer
from jiangxue.ledger.log.signing import Signer
from jiangxue.project.env import read_sealer
from tests.attacks.places import connection_of

LOG_KEY = bytes.fromhex(os.environ["JIANGXUE_LOG_KEY"])
SMALL = 7
"""Rows that are sealed in one step, so that there are many steps."""


class Death:
    """Comes when a point has been passed so many times."""

    def __init__(self, point: str, before: int) -> None:
        self._point, self._left = point, before

    def at(self, point: str) -> None:
        if point == self._point:
            self._left -= 1
        if self._left < 0:
            os.kill(os.getpid(), signal.SIGKILL)


def seal(database: str, _: Path, at: At) -> None:
    with connection_of("SEALER", database) as connection:
        sealer = Sealer(connection, read_sealer().seal_keys, SHA256, LOG_KEY, SMALL, at)
        while sealer.seal(0).entries:
            pass


def heads(database: str, _: Path, at: At) -> None:
    with connection_of("SEALER", database) as connection:
        enter_heads(Sealer(connection, KeyRing({}, 1), SHA256, LOG_KEY, SMALL, at), 0)


def sign(database: str, folder: Path, at: At) -> None:
    memory = Memory(folder)
    with memory.alone(), connection_of("SIGNER", database) as connection:
        signer = Signer(connection, memory, memory.private_key(), memory.origin(), LOG_KEY, at)
        signer.introduce(0)
        signer.sign(0)


ACTS: dict[str, Callable[[str, Path, At], None]] = {"seal": seal, "heads": heads, "sign": sign}


def main() -> None:
    database, folder = sys.argv[1:]
    for line in sys.stdin:
        act, point, before = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            ACTS[act](database, Path(folder), Death(point, int(before)).at)
            os._exit(0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
