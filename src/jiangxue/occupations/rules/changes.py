"""What a new table changes. What it leaves out is retired."""

from collections.abc import Iterable
from dataclasses import dataclass

from jiangxue.occupations.rules.table import OccupationRow


@dataclass(frozen=True, slots=True)
class Changes:
    """What becomes of the occupations in use; `changed` are pairs of before and after, `kept` stay as they are."""

    added: tuple[OccupationRow, ...]
    changed: tuple[tuple[OccupationRow, OccupationRow], ...]
    retired: tuple[OccupationRow, ...]
    kept: int

    @property
    def is_empty(self) -> bool:
        """Say whether everything stays as it is."""
        return not (self.added or self.changed or self.retired)


def compare(in_use: Iterable[OccupationRow], table: Iterable[OccupationRow]) -> Changes:
    """Return what changes when a table takes the place of the occupations in use; one that was retired before is added anew."""
    before = {row.code: row for row in in_use}
    after = {row.code: row for row in table}
    both = [(before[code], after[code]) for code in sorted(before.keys() & after.keys())]
    changed = tuple((old, new) for old, new in both if old != new)
    return Changes(
        added=tuple(after[code] for code in sorted(after.keys() - before.keys())),
        changed=changed,
        retired=tuple(before[code] for code in sorted(before.keys() - after.keys())),
        kept=len(both) - len(changed),
    )
