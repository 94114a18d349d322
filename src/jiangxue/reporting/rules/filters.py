"""What is asked for (查询条件), as one value: read from an address and written back in one form only. Clause T7."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import Field, dataclass, fields
from datetime import date
from enum import StrEnum
from urllib.parse import urlencode

from jiangxue.accounts.rules.id_types import IdType, Sex
from jiangxue.courseware.rules.content import PriorityGroup, ProjectType
from jiangxue.enrolment.rules.background import Education
from jiangxue.occupations.rules.levels import Level
from jiangxue.reporting.errors import Fault, FilterFault, FilterRefused

LONGEST_NAME = 60
OLDEST = 120
MOST_DIGITS = 9


class ClassState(StrEnum):
    """Where a class stands: before its first day, running, over, or over and its hours settled."""

    UPCOMING = "upcoming"
    RUNNING = "running"
    OVER = "over"
    SETTLED = "settled"


class LearnerState(StrEnum):
    """Where a place stands: its learner learns, has finished all lessons, has not when the class was over, or has left the class."""

    LEARNING = "learning"
    FINISHED = "finished"
    UNFINISHED = "unfinished"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; None and empty text ask for everything.

    `first` and `last` are learning days: they choose classes whose term touches them, and time, sign-ins and checks of these days
    alone. An age is that of full years on the first day of the class. `region` and `occupation` are beginnings of codes.
    """

    name: str = ""
    group: PriorityGroup | None = None
    education: Education | None = None
    id_type: IdType | None = None
    sex: Sex | None = None
    age_from: int | None = None
    age_to: int | None = None
    learner: LearnerState | None = None
    institution: int | None = None
    region: str = ""
    course: int | None = None
    training_class: int | None = None
    occupation: str = ""
    level: Level | None = None
    project: ProjectType | None = None
    state: ClassState | None = None
    first: date | None = None
    last: date | None = None

    def query(self) -> str:
        """Return the one query string that says the same; empty where everything is asked for."""
        return urlencode([(NAMES[each.name], _written(getattr(self, each.name))) for each in self._set()])

    def _set(self) -> list[Field[object]]:
        return [each for each in fields(self) if getattr(self, each.name) not in (None, "")]

    @property
    def asks_of_learners(self) -> bool:
        """Say whether it chooses among the learners of a class."""
        return any(getattr(self, each) not in (None, "") for each in _OF_LEARNERS)


_OF_LEARNERS = ("name", "group", "education", "id_type", "sex", "age_from", "age_to", "learner")
NAMES: dict[str, str] = {
    "name": "name",
    "group": "group",
    "education": "education",
    "id_type": "id_type",
    "sex": "sex",
    "age_from": "age_from",
    "age_to": "age_to",
    "learner": "learner",
    "institution": "institution",
    "region": "region",
    "course": "course",
    "training_class": "class",
    "occupation": "occupation",
    "level": "level",
    "project": "project",
    "state": "state",
    "first": "from",
    "last": "until",
}
"""How each part is called in an address."""


def _written(value: object) -> str:
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else str(value)


class _Unread(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def _one_of(kind: type[StrEnum]) -> Callable[[str], StrEnum]:
    def read(text: str) -> StrEnum:
        try:
            return kind(text)
        except ValueError:
            raise _Unread(Fault.NOT_THERE) from None

    return read


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > MOST_DIGITS:
        raise _Unread(Fault.NOT_A_NUMBER)
    return int(text)


def _age(text: str) -> int:
    age = _number(text)
    if age > OLDEST:
        raise _Unread(Fault.NOT_A_NUMBER)
    return age


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise _Unread(Fault.NOT_A_DAY) from None
    if found.isoformat() != text:
        raise _Unread(Fault.NOT_A_DAY)
    return found


def _code(signs: str, longest: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > longest or set(text) - set(signs):
            raise _Unread(Fault.NOT_THERE)
        return text

    return read


def _name(text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise _Unread(Fault.TOO_LONG)
    if "\0" in text:
        raise _Unread(Fault.NOT_THERE)
    return text


_READ: Mapping[str, Callable[[str], object]] = {
    "name": _name,
    "group": _one_of(PriorityGroup),
    "education": _one_of(Education),
    "id_type": _one_of(IdType),
    "sex": _one_of(Sex),
    "age_from": _age,
    "age_to": _age,
    "learner": _one_of(LearnerState),
    "institution": _number,
    "region": _code("0123456789", 6),
    "course": _number,
    "training_class": _number,
    "occupation": _code("0123456789-", 10),
    "level": _one_of(Level),
    "project": _one_of(ProjectType),
    "state": _one_of(ClassState),
    "first": _day,
    "last": _day,
}


def read_filter(pairs: Iterable[tuple[str, str]], beside: Collection[str] = ()) -> Filter:
    """Return what the pairs of a query string ask for; empty values ask for nothing, and names in `beside` are somebody else's.

    Raises `FilterRefused` with every part that cannot be read: a misspelt filter must not quietly show more than was asked for.
    """
    fields_by_name = {shown: field for field, shown in NAMES.items()}
    read: dict[str, object] = {}
    faults: list[FilterFault] = []
    for shown, typed in pairs:
        text = typed.strip()
        if shown in beside or not text:
            continue
        try:
            field = fields_by_name.get(shown, "")
            _require_new(field, read)
            read[field] = _READ[field](text)
        except _Unread as unread:
            faults.append(FilterFault(shown, unread.fault, text))
    faults.extend(_order_faults(read))
    if faults:
        raise FilterRefused(*faults)
    return Filter(**read)  # type: ignore[arg-type]


def _require_new(field: str, read: Mapping[str, object]) -> None:
    if not field:
        raise _Unread(Fault.NOT_A_FILTER)
    if field in read:
        raise _Unread(Fault.TWICE)


def _order_faults(read: Mapping[str, object]) -> Iterable[FilterFault]:
    for low, high in (("age_from", "age_to"), ("first", "last")):
        if low in read and high in read and read[low] > read[high]:  # type: ignore[operator]
            yield FilterFault(NAMES[high], Fault.WRONG_ORDER, _written(read[high]))
