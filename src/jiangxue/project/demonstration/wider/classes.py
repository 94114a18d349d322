"""The classes of the wider demonstration: two that run, one that is over and waits for its settlement, one that is settled."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from jiangxue.accounts.models import Account
from jiangxue.enrolment.evidence import append_agreements, append_verifications
from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.enrolment.services import ClassDraft, enrol, open_class
from jiangxue.kernel.clock import learning_day
from jiangxue.organisations.models import Organisation
from jiangxue.policies.services import set_class_time_policy
from jiangxue.project.demonstration import people
from jiangxue.project.demonstration.wider.courses import CARE, PASTRY, Taught, course_of
from jiangxue.project.demonstration.wider.crowd import Somebody, admit, crowd

_SEED = 20261127
RULE = {"check_least_ms": 60_000, "check_mean_ms": 150_000, "check_most_ms": 240_000}
"""A check every two or three minutes, for lessons of some minutes."""
_WHY = "演示规则：课件短，两三分钟打一次卡"


@dataclass(frozen=True, slots=True)
class Held:
    """A class: where, by whom, when it began and ends counted from today, and how many learn in it."""

    code: str
    name: str
    taught: Taught
    institution: str
    head_teacher: str
    began: int
    ends: int
    size: int

    @property
    def is_over(self) -> bool:
        """Say whether its last day has passed."""
        return self.ends < 0


RUNNING = Held("GD-FS-0301", "家政服务员保洁 · 岭南一班", CARE, people.CENTRE_NAME, "lingnan.head", 20, 40, 110)
OVER = Held("GD-FS-0302", "家政服务员保洁 · 岭南二班（待结班）", CARE, people.CENTRE_NAME, "lingnan.head", 24, -2, 60)
SETTLED = Held(
    "GD-FS-0303", "家政服务员保洁 · 岭南三班（已结班）", CARE, people.CENTRE_NAME, "lingnan.head", 25, -8, 24
)
AT_WORK = Held("GD-GZ-0401", "面点岗前培训 · 第七期", PASTRY, people.ENTERPRISE_NAME, "zhujiang.head", 14, 30, 80)
CLASSES = (RUNNING, OVER, AT_WORK, SETTLED)


def seed_classes(classes: Sequence[Held] = CLASSES, *, now: datetime) -> None:
    """Open the classes, each once, with everybody who learns in them."""
    there = set(TrainingClass.objects.values_list("code", flat=True))
    for held, roster in _rosters(classes, Random(_SEED)):  # noqa: S311  (people who learn, not secrets)
        if held.code not in there:
            _open(held, roster, now)


def places_of(held: Held) -> list[Enrolment]:
    """Return the places of a class in the order in which they were given."""
    found = Enrolment.objects.filter(training_class__code=held.code).select_related("learner", "training_class")
    return list(found.order_by("pk"))


def _rosters(classes: Sequence[Held], chance: Random) -> Iterator[tuple[Held, Sequence[Somebody]]]:
    """Return who learns where, the same people each time; those of the enterprise's class work there."""
    enterprise = Organisation.objects.get(name=people.ENTERPRISE_NAME)
    found = crowd(sum(held.size for held in classes), chance=chance)
    at_work = crowd(len(found), chance=chance, employer=enterprise.name, employer_uscc=enterprise.uscc or "")
    first = 0
    for held in classes:
        yield held, (at_work if held.institution == people.ENTERPRISE_NAME else found)[first : first + held.size]
        first += held.size


@transaction.atomic
def _open(held: Held, roster: Sequence[Somebody], now: datetime) -> None:
    today, then = learning_day(now), now - timedelta(days=held.began)
    accounts = admit(roster, now=now - timedelta(days=26))
    draft = ClassDraft(
        institution_id=Organisation.objects.get(name=held.institution).pk,
        course_id=course_of(held.taught).pk,
        head_teacher_id=Account.objects.get(login_name=held.head_teacher).pk,
        code=held.code,
        name=held.name,
        opens_on=learning_day(then),
        closes_on=today + timedelta(days=held.ends),
    )
    opened = open_class(draft, teacher_ids=[], now=then)
    set_class_time_policy(
        training_class_id=opened.pk, values=RULE, valid_from=then, author_id=None, reason=_WHY, for_demonstration=True
    )
    places = [
        enrol(class_id=opened.pk, learner_id=account.pk, background=each.background, now=then)
        for account, each in zip(accounts, roster, strict=True)
    ]
    append_agreements(places, now=then)
    append_verifications(places, now=then)
