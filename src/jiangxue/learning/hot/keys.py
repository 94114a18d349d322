"""The keys that travel in the answer to a beat: those of a film's stretches which the beat has earned. Clause T2.3; decision 0015."""

from functools import lru_cache

from jiangxue.courseware.rules.stretches import ReleasedKeys, film_key, keys_of
from jiangxue.learning.hot.rows import Snapshot
from jiangxue.learning.rules.release import released_stretches
from jiangxue.learning.rules.shapes import Running

FILMS_KEPT = 10_000


class Keys:
    """Derives keys from the master key; remembers those of films, not of stretches."""

    def __init__(self, master_key: bytes) -> None:
        self._film_key = lru_cache(FILMS_KEPT)(lambda name: film_key(master_key, name))

    def released(self, snapshot: Snapshot, before: Running, after: Running) -> ReleasedKeys:
        """Return `(stretch, key in hexadecimal)` of what a judgement has released; a page asks for earlier ones by themselves."""
        if not snapshot.key_name:
            return ()
        policy, length_ms = snapshot.terms.policy, after.length_ms
        first = released_stretches(before.reached_ms, length_ms, policy)
        end = released_stretches(after.reached_ms, length_ms, policy)
        return keys_of(self._film_key(snapshot.key_name), range(first, end)) if first < end else ()
