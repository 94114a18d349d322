"""The process that seals: `python -m jiangxue.project.sealer`, without Django. As many as you like; they take turns."""

import logging

from jiangxue.kernel import crypto
from jiangxue.kernel.clock import from_ms, learning_day, monotonic_ms
from jiangxue.kernel.hashing import HASH_OF_PROFILE
from jiangxue.ledger.log.alarms import raise_alarm
from jiangxue.ledger.log.daily import enter_heads, is_due
from jiangxue.ledger.log.nodes import Connection
from jiangxue.ledger.log.sealing import Sealer
from jiangxue.ledger.log.vouching import require_right_key
from jiangxue.project import env, logs
from jiangxue.project.rounds import Round, go_round

log = logging.getLogger("jiangxue.project.sealer")
PAUSE_S = 2.0
_SHORTEST_PAUSE_OF_HEADS_MS = 20_000
_WORTH_OF_HEADS = 100
"""Heads that somebody waits for are entered so rarely that they take a hundredth of the time at most."""


class Sealing:
    """Seals what has come, and enters heads when they are due. Raises `SealerRefusal` if the key is a wrong one."""

    def __init__(self, connection: Connection, ring: crypto.KeyRing, log_key: bytes) -> None:
        require_right_key(connection, ring)
        self._sealer = Sealer(connection, ring, HASH_OF_PROFILE[env.CRYPTO_PROFILE], log_key)
        self._heads_took_ms = 0

    def round(self, connection: Connection, now_ms: int) -> bool:
        """Seal once; say whether there is more."""
        sealed = self._sealer.seal(now_ms)
        if sealed.quarantined:
            log.error("rows_of_the_inbox_were_altered", extra={"rows": sealed.quarantined})
            raise_alarm(connection, "inbox.altered", f"{sealed.quarantined} rows before {sealed.size}", now_ms)
        if sealed.lacking:
            numbers = ", ".join(map(str, sorted(sealed.lacking)))
            log.error("rows_wait_for_sealing_keys", extra={"keys": numbers})
            raise_alarm(connection, "sealer.key_lacking", f"sealing keys {numbers}", now_ms)
        if sealed.entries + sealed.quarantined == self._sealer.limit:
            return True
        pause_ms = max(_SHORTEST_PAUSE_OF_HEADS_MS, _WORTH_OF_HEADS * self._heads_took_ms)
        if is_due(connection, now_ms, lambda at_ms: learning_day(from_ms(at_ms)), pause_ms):
            began_ms = monotonic_ms()
            enter_heads(self._sealer, now_ms)
            self._heads_took_ms = monotonic_ms() - began_ms
        return False


def main() -> None:
    """Seal until a signal ends this process."""
    logs.configure(logs.configuration())
    environment = env.read_sealer()

    def make(connection: Connection) -> Round:
        return Sealing(connection, environment.seal_keys, environment.log_key).round

    go_round(environment.database_url, "sealer", PAUSE_S, make)


if __name__ == "__main__":
    main()
