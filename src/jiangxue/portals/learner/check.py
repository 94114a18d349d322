"""The learner's open check: for the player as JSON, and as a page of its own that works without script. Clause T2.6."""

from dataclasses import asdict
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlencode

import msgspec
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.facecheck.rules.outcomes import Purpose
from jiangxue.kernel.viewer import Role
from jiangxue.learning.queries.records import running_session
from jiangxue.learning.rules.checks import CheckKind
from jiangxue.learning.services.answering import (
    Again,
    CheckAnswer,
    NoSuchCheck,
    answer_check,
    settled_check,
    show_check,
)
from jiangxue.learning.services.clearing import NotPassed, Passed
from jiangxue.portals.learner.face import face_context
from jiangxue.portals.learner.face_forms import Hex32
from jiangxue.portals.learner.forms import CheckForm
from jiangxue.portals.learner.today import lesson_today

type Hex16 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{16}\Z")]


class _Said(msgspec.Struct, forbid_unknown_fields=True):
    check: Hex32
    nonce: Hex16
    choice: Annotated[int, msgspec.Meta(ge=0, le=9)]
    reaction_ms: Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]


_SAID = msgspec.json.Decoder(_Said, strict=True)


@for_roles(Role.LEARNER)
@require_POST
def show_prompt(request: SignedRequest) -> JsonResponse:
    """Tell the player what its open check asks; null when there is none."""
    shown = show_check(request.viewer, clock=access.CLOCK, chance=access.CHANCE)
    return JsonResponse({"prompt": asdict(shown) if shown else None})


@for_roles(Role.LEARNER)
@require_POST
def hear_answer(request: SignedRequest) -> JsonResponse:
    """Hear the player's answer and tell what came of it (200), that it is no answer to an open check (409), or that it is none (400)."""
    try:
        said = _SAID.decode(request.body)
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError):
        return JsonResponse({"error": "malformed"}, status=400)
    answer = CheckAnswer(said.check, said.nonce, said.choice, said.reaction_ms)
    answered = answer_check(request.viewer, answer, clock=access.CLOCK, chance=access.CHANCE)
    if isinstance(answered, NoSuchCheck):
        return JsonResponse({"error": "no_such_check"}, status=409)
    return JsonResponse(told(answered, request))


def told(answered: Passed | Again | NotPassed, request: SignedRequest) -> dict[str, object]:
    """Return what a page is told of an answer (docs/formats/beat.md)."""
    match answered:
        case Passed():
            return {"outcome": "passed", **asdict(answered), "stretches": _stretches(request)}
        case Again(prompt):
            return {"outcome": "again", "prompt": asdict(prompt)}
        case NotPassed(outcome, session):
            return {"outcome": outcome, "url": reverse("learner:session_ended", args=(session,))}


def _stretches(request: SignedRequest) -> list[tuple[str, int]]:
    running = running_session(request.viewer)
    if running is None:
        return []
    return lesson_today(request, running.enrolment.training_class_id, running.lesson_id)


@for_roles(Role.LEARNER)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: SignedRequest) -> HttpResponse:
    """Show the open check as a page, hear its answer, and lead back to where the learner came from."""
    if request.method == "POST":
        said = CheckForm(request.POST)
        if not said.is_valid():
            return _asked(request, status=400)
        answered = answer_check(request.viewer, said.answer, clock=access.CLOCK, chance=access.CHANCE)
        match answered:
            case NotPassed(_, session):
                return redirect("learner:session_ended", session)
            case Again() | NoSuchCheck():
                return _asked(request, status=400, again=isinstance(answered, Again))
            case Passed():
                _tell(request, answered)
                return redirect(_way_back(request))
    return _asked(request)


def _asked(request: SignedRequest, *, status: int = 200, again: bool = False) -> HttpResponse:
    shown = show_check(request.viewer, clock=access.CLOCK, chance=access.CHANCE)
    if shown is None:
        return _after(request)
    if shown.kind == CheckKind.FACE:
        face = face_context(request, Purpose.CHECK, next_url=_way_back(request), check=shown.check)
        due_at = request.now + timedelta(milliseconds=shown.left_ms)
        return render(request, "learner/check_face.html", {"face": face, "due_at": due_at}, status=status)
    query = urlencode({"next": _way_back(request), "check": shown.check})
    context = {
        "check": shown,
        "again": again,
        "next_url": _way_back(request),
        "check_url": reverse("learner:check"),
        "over_url": f"{reverse('learner:check')}?{query}",
        "left_s": shown.left_ms // 1000,
        "left_percent": min(100, shown.left_ms * 100 // shown.of_ms),
    }
    return render(request, "learner/check.html", context, status=status)


def _after(request: SignedRequest) -> HttpResponse:
    """Lead on when no check is open: to the reason, where the one that was shown has not been passed."""
    settled = settled_check(request.viewer, request.GET.get("check", ""))
    if settled is not None:
        return redirect("learner:session_ended", settled.session)
    return redirect(_way_back(request))


def _tell(request: SignedRequest, passed: Passed) -> None:
    messages.success(request, _("Check-in passed: the time before it is confirmed."))
    if passed.was_right is False:
        text = _("The right answer is “%(right)s”. A wrong answer costs no learning time.")
        messages.info(request, text % {"right": passed.right})


def _way_back(request: SignedRequest) -> str:
    """Return where the learner came from, if that is a page of ours, else the start page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/learn/")
    return wanted if is_ours else reverse("learner:home")
