"""What an archive says of the learner's identity: face checks with their attempts, and what was stored of the face, in words. Clauses T3.1, T3.3, T8.1."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.archive.rules.dossier import Check, Dossier, FaceAttempt
from jiangxue.enrolment.evidence import Forgetting
from jiangxue.kernel.clock import from_ms
from jiangxue.portals.archives.lines import lesson_title
from jiangxue.ui import faces
from jiangxue.ui.checks import CHECK_OUTCOMES
from jiangxue.ui.faces import word_of

FACE = "face"
DIGEST_SHOWN = 16
FORGOTTEN: Mapping[str, str | Promise] = {
    Forgetting.WITHDRAWN: gettext_lazy("consent withdrawn"),
    Forgetting.ASKED: gettext_lazy("deletion asked for"),
    Forgetting.SETTLED: gettext_lazy("last class settled"),
    Forgetting.NOT_THEIRS: gettext_lazy("not the person of the identity document"),
}


def face_lines(dossier: Dossier) -> list[dict[str, Any]]:
    """Return every check at which a face was due, with its attempts, in order of time; attempts at a check that is still open stand last."""
    attempts: dict[str, list[FaceAttempt]] = {}
    for each in dossier.faces:
        if each.check is not None:
            attempts.setdefault(each.check, []).append(each)
    due = [check for check in dossier.checks if check.trigger]
    settled = [_check(dossier, check, attempts.pop(check.check, [])) for check in due]
    still_open = [_open_check(dossier, found) for found in attempts.values()]
    return sorted(settled, key=lambda line: line["at"]) + still_open


def _check(dossier: Dossier, check: Check, attempts: Sequence[FaceAttempt]) -> dict[str, Any]:
    lessons = {session.session: session.lesson_id for session in dossier.sessions}
    by_staff = check.kind not in {"", FACE}
    return {
        "at": from_ms(check.asked_at_ms),
        "lesson_title": lesson_title(dossier, lessons.get(check.session, 0)),
        "trigger_label": word_of(faces.TRIGGERS, check.trigger),
        "outcome": "" if by_staff else check.outcome,
        "outcome_label": _("by the supervised way") if by_staff else CHECK_OUTCOMES.get(check.outcome, check.outcome),
        "why": word_of(faces.UNAVAILABLE, check.unavailable_why) if check.unavailable_why else "",
        "attempts": [attempt_line(each) for each in attempts],
    }


def _open_check(dossier: Dossier, attempts: Sequence[FaceAttempt]) -> dict[str, Any]:
    first = attempts[0]
    return {
        "at": from_ms(first.values["begun_at_ms"]),
        "lesson_title": lesson_title(dossier, first.values.get("lesson", 0)),
        "trigger_label": "",
        "outcome": "",
        "outcome_label": CHECK_OUTCOMES[""],
        "why": "",
        "attempts": [attempt_line(each) for each in attempts],
    }


def attempt_line(attempt: FaceAttempt) -> dict[str, Any]:
    """Return one attempt: how it ended first, then by what, then with what."""
    values = attempt.values
    facts, thresholds = values["facts"], values["thresholds"]
    return {
        "at": from_ms(values["begun_at_ms"]),
        "ordinal": values["ordinal"],
        "form_label": word_of(faces.FORMS, values["form"]),
        "outcome": values["outcome"],
        "outcome_label": word_of(faces.ATTEMPT_OUTCOMES, values["outcome"]),
        "rows": [(label, said) for label, said in _rows(values, facts, thresholds) if said],
    }


def _rows(
    values: Mapping[str, Any], facts: Mapping[str, Any], thresholds: Mapping[str, Any]
) -> Iterable[tuple[str, str]]:
    camera = values["camera"]
    yield _("Likeness"), _likeness(facts.get("similarity_permille", []), thresholds)
    yield _("Found"), _words(faces.FINDINGS, facts.get("findings", []))
    yield _("Told to the learner"), _words(faces.CODES, values["codes"])
    yield _("Colours shown"), _words(faces.COLOURS, values["script"].get("colours", []))
    yield _("Light on the face"), _flash(facts.get("flash"), thresholds)
    yield _("Actions asked"), _actions(values["script"])
    yield _("Seems live"), _percent(facts.get("live_permille"))
    yield _("Device"), values["device"]
    yield _("Camera, by the page's word"), camera.get("claimed", {}).get("label", "")
    yield _("Unusual about the camera"), _words(faces.SIGNS, camera.get("signs", []))
    yield _("Models"), models_said(values["models"])
    yield _("Pictures kept"), pictures_said(values["pictures"])


def _likeness(permille: Sequence[int], thresholds: Mapping[str, Any]) -> str:
    """Say how alike the portraits were, and what they are held against: 51.2 %, 58.7 % (confirmed from 40.0 %, unclear from 34.0 %)."""
    if not permille:
        return ""
    text = _("{shares} (confirmed from {confirmed}, unclear from {unclear})")
    return text.format(
        shares="、".join(_percent(each) for each in permille),
        confirmed=_percent(thresholds.get("pass_permille")),
        unclear=_percent(thresholds.get("unclear_permille")),
    )


def _flash(flash: Mapping[str, Any] | None, thresholds: Mapping[str, Any]) -> str:
    if not flash:
        return ""
    text = _(
        "agreement with the colours {correlation} (needed: {needed}), as good by chance {rank}, share of the screen {amplitude}"
    )
    said = text.format(
        correlation=_percent(flash["correlation_permille"]),
        needed=_percent(thresholds.get("flash_correlation_permille")),
        rank=_percent(flash["rank_permille"]),
        amplitude=_percent(flash["amplitude_permille"]),
    )
    strength = flash.get("strength_permille")
    if strength is None:
        return said
    return _("{said}; light that changed at all, by whatever cause: {strength}").format(
        said=said, strength=_percent(strength)
    )


def _actions(script: Mapping[str, Any]) -> str:
    """Say each action that was planned, and whether it was seen; one that was not reached is only named."""
    done = dict(enumerate(script.get("done", [])))
    said = {True: _("done"), False: _("not seen"), None: _("not reached")}
    words = (
        f"{word_of(faces.ACTIONS, name)}（{said[done.get(at)]}）" for at, name in enumerate(script.get("actions", []))
    )
    return "、".join(words)


def _words(words: faces.Words, names: Iterable[str]) -> str:
    return "、".join(str(word_of(words, name)) for name in names)


def _percent(permille: int | None) -> str:
    return "" if permille is None else f"{permille / 10:.1f} %"


def models_said(models: Mapping[str, str]) -> str:
    """Return the models that looked, each with the beginning of its hash."""
    return "\n".join(f"{name} {digest[:DIGEST_SHOWN]}…" for name, digest in models.items())


def pictures_said(digests: Sequence[str]) -> str:
    """Return how many pictures were kept, with the beginnings of their hashes."""
    if not digests:
        return ""
    listed = "\n".join(f"SHA-256 {digest[:DIGEST_SHOWN]}…" for digest in digests)
    return f"{_('{count} pictures').format(count=len(digests))}\n{listed}"


def stored_lines(dossier: Dossier) -> list[dict[str, Any]]:
    """Return when a face was enrolled, by which models, and when what was stored of it was deleted and why, in order."""
    enrolled = [
        {
            "at": from_ms(each.values["ended_at_ms"]),
            "is_stored": True,
            "why": "",
            "models": models_said(each.values["models"]),
            "pictures": pictures_said(each.values["pictures"]),
            "template": each.values.get("template", "")[:DIGEST_SHOWN],
        }
        for each in dossier.faces
        if each.check is None
    ]
    forgotten = [
        {
            "at": from_ms(each.at_ms),
            "is_stored": False,
            "why": FORGOTTEN.get(each.because, each.because),
            "models": "",
            "pictures": pictures_said(each.pictures),
            "template": each.template[:DIGEST_SHOWN],
        }
        for each in dossier.faces_forgotten
    ]
    return sorted([*enrolled, *forgotten], key=lambda line: line["at"])
