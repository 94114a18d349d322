"""A lesson: the page with its player, and the opening that the player asks for."""

import json
from dataclasses import asdict
from typing import Annotated

import msgspec
from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.accounts.errors import MayNotLearn
from jiangxue.enrolment.errors import NotInClass
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.queries import enrolment_for, reach_of
from jiangxue.facecheck.rules.outcomes import Purpose
from jiangxue.kernel.viewer import Role
from jiangxue.learning.errors import LearningRefusal, LessonNotInClass
from jiangxue.learning.services.opening import OpeningRequest, open_session
from jiangxue.policies.queries import time_policy_for
from jiangxue.portals.learner.devices import device_name
from jiangxue.portals.learner.face import face_context
from jiangxue.portals.learner.lesson_test_words import test_line
from jiangxue.portals.learner.outline import Step, outlines, step_at
from jiangxue.portals.learner.permitted import permitted, refusal_said
from jiangxue.portals.learner.player_messages import player_messages
from jiangxue.portals.learner.promise import promised
from jiangxue.portals.learner.refusals import refusal_values
from jiangxue.portals.learner.today import lesson_today
from jiangxue.portals.learner.up_to_date import check_first, up_to_date
from jiangxue.portals.learner.ways import must_choose_way, ways_url
from jiangxue.portals.media.tickets import media_url


class _Wanted(msgspec.Struct, forbid_unknown_fields=True):
    window: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]
    take_over: bool


_WANTED = msgspec.json.Decoder(_Wanted)


@for_roles(Role.LEARNER)
@require_safe
@permitted
@promised
@up_to_date
@check_first
def show(request: SignedRequest, class_id: int, lesson_id: int) -> HttpResponse:
    """Show a lesson with its player; nothing counts before the player opens a session."""
    enrolment, steps, here = _place(request, class_id, lesson_id)
    if enrolment.training_class.version.taken_down_at is not None:
        return redirect("learner:class", class_id)
    if must_choose_way(request, [enrolment.training_class]):
        return redirect(ways_url(request))
    step = steps[here]
    context = {
        "lesson": {
            "title": step.title,
            "module_title": step.taught.module_title,
            "class_name": enrolment.training_class.name,
            "class_url": reverse("learner:class", args=(class_id,)),
        },
        "before": _neighbour(steps, here - 1),
        "after": _neighbour(steps, here + 1),
        "records_url": reverse("learner:records"),
        "test": test_line(step),
        "player": _player(request, step),
        "face": _face(request, enrolment),
    }
    return render(request, "learner/lesson.html", context)


@for_roles(Role.LEARNER)
@require_POST
def open_lesson(request: SignedRequest, class_id: int, lesson_id: int) -> JsonResponse:
    """Open a session for the window that asks, or say in plain words why not (403, 409)."""
    try:
        wanted = _WANTED.decode(request.body)
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError):
        return JsonResponse({"error": "malformed"}, status=400)
    opening = OpeningRequest(
        class_id=class_id,
        lesson_id=lesson_id,
        window=wanted.window,
        device=device_name(request.headers.get("User-Agent", "")),
        address=access.address_of(request),
        take_over=wanted.take_over,
        signed_in_since=request.account.password_changed_at,
    )
    try:
        opened = open_session(request.viewer, opening, clock=access.CLOCK, chance=access.CHANCE)
    except (NotInClass, LessonNotInClass):
        raise Http404 from None
    except MayNotLearn as refusal:
        return JsonResponse({"error": "may_not_learn", "message": refusal_said(refusal)}, status=403)
    except LearningRefusal as refusal:
        values, status = refusal_values(refusal)
        return JsonResponse(values, status=status)
    return JsonResponse({**asdict(opened), "stretches": lesson_today(request, class_id, lesson_id)})


def _face(request: SignedRequest, enrolment: Enrolment) -> dict[str, object] | None:
    """Return what showing a face in the check-in's dialog needs, where the class checks faces."""
    if not time_policy_for(reach_of(enrolment.training_class), request.now).policy.face_checks:
        return None
    return {**face_context(request, Purpose.CHECK, next_url=""), "is_late": True}


def _place(request: SignedRequest, class_id: int, lesson_id: int) -> tuple[Enrolment, list[Step], int]:
    try:
        enrolment = enrolment_for(request.viewer, class_id)
    except NotInClass:
        raise Http404 from None
    steps = outlines([enrolment], request.now)[enrolment.pk]
    here = step_at(steps, lesson_id)
    if here is None:
        raise Http404
    return enrolment, steps, here


def _neighbour(steps: list[Step], at: int) -> dict[str, str] | None:
    if not 0 <= at < len(steps):
        return None
    return {"title": steps[at].title, "url": steps[at].url}


def _player(request: SignedRequest, step: Step) -> dict[str, object]:
    media = step.lesson.media
    return {
        "open_url": reverse("learner:open", args=(step.class_id, step.lesson.pk)),
        "beat_url": settings.BEAT_URL,
        "check_url": reverse("learner:check"),
        "csrf": get_token(request),
        "length_ms": step.length_ms,
        "reached_ms": step.reached_ms,
        "title": step.title,
        "leave_url": reverse("learner:class", args=(step.class_id,)),
        "kind": media.kind,
        "messages_json": json.dumps(player_messages(media.kind), ensure_ascii=False),
        **(_document_facts(step) if media.extent.is_document else _film_facts(step)),
    }


def _film_facts(step: Step) -> dict[str, object]:
    """Return what only a film needs: where its parts are."""
    media = step.lesson.media
    return {
        "source": media_url(media.folder, "master.m3u8"),
        "captions": media_url(media.folder, step.taught.captions) if step.taught.captions else "",
        "poster": media_url(media.folder, "poster.webp") if media.has_poster else "",
    }


def _document_facts(step: Step) -> dict[str, object]:
    """Return what only the pages of a document need: their sizes, their pace and where they are fetched."""
    media = step.lesson.media
    return {
        "page_sizes_json": json.dumps(media.page_sizes),
        "pages_url": media_url(media.folder, "pages/"),
        "page_ms": step.page_ms,
        "idle_ask_ms": step.idle_ask_ms,
    }
