"""A person as others may read of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Registered:
    """A person as registered (实名信息): the identity number masked, and it and its type empty where none is kept."""

    account_id: int
    name: str
    id_type: str
    masked_number: str
