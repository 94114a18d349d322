"""Settlements as rows, for what the database itself keeps."""

from datetime import datetime

from jiangxue.archive.models import SettledPlace, Settlement, SettlementReview
from tests.factories import people
from tests.factories.classes import Classroom


def settlement(room: Classroom, now: datetime, **facts: object) -> Settlement:
    """Add a proposal of the head teacher; `facts` replace fields."""
    values = {"ordinal": 1, "proposed_at": now, "policy_versions": [1], "digest": "0" * 64}
    return Settlement.objects.create(
        training_class=room.training_class, **{"proposed_by": room.head_teacher, **values, **facts}
    )


def reviewed(of: Settlement, now: datetime, **facts: object) -> SettlementReview:
    """Add the confirmation of a second person; `facts` replace fields."""
    values = {"proposed_by": of.proposed_by, "at": now, "confirms": True}
    if "by" not in facts:
        facts["by"] = people.account(now=now)
    return SettlementReview.objects.create(settlement=of, **{**values, **facts})


def settled(of: Settlement, room: Classroom, now: datetime, **facts: object) -> SettledPlace:
    """Add what the room's learner came to; `facts` replace fields."""
    values = {"ordinal": 1, "figures": {}, "recognised_ms": 0, "hours": 0, "at": now}
    return SettledPlace.objects.create(settlement=of, **{"enrolment": room.enrolment, **values, **facts})


def settled_class(room: Classroom, now: datetime) -> SettledPlace:
    """Add a row of each kind."""
    return settled(reviewed(settlement(room, now), now).settlement, room, now)
