"""Opening the class of an application with many people: by the worker, some people in each transaction. Clauses T7, C5; decision 0035."""

from datetime import datetime

from django.db import transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import PROGRAM, REFUSED, Actor, person_of
from jiangxue.courseware.errors import NotPublished
from jiangxue.enrolment.errors import ApplicationChanged, UnfitApplication
from jiangxue.enrolment.models import ClassOpening, OpeningRun, OpeningStep, RosterEntry, RosterFile
from jiangxue.enrolment.rules.openings import (
    MOST_ATTEMPTS,
    OpeningState,
    StepKind,
    Stop,
    state_after,
    state_after_stop,
)
from jiangxue.enrolment.rules.portions import AT_ONCE
from jiangxue.enrolment.rules.roster.files import STUCK_AFTER, FileState
from jiangxue.enrolment.services.background import OPEN, TAKE_IN, ask_worker, at_work
from jiangxue.enrolment.services.opened import fit_application, give_places, make_class, mark_opened
from jiangxue.enrolment.services.opening_steps import append_step
from jiangxue.kernel.clock import Clock
from jiangxue.notices.rules.fitness import Params
from jiangxue.notices.services import tell


def ask_to_open(opening: ClassOpening, *, by: Actor, now: datetime) -> ClassOpening:
    """Let the worker check a locked application once more and open its class."""
    opening.state = state_after(StepKind.ASKED, OpeningState(opening.state)).value
    opening.save(update_fields=["state"])
    append_step(opening, StepKind.ASKED, by=by, now=now)
    audit.record("opening.asked", by=by, at=now, about=("opening", opening.pk))
    OpeningRun.objects.filter(opening=opening).delete()
    people = RosterEntry.objects.filter(opening=opening).count()
    OpeningRun.objects.create(opening=opening, by_id=person_of(by), role=by.role, asked_at=now, people=people)
    ask_worker(OPEN, opening_id=opening.pk)
    return opening


def try_again(opening: ClassOpening) -> ClassOpening:
    """Let the worker go on with a locked application at which it has failed; one that it is at stays as it is."""
    if OpeningRun.objects.filter(opening=opening, stop=Stop.LOST).update(stop="", attempts=0):
        ask_worker(OPEN, opening_id=opening.pk)
    return opening


def open_asked(opening_id: int, *, clock: Clock) -> None:
    """Open the class of an application that waits for it; may be killed at any moment and begun again, and does nothing for one that is opened or stopped."""
    run = _attempted(opening_id)
    if run is None or not _is_begun(run, clock.now()):
        return
    while _fill_some(run, clock.now()):
        pass


@transaction.atomic
def _attempted(opening_id: int) -> OpeningRun | None:
    runs = OpeningRun.objects.select_for_update(of=("self",)).filter(opening__state=OpeningState.OPENING, stop="")
    run = runs.filter(pk=opening_id).first()
    if run is not None:
        run.attempts += 1
        run.save(update_fields=["attempts"])
    return run


@transaction.atomic
def _is_begun(run: OpeningRun, now: datetime) -> bool:
    """Make the class, unless it was made before; False where something stands in the way, and the application is given back."""
    opening = _locked(run)
    if opening.state != OpeningState.OPENING:
        return False
    if opening.training_class_id is not None:
        return True
    try:
        with transaction.atomic():
            fit_application(opening, now)
            make_class(opening, by=_actor(run), now=now)
    except (UnfitApplication, NotPublished):
        _stop(_locked(run), run, Stop.UNFIT, now)
        return False
    except ApplicationChanged:
        _stop(_locked(run), run, Stop.CHANGED, now)
        return False
    return True


@transaction.atomic
def _fill_some(run: OpeningRun, now: datetime) -> bool:
    """Give places to some people of the roster, or say that the class is open; False where there is nothing more to do, or somebody else does it."""
    opening = _locked(run)
    held = OpeningRun.objects.select_for_update().filter(pk=run.pk, reached=run.reached, stop="").first()
    if held is None or opening.state != OpeningState.OPENING:
        return False
    some = list(RosterEntry.objects.filter(opening=opening, pk__gt=run.reached).order_by("pk")[:AT_ONCE])
    if not some:
        _finish(opening, run, now)
        return False
    placed = give_places(opening, some, by=_actor(run), now=now)
    run.reached, run.done, run.attempts = some[-1].pk, run.done + len(some), 0
    run.left_out = [*run.left_out, *placed.left_out]
    run.unreachable = [*run.unreachable, *placed.unreachable]
    run.save()
    return True


def _finish(opening: ClassOpening, run: OpeningRun, now: datetime) -> None:
    mark_opened(opening, by=_actor(run), now=now)
    params: Params = {"class_title": opening.name, "people": run.done - len(run.left_out)}
    tell([run.by_id], kind="opening.opened", about=("opening", opening.pk), params=params, at=now)


def _stop(opening: ClassOpening, run: OpeningRun, why: Stop, now: datetime) -> None:
    """Give an application back for which no class was made, and say why."""
    run.stop = why
    run.save(update_fields=["stop"])
    decided = OpeningStep.objects.filter(opening=opening, kind__in=(StepKind.SUBMITTED, StepKind.APPROVED))
    last = decided.order_by("-pk").first()
    opening.state = state_after_stop(was_approved=last is not None and last.kind == StepKind.APPROVED).value
    opening.save(update_fields=["state"])
    append_step(opening, StepKind.STOPPED, by=_actor(run), now=now)
    _tell_of_stop(run, now)


def _tell_of_stop(run: OpeningRun, now: datetime) -> None:
    audit.record("opening.stopped", by=PROGRAM, at=now, about=("opening", run.pk), result=REFUSED)
    params = {"class_title": run.opening.name}
    tell([run.by_id], kind="opening.stopped", about=("opening", run.pk), params=params, at=now)


@transaction.atomic
def take_over_lost(now: datetime) -> int:
    """Begin anew what no job of the worker's is for, as often as may be, then tell who asked that it stands still; return how many."""
    opening, taking = set(at_work(OPEN)), set(at_work(TAKE_IN))
    runs = OpeningRun.objects.select_for_update(of=("self",), skip_locked=True).select_related("opening")
    lost = [run for run in runs.filter(opening__state=OpeningState.OPENING, stop="") if run.pk not in opening]
    for run in lost:
        if run.attempts < MOST_ATTEMPTS:
            ask_worker(OPEN, opening_id=run.pk)
            continue
        run.stop = Stop.LOST
        run.save(update_fields=["stop"])
        _tell_of_stop(run, now)
    waiting = RosterFile.objects.filter(state=FileState.TAKEN.value, since__gt=now - STUCK_AFTER)
    files = [pk for pk in waiting.values_list("pk", flat=True) if str(pk) not in taking]
    for pk in files:
        ask_worker(TAKE_IN, file_id=str(pk))
    return len(lost) + len(files)


def _locked(run: OpeningRun) -> ClassOpening:
    rows = ClassOpening.objects.select_for_update(of=("self",)).select_related("institution", "course", "version")
    return rows.get(pk=run.pk)


def _actor(run: OpeningRun) -> Actor:
    return Actor(run.by_id, run.role)
