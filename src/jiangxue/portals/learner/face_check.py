"""The learner's open face check (人脸打卡): an attempt, what came of it, and that it cannot be made. Clauses T2.6, T3.2."""

from collections.abc import Callable

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.facecheck.errors import FaceRefusal
from jiangxue.kernel.viewer import Role
from jiangxue.learning.errors import LearningRefusal
from jiangxue.learning.services.facing import AnotherAttempt, Why, begin_face, hear_face, put_off_face
from jiangxue.portals.learner.check import told
from jiangxue.portals.learner.devices import device_name
from jiangxue.portals.learner.face import ticket_values
from jiangxue.portals.learner.face_forms import OF_CHECK, UNAVAILABLE, Malformed, read
from jiangxue.portals.learner.face_refusals import face_refusal_values


@for_roles(Role.LEARNER)
@require_POST
def begin(request: SignedRequest) -> HttpResponse:
    """Give a ticket for an attempt at the open check."""

    def answer() -> dict[str, object]:
        begun = begin_face(
            request.viewer,
            read(OF_CHECK, request).check,
            device=device_name(request.headers.get("User-Agent", "")),
            address=access.address_of(request),
            clock=access.CLOCK,
        )
        return ticket_values(begun.ticket, attempts_left=begun.attempts_left)

    return _answered(answer)


@for_roles(Role.LEARNER)
@require_POST
def result(request: SignedRequest) -> HttpResponse:
    """Settle the check by what its attempts came to, or say that another may be made."""

    def answer() -> dict[str, object]:
        faced = hear_face(request.viewer, read(OF_CHECK, request).check, clock=access.CLOCK, chance=access.CHANCE)
        if isinstance(faced, AnotherAttempt):
            return {"outcome": "again", "attempts_left": faced.attempts_left, "step_up": faced.step_up}
        return told(faced, request)

    return _answered(answer)


@for_roles(Role.LEARNER)
@require_POST
def put_off(request: SignedRequest) -> HttpResponse:
    """Take note that the check cannot be made here, and let the learner go on."""

    def answer() -> dict[str, object]:
        said = read(UNAVAILABLE, request)
        faced = put_off_face(request.viewer, said.check, Why(said.why), clock=access.CLOCK, chance=access.CHANCE)
        return {**told(faced, request), "outcome": "unavailable"}

    return _answered(answer)


def _answered(answer: Callable[[], dict[str, object]]) -> JsonResponse:
    """Return an answer (200), why there is none (409), or that nothing was understood (400)."""
    try:
        return JsonResponse(answer())
    except Malformed:
        return JsonResponse({"error": "malformed"}, status=400)
    except (FaceRefusal, LearningRefusal) as refusal:
        return JsonResponse(face_refusal_values(refusal), status=409)
