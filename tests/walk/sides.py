"""One side of the world: an organisation in its region, its people, and what each part of an address means there."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from jiangxue.accounts.models import Account
from jiangxue.accounts.services import Person, create_account
from jiangxue.audit.services import Actor
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.organisations.models import Organisation, Region
from tests.factories import people
from tests.factories.classes import Classroom

_HAN = r"[一-鿿]"


@dataclass(frozen=True)
class Names:
    """What everything of a side is called: `stem` begins every name of it, `latin` every login name and code."""

    stem: str
    latin: str
    city: str
    district: str
    kind: Organisation.Kind = Organisation.Kind.INSTITUTION
    serial: int = 0

    @property
    def pattern(self) -> re.Pattern[str]:
        """Return what finds any name of the side in a page; the stem alone, which a search may repeat, is none."""
        return re.compile(f"{self.stem}{_HAN}+|{self.latin}[.-][a-z0-9]+|139{self.serial:02d}[0-9]{{6}}")


@dataclass
class Side:
    """An organisation with its people and its objects; `keys` says what an argument of an address means on this side."""

    names: Names
    clock: HandClock
    organisation: Organisation
    people: dict[str, Account] = field(default_factory=dict)
    keys: dict[str, object] = field(default_factory=dict)
    rows: dict[str, set[str]] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    _room: Classroom | None = None

    @property
    def room(self) -> Classroom:
        """Return the side's class."""
        assert self._room is not None
        return self._room

    @room.setter
    def room(self, room: Classroom) -> None:
        self._room = room

    def called(self, what: str) -> str:
        """Return a name of this side alone."""
        return f"{self.names.stem}{what}"

    def viewer(self, who: str) -> Viewer:
        """Return how one of the people looks."""
        return people.viewer(self.people[who])

    def actor(self, who: str) -> Actor:
        """Return one of the people as the audit names them."""
        return Actor(self.people[who].pk, self.viewer(who).role)


LEARNERS = ("learner", "mate")
_STAFF = {
    "administrator": Role.INSTITUTION_ADMINISTRATOR,
    "second": Role.INSTITUTION_ADMINISTRATOR,
    "head": Role.HEAD_TEACHER,
    "teacher": Role.TEACHER,
    "aside": Role.TEACHER,
    "editor": Role.COURSE_EDITOR,
    "reviewer": Role.REVIEWER,
}
_OF_THE_PLATFORM: dict[str, tuple[Role, int | None]] = {
    "platform": (Role.REVIEWER, None),
    "system": (Role.SYSTEM_ADMINISTRATOR, None),
    "security": (Role.SECURITY_ADMINISTRATOR, None),
    "auditor": (Role.AUDIT_ADMINISTRATOR, None),
}
_CALLED = {
    "platform": "评审",
    "system": "系统员",
    "security": "安全员",
    "auditor": "审计员",
    "administrator": "校长",
    "second": "主任",
    "head": "班主任",
    "teacher": "教师",
    "aside": "旁师",
    "editor": "编辑",
    "reviewer": "审核",
    "officer": "科员",
    "chief": "科长",
    "district": "区员",
    "learner": "学员",
    "mate": "同学",
}


def founded(names: Names, clock: HandClock) -> Side:
    """Found an organisation, its authorities, and give everybody an account."""
    for code in (names.city[:2], names.city, names.district):
        Region.objects.get_or_create(code=code, defaults={"name": f"地区 {code}"})
    of = Organisation.objects.create(kind=names.kind, name=f"{names.stem}学校", region_id=names.district)
    side = Side(names, clock, of)
    authority = Organisation.Kind.AUTHORITY
    city = Organisation.objects.create(kind=authority, name=side.called("市局"), region_id=names.city)
    district = Organisation.objects.create(kind=authority, name=side.called("区局"), region_id=names.district)
    roles: dict[str, tuple[Role, int | None]] = {
        **{who: (role, of.pk) for who, role in _STAFF.items()},
        **dict.fromkeys(("officer", "chief"), (Role.SUPERVISOR, city.pk)),
        "district": (Role.SUPERVISOR, district.pk),
        **dict.fromkeys(LEARNERS, (Role.LEARNER, None)),
        **_OF_THE_PLATFORM,
    }
    for ordinal, (who, role) in enumerate(roles.items(), 1):
        side.people[who] = _account(side, who, role, ordinal)
    side.keys["organisation_id"] = side.keys["institution_id"] = of.pk
    side.keys["membership_id"] = side.people["head"].memberships.get().pk
    side.keys["operator:membership_id"] = side.people["second"].memberships.get().pk
    for act in ("platform_end_role", "platform_renew_second_factor", "platform_password_link"):
        side.keys[f"operator:{act}:membership_id"] = side.people["platform"].memberships.get().pk
    side.keys["regulator:membership_id"] = side.people["chief"].memberships.get().pk
    return side


def _account(side: Side, who: str, role: tuple[Role, int | None], ordinal: int) -> Account:
    serial = side.names.serial * 1_000_000 + ordinal
    person = Person(
        login_name=f"{side.names.latin}.{who}",
        name=side.called(_CALLED[who]),
        password=people.PASSWORD,
        id_number=people.id_number(700_000 + side.names.serial * 100 + ordinal),
        phone=f"139{serial:08d}",
    )
    made = create_account(person, roles=[role], now=side.clock.now())
    if role[0] is Role.LEARNER:
        people.agree(made, side.clock.now())
    return made


type Deed = Callable[[Side], None]


def let(side: Side, deeds: Iterable[Deed]) -> None:
    """Let things happen on a side, one after the other."""
    for deed in deeds:
        deed(side)
