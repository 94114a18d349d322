"""Rules of retention, holds and runs as rows, for what the database itself keeps."""

from datetime import datetime

from jiangxue.archive.models import Erasure, LegalHold, RetentionRule, RetentionRun
from tests.factories import people
from tests.factories.classes import Classroom


def rule(now: datetime, **facts: object) -> RetentionRule:
    """Add a rule; `facts` replace fields."""
    values = {"years": 5, "reason": "省里要求", "at": now, "by": people.account(now=now)}
    return RetentionRule.objects.create(**{**values, **facts})


def held(room: Classroom, now: datetime, **facts: object) -> LegalHold:
    """Add a hold on the archive of the room's learner; `facts` replace fields."""
    values = {"placed_by": people.account(now=now), "placed_at": now, "region": "44", "reason": "正在核查"}
    return LegalHold.objects.create(enrolment=room.enrolment, **{**values, **facts})


def run(now: datetime, **facts: object) -> RetentionRun:
    """Add a run that was reported; `facts` replace fields."""
    values = {"reported_by": people.account(now=now), "reported_at": now, "years": 5}
    return RetentionRun.objects.create(**{**values, **facts})


def listed(of: RetentionRun, room: Classroom, now: datetime, **facts: object) -> Erasure:
    """List the archive of the room's learner in a run; `facts` replace fields."""
    return Erasure.objects.create(**{"run": of, "enrolment": room.enrolment, "due_on": now.date(), **facts})
