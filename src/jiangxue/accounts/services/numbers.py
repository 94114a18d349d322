"""Writing an identity number into the row that keeps it, beside what it tells, and taking turns at it. Clause M1."""

import hashlib
from collections.abc import Iterable

from jiangxue.accounts.models import Identity
from jiangxue.accounts.rules.id_types import IdType, told_by
from jiangxue.djangokit.locks import lock_each_until_commit
from jiangxue.djangokit.sealed import blind_index, seal_for

NUMBER_FIELDS = ("id_number", "id_number_index", "sex", "born_in")
"""The columns that `write_number` sets."""


def write_number(identity: Identity, number: str) -> None:
    """Seal a number that fits into an identity that the caller saves, and set what it tells of its holder."""
    seal_for(identity, "id_number", number)
    identity.id_number_index = blind_index("id_number", number)
    told = told_by(IdType(identity.id_type), number)
    identity.sex, identity.born_in = told.sex or "", told.born_in


def take_turns(indexes: Iterable[bytes]) -> None:
    """Wait for whoever registers one of these numbers or mobile numbers, by keyed index, and let others wait until the caller's transaction ends.

    What is looked up after it stays so. Numbers share 256 locks by their first byte: a roster of 10,000 people would otherwise
    need more than the database has.
    """
    lock_each_until_commit(hashlib.sha256(b"registering/" + index[:1]).digest() for index in indexes)
