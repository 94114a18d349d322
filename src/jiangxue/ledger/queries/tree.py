"""The tree of the log over Django's connection: its signed checkpoints, and proofs between them."""

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import connection
from psycopg.rows import TupleRow

from jiangxue.kernel.hashing import HASH_OF_PROFILE, Hash
from jiangxue.ledger.errors import LogDamaged, NoSuchSize
from jiangxue.ledger.log.nodes import StoredNodes, read_edge, tiles_by
from jiangxue.ledger.models import Checkpoint, SigningKey
from jiangxue.ledger.rules import merkle
from jiangxue.ledger.rules.note import VerifierKey, read_key


def fetch(question: str, values: Sequence[Any]) -> list[TupleRow]:
    """Ask one question over Django's connection."""
    with connection.cursor() as cursor:
        cursor.execute(question, list(values))
        return list(cursor.fetchall())


def hash_of_log() -> Hash:
    """Return the hash by which events are committed to here."""
    return HASH_OF_PROFILE[settings.CRYPTO_PROFILE]


def stored_nodes() -> tuple[Hash, StoredNodes]:
    """Return the hash of the log and its nodes as they are now; the edge is read before the tiles, which only grow."""
    by, edge = read_edge(fetch, hash_of_log())
    return by, StoredNodes(by, edge, tiles_by(fetch))


def log_keys() -> list[VerifierKey]:
    """Return the public keys by which the log was ever signed."""
    return [read_key(text) for text in SigningKey.objects.order_by("from_size").values_list("verifier_key", flat=True)]


def last_checkpoint() -> Checkpoint | None:
    """Return the newest checkpoint; None before the first."""
    return Checkpoint.objects.order_by("-size").first()


def request_text(old: int, checkpoint: Checkpoint, note: str | None = None) -> str:
    """Return what is asked of a witness that knows the log at size `old`: proof and checkpoint (docs/formats/witness.md).

    Raises `NoSuchSize` if the log was never that large then, `LogDamaged` if the tree does not lead to what was signed.
    """
    if old > checkpoint.size:
        raise NoSuchSize(f"{old} is more than {checkpoint.size}")
    by, nodes = stored_nodes()
    if merkle.root(by, nodes, checkpoint.size) != bytes(checkpoint.root):
        raise LogDamaged(f"the tree does not lead to the root that was signed at {checkpoint.size}")
    proof = merkle.consistency_proof(by, nodes, old, checkpoint.size)
    lines = [f"old {old}", *(b64encode(each).decode() for each in proof), "", note or checkpoint.note]
    return "\n".join(lines)
