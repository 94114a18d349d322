"""A witness with a key of its own, that has signed what the log shows it."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jiangxue.kernel.clock import to_ms
from jiangxue.ledger.models import Checkpoint, Witness
from jiangxue.ledger.rules import note
from jiangxue.ledger.services.witnessing import keep
from tests.conftest import MORNING

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def witness(name: str = "witness.example", private: Ed25519PrivateKey = KEY, *, address: str = "") -> Witness:
    """Make a witness."""
    key = str(note.public_key(name, note.WITNESS_KEY, private))
    return Witness.objects.create(title="省人力资源和社会保障厅", verifier_key=key, address=address, added_at=MORNING)


def countersign(by: Witness, at: datetime, private: Ed25519PrivateKey = KEY) -> None:
    """Let a witness sign the newest checkpoint at a time of its own."""
    checkpoint = Checkpoint.objects.order_by("-size").first()
    assert checkpoint is not None
    name = note.read_key(by.verifier_key).name
    line = note.cosigned(note.read_checkpoint(note.split(checkpoint.note)[0]), name, private, to_ms(at) // 1000)
    keep(by, checkpoint, line, now=at)
