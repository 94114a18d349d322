"""Rows held against what is known already: who has an account, who is on the roster or in the class. Pure. Clause C3."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from hashlib import sha256

from jiangxue.accounts.rules.id_types import age_on, told_by
from jiangxue.accounts.rules.names import is_same_name
from jiangxue.enrolment.rules.roster.shapes import Column, Finding, Row, Standing, What, Written
from jiangxue.enrolment.rules.roster_checks import YOUNGEST


@dataclass(frozen=True, slots=True)
class Registered:
    """Whom a number is registered under."""

    account_id: int
    name: str
    may_learn: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What is known already: who is registered, whose mobile numbers are taken, who stands on the roster, and who has left; all by number as it is kept.

    Of an open class also its first day, and who learns the same elsewhere: an application is held to these when it is handed in, by
    `roster_checks`; whoever comes into a class later is held to them here.
    """

    registered: Mapping[str, Registered] = field(default_factory=dict)
    phone_owners: Mapping[str, int] = field(default_factory=dict)
    there: Mapping[str, Written] = field(default_factory=dict)
    left: frozenset[str] = frozenset()
    opens_on: date | None = None
    elsewhere: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Judged:
    """A row, what it does, and which columns say something else than the roster."""

    row: Row
    standing: Standing
    changes: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """All rows of a file, and the numbers that are on the roster and not in the file: they stay."""

    rows: tuple[Judged, ...]
    missing: tuple[str, ...]

    def counted(self, standing: Standing) -> int:
        """Return how many rows do that."""
        return sum(each.standing is standing for each in self.rows)

    @property
    def changes(self) -> int:
        """Return how many people a confirmation would add or change."""
        return self.counted(Standing.NEW) + self.counted(Standing.CHANGED)

    @property
    def people(self) -> int:
        """Return how many people stand there once it is confirmed."""
        return len(self.rows) - self.counted(Standing.UNFIT) + len(self.missing)

    @property
    def mark(self) -> str:
        """Return what a confirmation names, so that nothing is taken in that was not shown."""
        said = "\n".join(f"{each.row.line} {each.standing} {each.row.written!r}" for each in self.rows)
        return sha256(said.encode()).hexdigest()


def held_against(rows: Iterable[Row], known: Known) -> Verdict:
    """Return what each row does to the roster, with what only the platform knows added to its findings."""
    judged = tuple(_judged(row, known) for row in rows)
    named = {each.row.written.id_number for each in judged}
    return Verdict(judged, tuple(number for number in known.there if number not in named))


def _judged(row: Row, known: Known) -> Judged:
    number = row.written.id_number
    if number:
        row = replace(row, findings=(*row.findings, *_found(row.written, known)))
    if not row.is_fit:
        return Judged(row, Standing.UNFIT)
    before = known.there.get(number)
    if before is None:
        return Judged(row, Standing.NEW)
    changes = _changes(before, row.written)
    return Judged(row, Standing.CHANGED if changes else Standing.SAME, changes)


def _changes(before: Written, after: Written) -> tuple[Column, ...]:
    said = [{**asdict(each.background), **asdict(each)} for each in (before, after)]
    return tuple(column for column in Column if said[0][column] != said[1][column])


def _found(written: Written, known: Known) -> list[Finding]:
    found = []
    holder = known.registered.get(written.id_number)
    if holder is not None and not is_same_name(holder.name, written.name) and written.name:
        found.append(Finding(Column.NAME, What.OTHER_NAME))
    if holder is not None and not holder.may_learn:
        found.append(Finding(Column.ID_NUMBER, What.MAY_NOT_LEARN))
    if written.id_number in known.left:
        found.append(Finding(Column.ID_NUMBER, What.HAS_LEFT))
    owner = known.phone_owners.get(written.phone)
    if owner is not None and (holder is None or owner != holder.account_id):
        found.append(Finding(Column.PHONE, What.PHONE_TAKEN))
    if written.id_number not in known.there:
        found.extend(_of_newcomer(written, known))
    return found


def _of_newcomer(written: Written, known: Known) -> Iterator[Finding]:
    born = told_by(written.id_type, written.id_number).born
    if born is not None and known.opens_on is not None and age_on(born, known.opens_on) < YOUNGEST:
        yield Finding(Column.ID_NUMBER, What.UNDER_AGE)
    if written.id_number in known.elsewhere:
        yield Finding(Column.ID_NUMBER, What.LEARNS_ELSEWHERE)
