"""Why a face cannot be shown now, in plain words that say what to do."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiangxue.facecheck.errors import (
    AlreadyEnrolled,
    FaceRefusal,
    NoAttemptsLeft,
    NoFaceConsent,
    NotEnrolled,
    TooManyAttempts,
)
from jiangxue.learning.errors import EnrolledSinceAsked, LearningRefusal, MustBeConfirmed, NoOpenFaceCheck


def face_refusal_values(refusal: FaceRefusal | LearningRefusal) -> dict[str, object]:
    """Return what the page is told; an unknown refusal is a fault of ours and is raised again."""
    error, message, name = _said(refusal)
    return {"error": error, "message": message, "url": reverse(name) if name else ""}


def _said(refusal: FaceRefusal | LearningRefusal) -> tuple[str, str, str]:
    for kind, error, message, name in _WORDS:
        if isinstance(refusal, kind):
            return error, str(message), name
    raise refusal


_WORDS: tuple[tuple[type[Exception], str, str | Promise, str], ...] = (
    (NoFaceConsent, "no_consent", _("You have not agreed to face checks, or have withdrawn."), "learner:face"),
    (NotEnrolled, "not_enrolled", _("Your face is not enrolled yet."), "learner:face"),
    (AlreadyEnrolled, "already_enrolled", _("Your face is enrolled already."), "learner:face"),
    (
        NoOpenFaceCheck,
        "no_open_check",
        _("This face check is over. Go on learning; another one comes later."),
        "learner:home",
    ),
    (
        EnrolledSinceAsked,
        "enrolled_since",
        _(
            "This check began before your face was enrolled, so that it cannot be answered with it. It ends in a few minutes; then begin the lesson again."
        ),
        "learner:home",
    ),
    (NoAttemptsLeft, "no_attempts_left", _("All attempts of this check were used, or its time is over."), ""),
    (
        TooManyAttempts,
        "too_many",
        _("This was tried very often today. Please go on tomorrow, or be confirmed by staff."),
        "learner:face",
    ),
    (
        MustBeConfirmed,
        "must_be_confirmed",
        _("This check cannot be put off again. Show your face on another device, or be confirmed by staff."),
        "learner:face",
    ),
)
