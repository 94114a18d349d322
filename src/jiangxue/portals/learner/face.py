"""How it is confirmed that a learner is who they say: by their face, enrolled here, or by staff. Clauses T3.2, M2."""

import json
from dataclasses import asdict
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.accounts.errors import ConsentTextChanged
from jiangxue.accounts.queries.consents import has_agreed, last_said, text_of
from jiangxue.accounts.rules.consents import Purpose as ConsentPurpose
from jiangxue.enrolment.queries import all_own_places
from jiangxue.facecheck.errors import FaceRefusal
from jiangxue.facecheck.queries.allowances import allowance_of
from jiangxue.facecheck.queries.documents import is_waiting, last_comparison
from jiangxue.facecheck.queries.ways import Way, enrolled_at, way_of
from jiangxue.facecheck.rules.drawing import Form
from jiangxue.facecheck.rules.outcomes import Purpose
from jiangxue.facecheck.services.tickets import Ticket, Wanted, give_ticket
from jiangxue.kernel.viewer import Role
from jiangxue.learning.services.facing import thresholds_of
from jiangxue.policies.queries import time_policy_for
from jiangxue.policies.rules.reach import PLATFORM
from jiangxue.portals.identity_words import allowances_said
from jiangxue.portals.learner.consents import say
from jiangxue.portals.learner.devices import device_name
from jiangxue.portals.learner.face_forms import BEGIN, Malformed, WayForm, read
from jiangxue.portals.learner.face_messages import face_messages
from jiangxue.portals.learner.face_refusals import face_refusal_values
from jiangxue.portals.learner.permitted import permitted, wanted_page
from jiangxue.portals.marked_text import html_of

FORMS = {Purpose.ENROL: Form.ENROL, Purpose.TRIAL: Form.TRIAL}


@for_roles(Role.LEARNER)
@require_http_methods(["GET", "HEAD", "POST"])
@permitted
def choose(request: SignedRequest) -> HttpResponse:
    """Show by which way the viewer's identity is confirmed, and hear which one they want: neither is the smaller one."""
    if request.method != "POST":
        return _ways(request)
    form = WayForm(request.POST)
    if not form.is_valid():
        return _ways(request, status=400)
    wants_face = form.cleaned_data["way"] == Way.FACE
    said = last_said(request.viewer.account_id).get(ConsentPurpose.FACE)
    try:
        with transaction.atomic():
            say(request, ConsentPurpose.FACE, is_given=wants_face, version=form.cleaned_data["version"])
    except ConsentTextChanged:
        return _ways(request, status=409)
    next_page = wanted_page(request, request.POST.get("next", ""))
    if not wants_face:
        messages.success(request, _by_staff_now(withdrawn=said is not None and said.is_given))
        return redirect(next_page)
    if way_of(request.viewer.account_id) is Way.FACE:  # enrolled already, under an older text
        messages.success(request, _("You have agreed. You can withdraw at any time."))
        return redirect(next_page)
    return redirect(f"{reverse('learner:enrol_face')}?{urlencode({'next': next_page})}")


def _by_staff_now(*, withdrawn: bool) -> str:
    if withdrawn:
        return _("You have withdrawn, and what was stored of your face has been deleted. Staff confirm who you are.")
    return _("You have chosen staff. Tell your head teacher before you begin to learn.")


def _ways(request: SignedRequest, *, status: int = 200) -> HttpResponse:
    text = text_of(ConsentPurpose.FACE)
    account_id = request.viewer.account_id
    said = last_said(account_id).get(ConsentPurpose.FACE)
    context = {
        "way": way_of(account_id),
        "enrolled_at": enrolled_at(account_id),
        "has_agreed": said is not None and said.is_in_force,
        "agreed_before": said.at if said is not None and said.is_given and said.is_outdated else None,
        "compared": last_comparison(account_id),
        "is_waiting": is_waiting(account_id),
        "arranged": allowances_said(**asdict(allowance_of(account_id))),
        "text": text,
        "consent_html": html_of(text.rest, level=3),
        "has_changed": status == 409,
        "next_url": wanted_page(request, request.POST.get("next") or request.GET.get("next", "")),
    }
    return render(request, "learner/face_ways.html", context, status=status)


