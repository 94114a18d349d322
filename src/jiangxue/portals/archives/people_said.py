"""What people decided about who learned, in words: at face checks, of days that staff confirm, of enrolled faces, and what they arranged. Clauses T3.1, T3.2, T8.1."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jiangxue.archive.rules.dossier import Dossier, Word
from jiangxue.kernel.clock import from_ms
from jiangxue.learning.rules.face_reviews import ReviewStep
from jiangxue.portals.archives.lines import People
from jiangxue.portals.face_words import STEPS
from jiangxue.portals.identity_words import arranged_said, compared_said, seen_said
from jiangxue.ui.roles import recorded_role


def people_said(dossier: Dossier, people: People) -> list[dict[str, Any]]:
    """Return every step in order of time, as ui/appeal_steps.html shows them."""
    asked = {check.check: from_ms(check.asked_at_ms) for check in dossier.checks}
    return [
        {
            "at": from_ms(word.at_ms),
            "role_label": recorded_role(word.role),
            "name": people.get(word.by, ""),
            "act": _act(word, asked),
            "text": word.text,
            "ms": word.about.get("ms"),
        }
        for word in dossier.words
    ]


def _act(word: Word, asked: Mapping[str, Any]) -> str | Promise:
    about = word.about
    if word.kind == "stated":
        seen_at = from_ms(about["seen_at_ms"]) if about["seen_at_ms"] is not None else None
        return seen_said(about["how"], seen_at, about["document"], from_ms(word.at_ms)) + _about_day(about["day"])
    if word.kind == "reviewed":
        return (_("signs") if about["agrees"] else _("sends back")) + _about_day(about["day"])
    if word.kind == "arranged":
        return arranged_said(without_flash=about["without_flash"], more_time=about["more_time"])
    if word.kind == "compared":
        return compared_said(about["outcome"], about["how"], from_ms(about["enrolled_at_ms"]))
    return str(STEPS[ReviewStep(word.kind)]) + _about_check(asked.get(about["check"]))


def _about_day(day: str) -> str:
    return _(" (confirmed by staff, {day})").format(day=day)


def _about_check(at: Any) -> str:  # noqa: ANN401  (a time, or None where the check was asked for another archive)
    return _(" (face check, {at})").format(at=f"{at:%Y-%m-%d %H:%M}") if at else ""


def said_line(step: Mapping[str, Any]) -> str:
    """Return a step in one line, for paper."""
    who = " ".join(str(each) for each in (step["role_label"], step["name"], step["act"]) if each)
    return "\n".join(each for each in (who, step["text"]) if each)
