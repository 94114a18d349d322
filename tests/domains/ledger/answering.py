"""A witness that answers over a network as a test tells it to."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jiangxue.kernel.clock import to_ms
from jiangxue.ledger.models import Checkpoint
from jiangxue.ledger.rules import note
from jiangxue.ledger.services.witnessing import Reply
from tests.conftest import MORNING
from tests.factories.witnesses import KEY

OTHER = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
"""The key of somebody else."""


class Answering:
    """Answers what it was given, one after the other, and the last one for ever; remembers what it was asked."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.addresses: list[str] = []
        self.requests: list[str] = []

    def __call__(self, address: str, request: str) -> Reply:
        self.addresses.append(address)
        self.requests.append(request)
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    @property
    def old_sizes(self) -> list[int]:
        """The size from which each request went out."""
        return [int(request.split("\n", 1)[0].removeprefix("old ")) for request in self.requests]


def signature(
    size: int, *, at: datetime = MORNING, name: str = "witness.example", private: Ed25519PrivateKey = KEY
) -> str:
    """Return the line by which a witness signs the checkpoint of a size."""
    checkpoint = note.read_checkpoint(note.split(Checkpoint.objects.get(size=size).note)[0])
    return note.cosigned(checkpoint, name, private, to_ms(at) // 1000)
