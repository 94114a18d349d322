"""POST /beat."""

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from jiangxue.accounts import access
from jiangxue.learning.api.wire import MAX_BYTES, Malformed, parse_beat
from jiangxue.learning.errors import (
    LearningRefusal,
    NoSuchSession,
    NotAuthentic,
    OutOfStep,
    SignedOut,
    TooOften,
)
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.rules.shapes import Directive, Do
from jiangxue.learning.services.beats import directive_values, hear

RETRY_AFTER_S = 2


@csrf_exempt
@require_POST
def beat(request: HttpRequest) -> JsonResponse:
    """Hear one beat and answer it; see docs/formats/beat.md for every answer."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
        return JsonResponse({"error": "too_large"}, status=413)
    try:
        return JsonResponse(with_page(hear(parse_beat(request.body), clock=access.CLOCK)))
    except Malformed:
        return JsonResponse({"error": "malformed"}, status=400)
    except LearningRefusal as refusal:
        return _refused(refusal)


def _refused(refusal: LearningRefusal) -> JsonResponse:
    match refusal:
        case NotAuthentic() | NoSuchSession():
            return JsonResponse({"error": "not_authentic"}, status=401)
        case SignedOut():
            return _signed_out(refusal)
        case OutOfStep():
            return _resync(refusal)
        case TooOften():
            return JsonResponse({"error": "too_often"}, status=429, headers={"Retry-After": str(RETRY_AFTER_S)})
        case _:
            raise refusal


def with_page(answer: dict[str, object]) -> dict[str, object]:
    """Add the address of the page that explains a sign-out."""
    directive = answer["directive"]
    assert isinstance(directive, dict)
    if directive["do"] != Do.SIGN_OUT:
        return answer
    return {**answer, "directive": {**directive, "url": _ended_url(str(directive["session"]))}}


def _signed_out(refusal: SignedOut) -> JsonResponse:
    directive = Directive(Do.SIGN_OUT, reason=EndReason(refusal.reason))
    values: dict[str, object] = {"error": "signed_out", "directive": directive_values(directive, refusal.session_id)}
    return JsonResponse(with_page(values), status=410)


def _resync(refusal: OutOfStep) -> JsonResponse:
    values = {
        "error": "resync",
        "n": refusal.n,
        "tag": refusal.tag,
        "nonce": refusal.nonce,
        "position_ms": refusal.position_ms,
    }
    return JsonResponse(values, status=409)


def _ended_url(session: str) -> str:
    return reverse("learner:session_ended", args=(session,))
