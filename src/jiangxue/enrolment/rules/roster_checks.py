"""What keeps the people of a roster from learning in a class. Clauses T7, C6; docs/rules/openings.md."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from jiangxue.accounts.rules.id_types import age_on
from jiangxue.accounts.rules.names import is_same_name
from jiangxue.enrolment.rules.applications import Meeting
from jiangxue.enrolment.rules.opening_checks import Busy, is_busy
from jiangxue.enrolment.rules.opening_findings import Finding, Flaw, Part

YOUNGEST = 16
"""From which age, in full years on the first day of the class, somebody may be trained: the age from which one may work."""
OLDEST_USUAL = 60
"""From which age on a hint asks whether the person is meant: nobody is refused for being old."""
MOST_PEOPLE = 10_000
"""How many persons one class may have at most."""


@dataclass(frozen=True, slots=True)
class Holder:
    """The account of an identity number: whose it is, and whether its person may be given a place now."""

    account_id: int
    name: str
    may_learn: bool = True


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another running class of the same occupation and level; without a name, it is another institution's."""

    named: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person of a roster beside what is known of the number: `number` and `phone` are compared, never shown.

    `is_phone_taken` says that another account has the mobile number.
    """

    entry: int
    name: str
    number: bytes
    phone: str = ""
    born: date | None = None
    holder: Holder | None = None
    is_phone_taken: bool = False
    elsewhere: Elsewhere | None = None


def roster_findings(
    roster: Sequence[Candidate], opens_on: date, meetings: Sequence[Meeting], busy: Sequence[Busy]
) -> tuple[Finding, ...]:
    """Return everything that is wrong with a roster for a class that begins on a day. Source: docs/rules/openings.md."""
    if not roster:
        return (Finding(Flaw.ROSTER_EMPTY, Part.ROSTER),)
    spans = [(each.starts_at, each.ends_at) for each in meetings if each.starts_at and each.ends_at]
    taken: dict[int, list[Busy]] = defaultdict(list)
    for each in busy:
        taken[each.account_id].append(each)
    return (
        *_twice(roster),
        *(finding for each in roster for finding in _of_person(each, opens_on)),
        *(
            Finding(Flaw.LEARNER_BUSY, Part.ROSTER, entry=each.entry)
            for each in roster
            if _is_taken(each, spans, taken)
        ),
    )


def _of_person(each: Candidate, opens_on: date) -> Iterator[Finding]:
    if each.born is not None:
        age = age_on(each.born, opens_on)
        if age < YOUNGEST:
            yield Finding(Flaw.TOO_YOUNG, Part.ROSTER, entry=each.entry, wanted=YOUNGEST)
        elif age >= OLDEST_USUAL:
            yield Finding(Flaw.OVER_AGE, Part.ROSTER, entry=each.entry, wanted=OLDEST_USUAL)
    if each.holder is None:
        yield from _of_newcomer(each)
    elif not is_same_name(each.holder.name, each.name):
        yield Finding(Flaw.OTHER_NAME, Part.ROSTER, entry=each.entry)
    elif not each.holder.may_learn:
        yield Finding(Flaw.NOT_POSSIBLE, Part.ROSTER, entry=each.entry)
    if each.elsewhere is not None:
        yield Finding(Flaw.LEARNS_ELSEWHERE, Part.ROSTER, entry=each.entry, named=each.elsewhere.named)


def _of_newcomer(each: Candidate) -> Iterator[Finding]:
    """Say what keeps somebody without account from ever signing in: the first way in is a code to their own mobile number."""
    if not each.phone:
        yield Finding(Flaw.NO_PHONE, Part.ROSTER, entry=each.entry)
    elif each.is_phone_taken:
        yield Finding(Flaw.PHONE_TAKEN, Part.ROSTER, entry=each.entry)


def _twice(roster: Sequence[Candidate]) -> Iterator[Finding]:
    """Name who stands on the roster a second time, by the number or by name and mobile number; of two names with one mobile, one signs in by it."""
    numbers: set[bytes] = set()
    phones: dict[str, Candidate] = {}
    for each in roster:
        before = phones.get(each.phone) if each.phone else None
        if each.number in numbers or (before is not None and before.name == each.name):
            yield Finding(Flaw.PERSON_TWICE, Part.ROSTER, entry=each.entry)
        elif before is not None:
            both_are_new = each.holder is None and before.holder is None
            yield Finding(Flaw.PHONE_TAKEN if both_are_new else Flaw.PHONE_TWICE, Part.ROSTER, entry=each.entry)
        numbers.add(each.number)
        phones.setdefault(each.phone, each)


def _is_taken(each: Candidate, spans: Sequence[tuple[datetime, datetime]], taken: Mapping[int, Sequence[Busy]]) -> bool:
    if each.holder is None or each.holder.account_id not in taken:
        return False
    account_id = each.holder.account_id
    return any(is_busy(account_id, begin, end, taken[account_id]) for begin, end in spans)
