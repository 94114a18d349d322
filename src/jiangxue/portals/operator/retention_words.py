"""Runs of retention, what they list, and why a step is refused, in words. Clauses T8.1, M2."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiangxue.archive.errors import (
    NotAReason,
    NothingDue,
    NotTheRole,
    RetentionRefusal,
    RunMovedOn,
    RunUnderWay,
    SameAdministrator,
    TooFewYears,
)
from jiangxue.archive.models import Erasure, RetentionRun
from jiangxue.archive.rules.retention import Kept


class RunState(StrEnum):
    """How far a run has come."""

    WAITING = "waiting"
    AT_WORK = "at_work"
    FINISHED = "finished"
    DROPPED = "dropped"


RUN_STATES: dict[RunState, str | Promise] = {
    RunState.WAITING: _("waits for the security administrator"),
    RunState.AT_WORK: _("is being erased"),
    RunState.FINISHED: _("worked off"),
    RunState.DROPPED: _("dropped, nothing erased"),
}
KEPT: dict[str, str | Promise] = {
    Kept.HELD: _("kept: it is under hold"),
    Kept.NOT_DUE: _("kept: its term is not over yet, by a later record or a longer rule"),
    Kept.TIED: _("kept: records of it wait to be sealed, or an archive that must be kept rests on the same check-ins"),
}
_REFUSED: dict[type[RetentionRefusal], tuple[int, str | Promise]] = {
    NotTheRole: (403, _("This step belongs to another administrator.")),
    SameAdministrator: (
        403,
        _("You made this list yourself. Another person must confirm it, whatever role you look through."),
    ),
    RunMovedOn: (409, _("This list was confirmed or dropped meanwhile. See below how it stands now.")),
    RunUnderWay: (
        409,
        _("Another list waits to be confirmed, or is being worked off. A new one can be made when that is finished."),
    ),
    NothingDue: (409, _("The term of no archive is over: there is nothing to list.")),
    TooFewYears: (400, _("Write a number of years from 5 to 99.")),
    NotAReason: (400, _("Write the reason, in at most 200 characters.")),
}


def state_of(run: RetentionRun) -> RunState:
    """Return how far a run has come."""
    if run.finished_at is None:
        return RunState.WAITING if run.confirmed_at is None else RunState.AT_WORK
    return RunState.DROPPED if run.confirmed_at is None else RunState.FINISHED


def item_said(item: Erasure, state: RunState) -> str:
    """Say what became of a listed archive, or what it waits for."""
    if item.erased_at is not None:
        return str(_("erased"))
    if item.kept_because:
        return str(KEPT[item.kept_because])
    if item.announced_at is not None:
        return str(_("told to the ledger; erased as soon as that is signed"))
    return str(_UNTOUCHED[state])


_UNTOUCHED: dict[RunState, str | Promise] = {
    RunState.WAITING: _("listed"),
    RunState.AT_WORK: _("confirmed; its turn comes"),
    RunState.FINISHED: _("listed"),
    RunState.DROPPED: _("not erased"),
}


def refused(refusal: RetentionRefusal) -> tuple[int, str]:
    """Return the status of a refusal, and why and what to do; an unknown one is a fault of ours and raises KeyError."""
    status, sentence = _REFUSED[type(refusal)]
    return status, str(sentence)
