"""Forgetting rosters of applications of which no class came, after a warning, and keeping one that is still needed. Clauses M2, T8.1."""

from datetime import date, datetime

from django.db import transaction

from jiangxue.accounts.queries.recipients import holders_of
from jiangxue.audit import services as audit
from jiangxue.audit.services import PROGRAM, Actor
from jiangxue.enrolment.errors import NotNow, NotTheirs
from jiangxue.enrolment.models import ClassOpening, RosterEntry
from jiangxue.enrolment.queries.roster_terms import end_of, roster_end, rosters_ending
from jiangxue.enrolment.rules.roster_terms import is_warned_of
from jiangxue.enrolment.services.openings import locked
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.notices.queries import untold
from jiangxue.notices.rules.fitness import Params
from jiangxue.notices.services import clear, tell

_KEEPERS = frozenset({Role.INSTITUTION_ADMINISTRATOR, Role.HEAD_TEACHER})


@transaction.atomic
def keep_roster(*, viewer: Viewer, opening_id: int, by: Actor, now: datetime) -> None:
    """Keep the roster of an application for its whole term again, or raise `NotTheirs`, and `NotNow` where it does not go yet or is gone."""
    if viewer.role not in _KEEPERS:
        raise NotTheirs
    opening = locked(viewer, opening_id)
    ends_on = roster_end(opening)
    if ends_on is None or not is_warned_of(ends_on, learning_day(now)):
        raise NotNow
    ClassOpening.objects.filter(pk=opening.pk).update(roster_kept_at=now)
    audit.record("roster.kept", by=by, at=now, about=("opening", opening.pk))
    clear(["roster.ending"], about=_end(opening, ends_on), at=now)


def forget_rosters(now: datetime) -> int:
    """Erase the rosters whose term is over, and warn once of each that goes soon; called once a day. Returns how many were erased."""
    today, erased = learning_day(now), 0
    for opening in rosters_ending(now):
        ends_on = end_of(opening)
        if ends_on is not None and today >= ends_on:
            erased += _forgotten(opening.pk, now)
        elif ends_on is not None and is_warned_of(ends_on, today):
            about = _end(opening, ends_on)
            params: Params = {"class_title": opening.name, "opening": opening.pk, "ends_on": ends_on.isoformat()}
            told = untold(_concerned(opening), "roster.ending", about)
            tell(told, kind="roster.ending", about=about, params=params, at=now)
    return erased


@transaction.atomic
def _forgotten(opening_id: int, now: datetime) -> int:
    """Erase one roster if its term is still over under the lock of its application; return how many were erased."""
    opening = ClassOpening.objects.select_for_update().get(pk=opening_id)
    ends_on = roster_end(opening)
    if ends_on is None or learning_day(now) < ends_on:
        return 0
    RosterEntry.objects.filter(opening=opening).delete()
    audit.record("roster.expired", by=PROGRAM, at=now, about=("opening", opening.pk))
    clear(["roster.ending"], about=_end(opening, ends_on), at=now)
    params = {"class_title": opening.name}
    tell(_concerned(opening), kind="roster.erased", about=("opening", opening.pk), params=params, at=now)
    return 1


def _concerned(opening: ClassOpening) -> set[int]:
    """Return the head teacher, while still one of the institution, and its administrators."""
    heads = holders_of(Role.HEAD_TEACHER, organisation_id=opening.institution_id) & {opening.head_teacher_id}
    return heads | holders_of(Role.INSTITUTION_ADMINISTRATOR, organisation_id=opening.institution_id)


def _end(opening: ClassOpening, ends_on: date) -> tuple[str, str]:
    return "roster_end", f"{opening.pk}.{ends_on.isoformat()}"
