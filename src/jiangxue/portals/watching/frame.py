"""What the pages of a watched class have in common: the class itself, the ways between them, and the week in the address."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from typing import Concatenate

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest
from jiangxue.attendance.queries.open_ends import waits_for_people
from jiangxue.enrolment.errors import NotInClass
from jiangxue.enrolment.models import TrainingClass
from jiangxue.enrolment.queries import answers_for, class_for
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.learning.queries.anomalies import anomalies
from jiangxue.learning.queries.enrolled_faces import checks_faces, waiting_in
from jiangxue.learning.queries.periods import PERIOD_DAYS, Period, week_until

WATCHERS = frozenset({Role.TEACHER, Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR, Role.SUPERVISOR})

type View[**P] = Callable[Concatenate[SignedRequest, TrainingClass, P], HttpResponse]
type AddressedView = Callable[..., HttpResponse]
"""A view as the addresses call it: the request, and `class_id` with whatever else by name."""


def of_a_class[**P](view: View[P]) -> AddressedView:
    """Give a view the class that its address names; 404 for a class of others, and for what the view does not find in it."""

    @wraps(view)
    def wrapper(request: SignedRequest, /, class_id: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, class_for(request.viewer, class_id), *args, **kwargs)
        except NotInClass:
            raise Http404 from None

    return wrapper


def portal_of(request: SignedRequest) -> str:
    """Return the name of the portal that a request came to."""
    assert request.resolver_match is not None
    return request.resolver_match.app_name


def url_of(request: SignedRequest, name: str, *args: object) -> str:
    """Return an address of the same portal."""
    return reverse(f"{portal_of(request)}:{name}", args=args)


def frame(request: SignedRequest, watched: TrainingClass, current: str) -> dict[str, object]:
    """Return what every page of a watched class shows around its content."""
    return {
        "training_class": {"name": watched.name, "course_title": watched.version.title},
        "class_url": url_of(request, "class", watched.pk),
        "tabs": tabs(request, watched, current),
    }


def tabs(request: SignedRequest, watched: TrainingClass, current: str) -> list[dict[str, object]]:
    """Return the ways between the pages of a class, none for those who do not watch; the class's own page counts what is worth a look."""
    if request.viewer.role not in WATCHERS:
        return []
    labels = {
        "class": _("Class"),
        "live": _("Live"),
        "days": _("By day"),
        "plan": _("Teaching plan"),
        "anomalies": _("Worth a look"),
        "identity": _("Confirmed by staff"),
        "enrolled_faces": _("Enrolled faces"),
        "settlement": _("Settlement"),
    }
    counted = _counted(request, watched) if current == "class" else {}
    waiting = _to_compare(request, watched)
    if waiting is None:
        del labels["enrolled_faces"]
    else:
        counted["enrolled_faces"] = waiting
    return [
        {
            "label": label,
            "url": url_of(request, name, watched.pk),
            "current": name == current,
            "count": counted.get(name),
        }
        for name, label in labels.items()
    ]


def _to_compare(request: SignedRequest, watched: TrainingClass) -> int | None:
    """Return how many enrolled faces wait for the viewer to compare them, None where there is no such page for them."""
    if not answers_for(request.viewer, watched):
        return None
    waiting = len(waiting_in(watched, request.now))
    return waiting if waiting or checks_faces(watched, request.now) else None


def _counted(request: SignedRequest, watched: TrainingClass) -> dict[str, int]:
    """Return what is worth a look, and, where there is any, what of the attendance waits for people."""
    attendance = waits_for_people(watched.pk)
    return {"anomalies": _to_look_at(request, watched.pk), **({"plan": attendance} if attendance else {})}


def _to_look_at(request: SignedRequest, class_id: int) -> int:
    week = week_until(learning_day(request.now))
    return sum(not each.is_note for each in anomalies(request.viewer, class_id, week, request.now))


def week_of(request: SignedRequest) -> Period:
    """Return the week that the address asks for, by its last day; without one, or with one to come, the week until today."""
    today = learning_day(request.now)
    wanted = day_or_none(request.GET.get("until", ""))
    return week_until(min(wanted, today) if wanted else today)


def weeks_beside(request: SignedRequest, week: Period, opens_on: date) -> dict[str, str]:
    """Return the last days of the weeks before and after, as the address has them; empty where there is none."""
    today = learning_day(request.now)
    step = timedelta(days=PERIOD_DAYS)
    return {
        "earlier": (week.last - step).isoformat() if opens_on < week.first else "",
        "later": min(week.last + step, today).isoformat() if week.last < today else "",
    }


def day_or_none(text: str) -> date | None:
    """Return the day that an address names; none for anything else, and for days that no calendar of ours reaches back to."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year >= 2000 and found.year < 9999 else None
