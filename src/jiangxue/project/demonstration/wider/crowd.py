"""Some hundred people of the wider demonstration: invented names, numbers that only look real, and who they are beside that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import transaction

from jiangxue.accounts.models import Account, Identity, Membership
from jiangxue.accounts.rules.consents import PURPOSES
from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.services.consents import give_consent
from jiangxue.accounts.services.numbers import write_number
from jiangxue.audit.services import PROGRAM, Actor
from jiangxue.courseware.rules.content import PriorityGroup
from jiangxue.enrolment.evidence import verify_learner
from jiangxue.enrolment.rules.background import Background, Education
from jiangxue.kernel.viewer import Role
from jiangxue.project.demonstration import people

FIRST_SERIAL = 700
_SURNAMES = "陈李黄张梁林王吴刘何叶罗邓郑曾谢卢苏潘蔡杨麦钟冯霍区关招邝冼"
_GIVEN = (
    "伟明", "秀兰", "志强", "丽珍", "建军", "燕玲", "海涛", "小红", "国华", "美芳", "俊杰", "惠仪", "文斌", "玉梅",
    "子轩", "晓君", "家豪", "雪莹", "振宇", "嘉欣", "永康", "凤英", "泽霖", "春花", "志鹏", "少媚", "启航", "婉婷",
)  # fmt: skip
_GROUPS = (
    *[PriorityGroup.MIGRANT_WORKERS] * 5,
    *[PriorityGroup.UNEMPLOYED] * 2,
    PriorityGroup.GRADUATES,
    PriorityGroup.VETERANS,
    PriorityGroup.HARD_TO_EMPLOY,
    *[None] * 4,
)
_DOMICILES = ("440104", "440106", "440604", "450100", "430100", "520100")


@dataclass(frozen=True, slots=True)
class Somebody:
    """One of them: the number in the login name, what they are called, and what a roster tells of them."""

    serial: int
    name: str
    background: Background

    @property
    def login_name(self) -> str:
        """Return the login name."""
        return f"crowd{self.serial}"


def crowd(count: int, *, chance: Random, employer: str = "", employer_uscc: str = "") -> list[Somebody]:
    """Return so many people, the same ones each time; the first takes up where the ones before ended."""
    return [
        Somebody(
            FIRST_SERIAL + number,
            chance.choice(_SURNAMES) + chance.choice(_GIVEN),
            Background(
                group=chance.choice(_GROUPS),
                education=chance.choice(tuple(Education)[1:7]),
                domicile=chance.choice(_DOMICILES),
                employer=employer,
                employer_uscc=employer_uscc,
            ),
        )
        for number in range(count)
    ]


@transaction.atomic
def admit(crowd: Sequence[Somebody], *, now: datetime) -> list[Account]:
    """Let all have accounts with the demonstration's password, have agreed to what is asked for, and be who they say."""
    password = make_password(people.PASSWORD)
    accounts = Account.objects.bulk_create(
        Account(login_name=each.login_name, name=each.name, password=password, created_at=now, password_changed_at=now)
        for each in crowd
    )
    identities = []
    for account, each in zip(accounts, crowd, strict=True):
        identity = Identity(account=account, id_type=IdType.RESIDENT.value)
        write_number(identity, people.id_number(each.serial))
        identities.append(identity)
    Identity.objects.bulk_create(identities)
    Membership.objects.bulk_create(Membership(account=account, role=Role.LEARNER.value) for account in accounts)
    for account in accounts:
        for purpose, asked in PURPOSES.items():
            if not asked.is_apart:
                by = Actor(account.pk, Role.LEARNER)
                give_consent(account_id=account.pk, purpose=purpose, version=asked.version, by=by, now=now)
        verify_learner(account.pk, by=PROGRAM, now=now)
    return accounts
