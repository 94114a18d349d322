"""Writing an identity number into the row that keeps it, beside what it tells. Clause M1."""

from jiangxue.accounts.models import Identity
from jiangxue.accounts.rules.id_types import IdType, told_by
from jiangxue.djangokit.sealed import blind_index, seal_for

NUMBER_FIELDS = ("id_number", "id_number_index", "sex", "born_in")
"""The columns that `write_number` sets."""


def write_number(identity: Identity, number: str) -> None:
    """Seal a number that fits into an identity that the caller saves, and set what it tells of its holder."""
    seal_for(identity, "id_number", number)
    identity.id_number_index = blind_index("id_number", number)
    told = told_by(IdType(identity.id_type), number)
    identity.sex, identity.born_in = told.sex or "", told.born_in
