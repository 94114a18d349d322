"""Filling in and sending the form of a new version of rules, as the tests of its pages do."""

from django.test import Client

from jiangxue.accounts.models import Account
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.policies.models import PolicyVersion
from jiangxue.policies.rules.strictness import TECHNICAL
from jiangxue.policies.rules.time_policy import RANGES
from tests.factories import people
from tests.factories.classes import Classroom

CAPS = {"day_cap_ms": "240", "class_day_cap_ms": "240"}


def administrator_of(room: Classroom, clock: HandClock) -> Account:
    return people.account((Role.INSTITUTION_ADMINISTRATOR, room.institution.pk), now=clock.now())


def filled(own: dict[str, str], *locks: str, **otherwise: str) -> dict[str, str]:
    """Return the form of a place below the platform as a person fills it in."""
    data = {f"{name}-from": "above" for name in RANGES if name not in TECHNICAL}
    data |= {name: "" for name in RANGES if name not in TECHNICAL}
    data |= own | {f"{name}-from": "own" for name in own} | {f"{name}-lock": "on" for name in locks}
    return data | {"begins": "now", "begins_at": "", "reason": "按文件要求"} | otherwise


def class_rules(room: Classroom) -> str:
    return f"/institution/classes/{room.training_class.pk}/rules/"


def posted(client: Client, address: str, data: dict[str, str], step: str = "preview") -> str:
    response = client.post(address, data | {"step": step})
    assert response.status_code == 200
    return response.content.decode()


def saved(client: Client, address: str, data: dict[str, str]) -> PolicyVersion:
    response = client.post(address, data | {"step": "save"})
    assert response.status_code == 302, response.content.decode()
    return PolicyVersion.objects.latest("pk")
