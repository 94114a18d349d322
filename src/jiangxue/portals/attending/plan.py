"""The plan of a class: what is learned online beside its live and practice lessons, and adding to these. Clauses T7, C3, C5."""

from collections import defaultdict
from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.attendance.queries.sheet import Entry, entries, planned_span
from jiangxue.attendance.rules.presence import Standing
from jiangxue.courseware.rules.content import Mode
from jiangxue.djangokit.pages import with_lines
from jiangxue.enrolment.errors import PlanRefusal, UnfitItem
from jiangxue.enrolment.models import PlanItem, TrainingClass
from jiangxue.enrolment.queries import answers_for, roster
from jiangxue.enrolment.queries.plan import plan_of, teachers_of
from jiangxue.enrolment.services.plan import add_item
from jiangxue.portals.attendance_words import hours_said
from jiangxue.portals.attending.forms import ItemForm
from jiangxue.portals.attending.refusals import refusal_said, status_of
from jiangxue.portals.watching.frame import AddressedView, frame, of_a_class, url_of
from jiangxue.ui.course_words import MODES

ITEMS_A_PAGE = 50


@of_a_class
def _show(request: SignedRequest, watched: TrainingClass) -> HttpResponse:
    return _page(request, watched)


@of_a_class
def _hear_new(request: SignedRequest, watched: TrainingClass) -> HttpResponse:
    form = ItemForm(teachers_of(watched), request.POST)
    if not form.is_valid():
        return _page(request, watched, form, status=400)
    try:
        made = add_item(request.viewer, watched.pk, form.draft, by=actor_of(request), now=request.now)
    except UnfitItem as refusal:
        form.show_flaws(refusal.flaws)
        return _page(request, watched, form, status=400)
    except PlanRefusal as refusal:
        form.add_error(None, refusal_said(refusal))
        return _page(request, watched, form, status=status_of(refusal))
    messages.success(request, _("The lesson stands in the plan."))
    return redirect(url_of(request, "plan_item", watched.pk, made.pk))


show: AddressedView = _show
hear_new: AddressedView = _hear_new


def _page(
    request: SignedRequest, watched: TrainingClass, form: ItemForm | None = None, *, status: int = 200
) -> HttpResponse:
    planned = list(plan_of(request.viewer, watched.pk))
    chosen = request.GET.get("mode", "")
    page = Paginator([item for item in planned if chosen in ("", item.mode)], ITEMS_A_PAGE).get_page(
        request.GET.get("page")
    )
    may_plan = answers_for(request.viewer, watched)
    context = {
        **frame(request, watched, "plan"),
        "items": with_lines(page, _lines(request, watched, list(page.object_list))),
        "modes": _modes(planned, chosen),
        "sums": sums(watched, planned),
        "lessons": sum(len(module.lessons) for module in watched.version.whole.modules),
        "is_filtered": bool(chosen),
        "form": (form or ItemForm(teachers_of(watched))) if may_plan else None,
        "add_url": url_of(request, "add_item", watched.pk) if may_plan else "",
    }
    return render(request, "attending/plan.html", context, status=status)


def sums(of: TrainingClass, planned: Sequence[PlanItem]) -> list[dict[str, object]]:
    """Return for each way of teaching how many hours the course declares, and how many of live and practice are planned."""
    declared = of.version.whole.facts.hours
    by_mode = {
        mode: sum(item.hours for item in planned if item.mode == mode and item.cancelled_at is None) for mode in Mode
    }
    hours = {Mode.ONLINE: declared.online, Mode.LIVE: declared.live, Mode.PRACTICE: declared.practice}
    return [
        {
            "label": MODES[mode],
            "declared": hours_said(hours[mode]),
            "planned": "" if mode is Mode.ONLINE else hours_said(by_mode[mode]),
            "is_short": mode is not Mode.ONLINE and by_mode[mode] < hours[mode],
        }
        for mode in Mode
        if hours[mode] or by_mode[mode]
    ]


def _modes(planned: Sequence[PlanItem], chosen: str) -> list[dict[str, object]]:
    """Return the ways of teaching, to choose one from."""
    labels: dict[str, object] = {"": _("All"), **{mode.value: MODES[mode] for mode in (Mode.LIVE, Mode.PRACTICE)}}
    return [
        {
            "mode": mode,
            "label": label,
            "count": sum(mode in ("", item.mode) for item in planned),
            "current": chosen == mode,
        }
        for mode, label in labels.items()
    ]


def _lines(request: SignedRequest, watched: TrainingClass, items: Sequence[PlanItem]) -> list[dict[str, object]]:
    found: dict[int, list[Entry]] = defaultdict(list)
    for (item_id, _place), entry in entries([item.pk for item in items]).items():
        found[item_id].append(entry)
    learners = roster(request.viewer, watched.pk).count()
    return [
        {
            **item_shown(item),
            "url": url_of(request, "plan_item", watched.pk, item.pk),
            "has_begun": item.starts_at <= request.now,
            "present": _present(item, found[item.pk]),
            "learners": learners,
            "waiting": sum(entry.waiting is not None for entry in found[item.pk]),
            "objections": sum(entry.open_objection is not None for entry in found[item.pk]),
        }
        for item in items
    ]


def _present(item: PlanItem, found: Sequence[Entry]) -> int:
    return sum(entry.presence(planned_span(item)).standing is Standing.PRESENT for entry in found)


def item_shown(item: PlanItem) -> dict[str, object]:
    """Return what pages show of an item itself."""
    return {
        "title": item.title,
        "mode_label": MODES[item.mode],
        "starts_at": item.starts_at,
        "ends_at": item.ends_at,
        "hours": hours_said(item.hours),
        "place": item.place,
        "is_link": item.place.startswith(("https://", "http://")),
        "teacher": item.teacher.name,
        "is_cancelled": item.cancelled_at is not None,
    }
