"""Whether training somebody may be subsidised, by a table that the authority issues (补贴条件). Clause C6; docs/rules/subsidies.md.

It says nothing about the right to learn: whoever is not eligible learns all the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiangxue.accounts.rules.id_types import Sex
from jiangxue.courseware.rules.content import PriorityGroup


@dataclass(frozen=True, slots=True)
class SubsidyRow:
    """One line of the table: whoever it fits may be subsidised. Ages are full months on the first day of the class, the upper one not reached any more.

    Empty fields ask for nothing: any region, group, sex or month of birth. Months of birth are first days, both included.
    """

    region: str = ""
    group: PriorityGroup | None = None
    sex: Sex | None = None
    born_from: date | None = None
    born_until: date | None = None
    from_months: int = 0
    until_months: int = 1_200
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of a learner: the month of birth by its first day and the sex, as far as their document tells, and the group."""

    born_in: date | None
    sex: Sex | None
    group: PriorityGroup | None


class Eligibility(StrEnum):
    """What is said of a learner."""

    FITS = "fits"
    NOT = "not"
    UNKNOWN = "unknown"


class Because(StrEnum):
    """Why somebody is not eligible, or what is missing to say."""

    REGION = "region"
    GROUP = "group"
    SEX = "sex"
    BIRTH = "birth"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    NO_TABLE = "no_table"


@dataclass(frozen=True, slots=True)
class Judged:
    """What is said of a learner, why, and by which line's basis they fit."""

    eligibility: Eligibility
    because: Because | None = None
    basis: str = ""


def judged(rows: Sequence[SubsidyRow], person: Person, region: str, day: date) -> Judged:
    """Return whether somebody who begins a class on a day in a region may be subsidised; without a table nothing is known.

    Where no line fits, the reason is that of the line which comes nearest; where only something unknown keeps a line from fitting, that is missing.
    Source: docs/rules/subsidies.md.
    """
    if not rows:
        return Judged(Eligibility.UNKNOWN, Because.NO_TABLE)
    return max((_by(row, person, region, day) for row in rows), key=lambda found: found[0])[1]


def months_on(born_in: date, day: date) -> int:
    """Return how many months lie between a month of birth and the month of a day."""
    return (day.year - born_in.year) * 12 + day.month - born_in.month


def _by(row: SubsidyRow, person: Person, region: str, day: date) -> tuple[int, Judged]:
    """Judge by one line; the number says how near it came: conditions before the first that is not met, more where one is only unknown, most where all are met."""
    said = list(_conditions(row, person, region, day))
    for depth, each in enumerate(said):
        if each is not None and each.eligibility is Eligibility.NOT:
            return depth, each
    missing = next((each for each in said if each is not None), None)
    if missing is not None:
        return len(said), missing
    return len(said) + 1, Judged(Eligibility.FITS, basis=row.basis)


def _conditions(row: SubsidyRow, person: Person, region: str, day: date) -> Iterable[Judged | None]:
    yield None if region.startswith(row.region) else _not(Because.REGION)
    yield None if row.group in (None, person.group) else _not(Because.GROUP)
    yield _of_sex(row, person)
    yield _of_birth(row, person)
    yield _of_age(row, person, day)


def _of_sex(row: SubsidyRow, person: Person) -> Judged | None:
    if row.sex is None or row.sex is person.sex:
        return None
    return _not(Because.SEX) if person.sex is not None else _unknown(Because.SEX)


def _of_birth(row: SubsidyRow, person: Person) -> Judged | None:
    if row.born_from is None and row.born_until is None:
        return None
    if person.born_in is None:
        return _unknown(Because.BIRTH)
    is_in = (row.born_from or person.born_in) <= person.born_in <= (row.born_until or person.born_in)
    return None if is_in else _not(Because.BIRTH)


def _of_age(row: SubsidyRow, person: Person, day: date) -> Judged | None:
    if person.born_in is None:
        return _unknown(Because.BIRTH)
    months = months_on(person.born_in, day)
    if months < row.from_months:
        return _not(Because.TOO_YOUNG)
    return _not(Because.TOO_OLD) if months >= row.until_months else None


def _not(because: Because) -> Judged:
    return Judged(Eligibility.NOT, because)


def _unknown(because: Because) -> Judged:
    return Judged(Eligibility.UNKNOWN, because)
