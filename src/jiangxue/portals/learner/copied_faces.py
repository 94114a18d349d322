"""Face checks and what is stored of the face: the part of a copy that is about it. Pictures are named by time and check value, and not given."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from jiangxue.facecheck.models import FaceAttempt
from jiangxue.facecheck.queries.allowances import arranged_for
from jiangxue.facecheck.queries.documents import Compared, comparisons_of
from jiangxue.facecheck.queries.own_copy import own_attempts, stored_face
from jiangxue.facecheck.rules.documents import Comparison, DocumentSeen
from jiangxue.kernel.viewer import Viewer
from jiangxue.portals.identity_words import COMPARISONS, DOCUMENT_SEEN, arranged_said
from jiangxue.ui.faces import ATTEMPT_OUTCOMES, CODES, FORMS, PURPOSES, word_of

type Lines = Iterable[Mapping[str, object]]


def face_parts(viewer: Viewer) -> Iterator[tuple[str, Lines]]:
    """Return the parts with their names, each as lines."""
    stored = stored_face(viewer)
    yield (
        _("Stored face data"),
        []
        if stored is None
        else [
            {
                _("Face enrolled at"): stored.enrolled_at,
                _("Check value of the model"): stored.model_sha256,
                _("Check value of the template"): stored.template,
                _("Check values of the enrolled pictures"): list(stored.pictures),
                _("Compared with the faces of other accounts at"): stored.compared_at,
                _("Faces of other accounts that are alike"): stored.alike,
            }
        ],
    )
    yield (
        _("Arrangements for face checks"),
        [
            {
                _("Time"): word.at,
                _("Result"): arranged_said(without_flash=word.without_flash, more_time=word.more_time),
            }
            for word in arranged_for(viewer.account_id)
        ],
    )
    yield _("Enrolled faces compared with the identity document"), map(_compared, comparisons_of(viewer.account_id))
    yield _("Attempts to show your face"), (_attempt(each) for each in own_attempts(viewer).iterator(chunk_size=200))


def _compared(word: Compared) -> dict[str, object]:
    return {
        _("Time"): word.at,
        _("Face enrolled at"): word.attempt.finished_at,
        _("Result"): str(COMPARISONS[Comparison(word.outcome)]),
        _("How"): str(DOCUMENT_SEEN[DocumentSeen(word.how)]),
        _("In words"): word.text,
    }


def _attempt(attempt: FaceAttempt) -> dict[str, object]:
    camera = attempt.camera.get("claimed", {})
    return {
        _("Begun at"): attempt.issued_at,
        _("Ended at"): attempt.finished_at,
        _("What for"): str(word_of(PURPOSES, attempt.purpose)),
        _("Kind"): str(word_of(FORMS, attempt.form)),
        _("Result"): str(word_of(ATTEMPT_OUTCOMES, attempt.outcome)),
        _("Told"): [str(word_of(CODES, code)) for code in attempt.codes],
        _("Likeness, in thousandths"): attempt.facts.get("similarity_permille", []),
        _("Device"): attempt.device,
        _("Network address"): attempt.address,
        _("Camera"): camera.get("label", ""),
        _("Pictures kept (sealed; not in this copy)"): [
            {_("After, in ms"): each.at_ms, _("Check value"): each.digest} for each in attempt.pictures.all()
        ],
    }
