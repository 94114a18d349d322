"""The process that signs: `python -m jiangxue.project.signer`, without Django, one for a log; `--init` begins a log.

It needs no other secret than its own key, and may run under an account, or on a machine, of its own.
"""

import argparse
import logging

from jiangxue.kernel.hashing import HASH_OF_PROFILE
from jiangxue.ledger.errors import SignerRefusal
from jiangxue.ledger.log.memory import Memory
from jiangxue.ledger.log.nodes import Connection
from jiangxue.ledger.log.signing import Signer
from jiangxue.ledger.rules import note
from jiangxue.project import env, logs
from jiangxue.project.rounds import Round, go_round, now_ms

log = logging.getLogger("jiangxue.project.signer")
PAUSE_S = 3.0


def main() -> int:
    """Sign until a signal ends this process, or begin a log; return the status."""
    parser = argparse.ArgumentParser(prog="signer", description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--init", action="store_true", help="make key and memory for a log that was never signed, and end"
    )
    parser.add_argument("--key", action="store_true", help="print the public key, for witnesses and verifiers, and end")
    options = parser.parse_args()
    logs.configure(logs.configuration())
    environment = env.read_signer()
    memory = Memory(environment.folder)
    try:
        if options.init:
            memory.make(HASH_OF_PROFILE[env.CRYPTO_PROFILE], environment.origin)
        if options.init or options.key:
            print(note.public_key(memory.origin(), note.LOG_KEY, memory.private_key()))  # noqa: T201 (for whoever asks)
            return 0
        with memory.alone():
            go_round(
                environment.database_url,
                "signer",
                PAUSE_S,
                lambda connection: _rounds(connection, memory, environment.log_key),
            )
    except SignerRefusal as refusal:
        log.error("signer_refuses: %s", refusal)
        return 1
    return 0


def _rounds(connection: Connection, memory: Memory, log_key: bytes) -> Round:
    signer = Signer(connection, memory, memory.private_key(), memory.origin(), log_key)
    signer.introduce(now_ms(connection))

    def sign(_: Connection, at_ms: int) -> bool:
        signer.sign(at_ms)
        return False

    return sign


if __name__ == "__main__":
    raise SystemExit(main())
