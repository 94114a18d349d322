"""The tables of the ledger: inbox and contents, the log itself, its daily heads, and who outside has seen it."""

from jiangxue.ledger.models.heads import Heads, HeadsNode, HeadsPlace, HeadsWish
from jiangxue.ledger.models.inbox import InboxEntry, Payload, SubjectKey
from jiangxue.ledger.models.log import Alarm, Checkpoint, Edge, Entry, Head, LogAudit, Quarantined, SigningKey, Tile
from jiangxue.ledger.models.witnesses import Cosignature, Witness, WitnessRule

__all__ = [
    "Alarm",
    "Checkpoint",
    "Cosignature",
    "Edge",
    "Entry",
    "Head",
    "Heads",
    "HeadsNode",
    "HeadsPlace",
    "HeadsWish",
    "InboxEntry",
    "LogAudit",
    "Payload",
    "Quarantined",
    "SigningKey",
    "SubjectKey",
    "Tile",
    "Witness",
    "WitnessRule",
]