@for_roles(Role.LEARNER)
@require_safe
@permitted
def enrol(request: SignedRequest) -> HttpResponse:
    """Let the viewer enrol their face; without their consent, or once they have, this leads to the ways."""
    if way_of(request.viewer.account_id) is not Way.UNCHOSEN or not has_agreed(
        request.viewer.account_id, ConsentPurpose.FACE
    ):
        return redirect("learner:face")
    next_url = wanted_page(request, request.GET.get("next", ""))
    return render(request, "learner/face_page.html", {"face": face_context(request, Purpose.ENROL, next_url=next_url)})


@for_roles(Role.LEARNER)
@require_safe
@permitted
def device(request: SignedRequest) -> HttpResponse:
    """Let the viewer try whether camera, light and network of this device are good enough (设备检测); without their consent nobody looks at a face."""
    if not has_agreed(request.viewer.account_id, ConsentPurpose.FACE):
        return redirect("learner:face")
    next_url = wanted_page(request, request.GET.get("next", reverse("learner:face")))
    return render(request, "learner/face_page.html", {"face": face_context(request, Purpose.TRIAL, next_url=next_url)})


@for_roles(Role.LEARNER)
@require_POST
@permitted
def begin(request: SignedRequest) -> JsonResponse:
    """Give a ticket for enrolling or trying (200), or say why not (409); nothing understandable is 400."""
    try:
        said = read(BEGIN, request)
    except Malformed:
        return JsonResponse({"error": "malformed"}, status=400)
    purpose = Purpose(said.purpose)
    wanted = Wanted(
        account_id=request.viewer.account_id,
        purpose=purpose,
        form=FORMS[purpose],
        thresholds=thresholds_of(time_policy_for(PLATFORM, request.now).policy),
        archives=_archives(request) if purpose is Purpose.ENROL else (),
        device=device_name(request.headers.get("User-Agent", "")),
        address=access.address_of(request),
    )
    try:
        ticket = give_ticket(wanted, now=request.now)
    except FaceRefusal as refusal:
        return JsonResponse(face_refusal_values(refusal), status=409)
    return JsonResponse(ticket_values(ticket))


def _archives(request: SignedRequest) -> list[UUID]:
    """Return the archives that an enrolment is told to: nothing is written into one that is erased."""
    return [place.aid for place in all_own_places(request.viewer) if place.erased_at is None]


def ticket_values(ticket: Ticket, *, attempts_left: int | None = None) -> dict[str, object]:
    """Return a ticket as the page takes it (docs/formats/face-check.md)."""
    return {
        "attempt": ticket.attempt.hex,
        "ticket": ticket.secret,
        "socket": "/face/socket",
        "left_ms": ticket.left_ms,
        **({} if attempts_left is None else {"attempts_left": attempts_left}),
        "capture": {"long": 640, "short": 480, "fps": 10, "quality": 0.8},
    }


def face_context(request: SignedRequest, purpose: Purpose, *, next_url: str, check: str = "") -> dict[str, object]:
    """Return what the island needs (learner/face.html)."""
    is_check = purpose is Purpose.CHECK
    return {
        "purpose": purpose.value,
        "check": check,
        "begin_url": reverse("learner:begin_face_check" if is_check else "learner:begin_face"),
        "result_url": reverse("learner:face_result") if is_check else "",
        "unavailable_url": reverse("learner:put_off_face") if is_check else "",
        "supervised_url": f"{reverse('learner:face')}?{urlencode({'next': next_url or request.get_full_path()})}",
        "next_url": next_url,
        "csrf": get_token(request),
        "without_flash": allowance_of(request.viewer.account_id).without_flash,
        "script": static("islands/face.js"),
        "messages_json": json.dumps(face_messages(), ensure_ascii=False),
    }
