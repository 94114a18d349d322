"""What the worker does with many people: one after the other, so that other jobs keep their places; and what a worker left that was killed. Decision 0035."""

from collections.abc import Collection

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

TAKE_IN = "enrolment:take_in_roster"
OPEN = "enrolment:open_applied_class"
_ONE_AFTER_ANOTHER = "enrolment.many_people"


def ask_worker(task: str, **named: str | int) -> None:
    """Let the worker do something with many people, when it has done what was asked before."""
    app.configure_task(task, lock=_ONE_AFTER_ANOTHER).defer(**named)


def at_work(task: str) -> Collection[object]:
    """Return what the worker is at, or will be: the arguments of its jobs, one for each."""
    known = ProcrastinateJob.objects.filter(task_name=task, status__in=("todo", "doing")).values_list("args", flat=True)
    return [value for args in known for value in args.values()]
