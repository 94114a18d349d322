"""People on a roster as pages show them: masked. Clause M2."""

from collections.abc import Collection
from dataclasses import dataclass

from jiangxue.djangokit.sealed import reveal
from jiangxue.enrolment.models import RosterEntry
from jiangxue.ui.masking import masked_identity, masked_name, masked_phone


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One person on a roster with name and numbers masked."""

    pk: int
    name: str
    id_type: str
    id_number: str
    phone: str
    group: str
    employer: str

    @property
    def called(self) -> str:
        """Return how sentences call the person: the masked name and the end of the number."""
        return f"{self.name}（{self.id_number}）"


def shown_entries(entries: Collection[RosterEntry]) -> dict[int, ShownEntry]:
    """Return people on a roster, by entry, for callers who have them from a viewer's query."""
    return {each.pk: _shown(each) for each in entries}


def _shown(each: RosterEntry) -> ShownEntry:
    number, phone = reveal(each, "id_number"), reveal(each, "phone") if each.phone else ""
    name = masked_name(each.name)
    return ShownEntry(
        each.pk, name, each.id_type, masked_identity(number), masked_phone(phone), each.group, each.employer
    )
