"""What anybody may ask of the log: checkpoints, proofs between them, and tiles (C2SP tlog-tiles). docs/formats/witness.md."""

from jiangxue.ledger.errors import NoSuchSize
from jiangxue.ledger.log.nodes import tiles_by
from jiangxue.ledger.models import Checkpoint, SigningKey
from jiangxue.ledger.queries.proofs import cosigned
from jiangxue.ledger.queries.tree import fetch, last_checkpoint, request_text

LARGEST_NUMBER = 2**55 - 1
"""No tile has a larger number: indexes are below 2 to the 63rd, and a tile is 256 wide."""


def newest_note() -> str | None:
    """Return the newest checkpoint with the cosignatures that came; None before the first."""
    checkpoint = last_checkpoint()
    return None if checkpoint is None else cosigned(checkpoint)


def consistency_text(old: int, new: int) -> str:
    """Return the proof that one checkpoint continues another, with the newer one. Raises `NoSuchSize`.

    Both must be sizes that were signed: nobody outside has others, and what is proved so never changes.
    """
    found = Checkpoint.objects.in_bulk([old, new])
    for size in (old, new):
        if size not in found:
            raise NoSuchSize(str(size))
    return request_text(old, found[new])


def full_tile(level: int, number: int) -> bytes | None:
    """Return the 256 hashes of a tile, 8,192 bytes; None if it does not exist or is not full."""
    return tiles_by(fetch)(level, number) if number <= LARGEST_NUMBER else None


def newest_log_key() -> str | None:
    """Return the public key by which the log is signed now, as a C2SP verifier key; None before it was ever signed."""
    return SigningKey.objects.order_by("-from_size").values_list("verifier_key", flat=True).first()
