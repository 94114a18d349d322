"""Whether the sealing keys of this process are those by which the archives' keys are sealed."""

from jiangxue.djangokit.sealed import key_ring
from jiangxue.ledger.log.vouching import OLDEST_AND_NEWEST_KEYS, is_right_key
from jiangxue.ledger.queries.tree import fetch


def opens_archives() -> bool:
    """Say whether any of the oldest and newest archives' keys opens here, or there is none yet; a few rows by their index."""
    return is_right_key(key_ring(), fetch(OLDEST_AND_NEWEST_KEYS, []))
