"""The learner's identity on paper: face checks, their attempts, and what was stored of the face. Clauses T3.1, T8.1."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from jiangxue.archive.rules.dossier import Dossier
from jiangxue.portals.archives import faces
from jiangxue.portals.archives.lines import people_of
from jiangxue.portals.archives.people_said import people_said, said_line
from jiangxue.typesetting.shapes import Block, Facts, Heading, Row, Table, Text
from jiangxue.typesetting.shapes import Column as Head
from jiangxue.typesetting.words import plain
from jiangxue.ui.moments import moment


def faces_part(dossier: Dossier) -> Iterator[Block]:
    """Yield the face checks in a table, then each attempt with all that is known of it, then what was stored."""
    checks, stored = faces.face_lines(dossier), faces.stored_lines(dossier)
    said = people_said(dossier, people_of(dossier))
    if not checks and not stored and not said:
        return
    yield Heading(_("Identity checks"))
    if checks:
        yield _table(checks)
    for check in checks:
        for attempt in check["attempts"]:
            yield Text((_attempt_title(attempt),))
            yield Facts(tuple((label, plain(said)) for label, said in attempt["rows"]))
    if said:
        yield Text((_("What people decided"),))
        yield Facts(tuple((moment(each["at"]), plain(said_line(each))) for each in said))
    if stored:
        yield Text((_("What is stored of the face"),))
        yield Facts(tuple((moment(each["at"]), plain(_stored(each))) for each in stored))


def _table(checks: list[dict[str, Any]]) -> Table:
    heads = (Head(_("Asked at"), 22), Head(_("Why due"), 20), Head(_("Lesson"), 26), Head(_("Result"), 20))
    rows = (
        Row(
            (
                moment(check["at"]),
                str(check["trigger_label"]) or "—",
                plain(check["lesson_title"]),
                "\n".join(str(each) for each in (check["outcome_label"], check["why"]) if each),
                str(len(check["attempts"])) if check["attempts"] else "—",
            )
        )
        for check in checks
    )
    return Table((*heads, Head(_("Attempts"), 12, is_figure=True)), tuple(rows))


def _attempt_title(attempt: Mapping[str, Any]) -> str:
    text = _("Attempt {ordinal}, {at}: {form}, {outcome}")
    return text.format(
        ordinal=attempt["ordinal"],
        at=moment(attempt["at"]),
        form=attempt["form_label"],
        outcome=attempt["outcome_label"],
    )


def _stored(each: Mapping[str, Any]) -> str:
    what = _("enrolled") if each["is_stored"] else _("deleted: {why}").format(why=each["why"])
    template = _("template: SHA-256 {digest}…").format(digest=each["template"]) if each["template"] else ""
    return "\n".join(said for said in (what, template, each["models"], each["pictures"]) if said)
