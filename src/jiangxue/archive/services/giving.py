"""Giving an archive out, to those who may see the place in the class that it is about."""

from datetime import datetime

from django.db import transaction

from jiangxue.archive.errors import CannotBeGiven, CannotBeGivenYet
from jiangxue.archive.rules.container import contained
from jiangxue.archive.rules.members import members
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.djangokit.snapshot import one_snapshot
from jiangxue.enrolment.queries import Place
from jiangxue.ledger.errors import LogDamaged, NoSuchArchive, NotSealedYet
from jiangxue.ledger.queries.proofs import proved_archive
from jiangxue.ledger.services.alarming import alarm
from jiangxue.ledger.services.auditing import ask_for_audit
from jiangxue.ledger.services.wishing import wish_for_heads

ALARM = "archive.damaged"


@transaction.atomic
def ask_for(place: Place, *, by: Actor, now: datetime) -> None:
    """Ask that the archive of a place be made complete up to now; `place` comes from a query that is scoped by the viewer."""
    wish_for_heads(now=now)
    audit.record("archive.asked_for", by=by, at=now, about=("enrolment", place.pk))


def give_out(place: Place, *, by: Actor, now: datetime, reason: str = "") -> bytes:
    """Return the ARCHIVE.zip of a place, and keep who had it and why. Raises `CannotBeGivenYet`, or `CannotBeGiven` with an alarm.

    The learner's name is sealed in it: whoever has it for others says a reason, the learner none.
    """
    try:
        with one_snapshot():
            archive = proved_archive(place.aid)
    except NotSealedYet:
        raise CannotBeGivenYet from None
    except (LogDamaged, NoSuchArchive) as fault:
        report_damage(place, str(fault), now=now)
        raise CannotBeGiven(str(fault)) from None
    audit.record("archive.given_out", by=by, at=now, about=("enrolment", place.pk), reason=reason)
    return contained(members(archive))


def report_damage(place: Place, fault: str, *, now: datetime) -> None:
    """Raise the alarm that an archive does not fit what was sealed, and have the whole ledger audited."""
    alarm(ALARM, f"{place.aid}: {fault}", now=now)
    ask_for_audit()


def note_printed(place: Place, *, by: Actor, now: datetime) -> None:
    """Keep who had an archive as a paper."""
    audit.record("archive.printed", by=by, at=now, about=("enrolment", place.pk))
