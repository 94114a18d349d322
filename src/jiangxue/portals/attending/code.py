"""The code that learners scan, large, on the teacher's screen or phone. Clauses C3, T1.3; docs/rules/attendance.md."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest
from jiangxue.attendance.errors import AttendanceRefusal
from jiangxue.attendance.queries.sheet import entries
from jiangxue.attendance.rules.codes import STEP_MS, Side
from jiangxue.attendance.services.signing import code_to_show, may_show_code
from jiangxue.enrolment.errors import NoSuchItem
from jiangxue.enrolment.models import PlanItem, TrainingClass
from jiangxue.enrolment.queries import roster
from jiangxue.enrolment.queries.plan import plan_item
from jiangxue.kernel.clock import to_ms
from jiangxue.portals.attendance_words import SIDES
from jiangxue.portals.attending.plan import item_shown
from jiangxue.portals.attending.refusals import refusal_said
from jiangxue.portals.watching.frame import AddressedView, frame, of_a_class, url_of
from jiangxue.ui.qr_code import qr_code

EVERY_MS = 5_000


def _found(request: SignedRequest, watched: TrainingClass, item_id: int) -> tuple[PlanItem, Side]:
    """Return the item and the side that the address asks for; 404 for whoever shows no codes here."""
    try:
        item = plan_item(request.viewer, watched.pk, item_id)
    except NoSuchItem:
        raise Http404 from None
    if not may_show_code(request.viewer, item):
        raise Http404
    return item, Side.OUT if request.GET.get("side") == Side.OUT else Side.IN


@of_a_class
def _show(request: SignedRequest, watched: TrainingClass, item_id: int) -> HttpResponse:
    item, side = _found(request, watched, item_id)
    url = url_of(request, "attendance_code", watched.pk, item.pk)
    context = {
        **frame(request, watched, "plan"),
        **_board_of(request, watched, item, side),
        "item": item_shown(item),
        "plan_url": url_of(request, "plan", watched.pk),
        "item_url": url_of(request, "plan_item", watched.pk, item.pk),
        "sides": [{"label": SIDES[each], "url": f"{url}?side={each}", "current": each is side} for each in Side],
        "board_url": f"{url}board/?side={side}",
        "every_ms": EVERY_MS,
    }
    return render(request, "attending/code.html", context)


@of_a_class
def _board(request: SignedRequest, watched: TrainingClass, item_id: int) -> HttpResponse:
    return render(request, "attending/code_board.html", _board_of(request, watched, *_found(request, watched, item_id)))


show: AddressedView = _show
board: AddressedView = _board


def _board_of(request: SignedRequest, watched: TrainingClass, item: PlanItem, side: Side) -> dict[str, object]:
    signed = [entry for entry in entries([item.pk]).values() if any(mark.side == side for mark in entry.marks)]
    learners = roster(request.viewer, watched.pk).count()
    shown: dict[str, object] = {
        "side_label": SIDES[side],
        "signed": len(signed),
        "learners": learners,
        "summary": _("{signed} of {learners} learners").format(signed=len(signed), learners=learners),
    }
    now_ms = to_ms(request.now)
    try:
        code = code_to_show(request.viewer, item, side, now_ms)
    except AttendanceRefusal as refusal:
        return {**shown, "closed": refusal_said(refusal)}
    address = request.build_absolute_uri(reverse("learner:read_code", args=[item.pk, side.value, code]))
    return {
        **shown,
        "drawn": qr_code(address, css_class="attendance-qr"),
        "seconds_left": (STEP_MS - now_ms % STEP_MS) // 1000 + 1,
    }
