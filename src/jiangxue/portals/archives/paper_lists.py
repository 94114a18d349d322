"""The lists of an archive on paper: days, lessons, sessions, check-ins, tests, appeals, ratings. Clauses T1.3, T8.1."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from jiangxue.archive.rules.dossier import Dossier
from jiangxue.portals.archives import days, lines
from jiangxue.portals.archives.bar_picture import bar_picture
from jiangxue.portals.figures import figures_of
from jiangxue.typesetting.shapes import Bar, Bars, Block, Column, Facts, Heading, Row, Table, Text
from jiangxue.typesetting.words import plain
from jiangxue.ui.durations import duration
from jiangxue.ui.kinds import KINDS
from jiangxue.ui.minute_bar import drawn
from jiangxue.ui.moments import moment
from jiangxue.ui.templatetags.ui import day as day_said


def days_part(dossier: Dossier) -> Iterator[Block]:
    """Yield a bar for each day."""
    yield Heading(_("Day by day"))
    rows = tuple(
        Bar(
            day_said(line["day"]),
            bar_picture(drawn(line["stretches"], marks=line["marks"])),
            _("credited {credited}").format(credited=duration(line["figures"].credited_ms)),
        )
        for line in days.day_lines(dossier)
    )
    if not rows:
        yield Text((_("Nothing has been learned yet."),))
        return
    yield Bars(rows)
    yield Text(
        (
            _(
                "Solid: confirmed; hatched: awaiting confirmation; white: not counted; ruled: corrected by hand; marks: check-ins, hollow where not passed or left to people."
            ),
        ),
        is_note=True,
    )


def lessons_part(dossier: Dossier) -> Iterator[Block]:
    """Yield the lessons of the outline."""
    yield Heading(_("Lesson by lesson"))
    columns = (
        Column(_("Lesson"), 40),
        Column(_("Length"), 15, is_figure=True),
        Column(_("Credited"), 15, is_figure=True),
        Column(_("Of this confirmed"), 15, is_figure=True),
        Column(_("Lesson test"), 15),
    )
    rows = tuple(
        Row(
            (
                plain(line["title"]),
                line["length"],
                duration(line["figures"].credited_ms),
                duration(line["figures"].confirmed_ms),
                line["test"] or "—",
            )
        )
        for line in lines.lesson_lines(dossier)
    )
    yield Table(columns, rows)


def sessions_part(dossier: Dossier) -> Iterator[Block]:
    """Yield the sessions, grouped by day."""
    found = [(day, each) for day in dossier.days for each in days.sessions_on(dossier, day)]
    if not found:
        return
    yield Heading(_("Study sessions"))
    columns = (
        Column(_("Time"), 20),
        Column(_("Lesson"), 30),
        Column(_("Device"), 15),
        Column(_("Signed out"), 15),
        Column(_("Credited"), 10, is_figure=True),
        Column(_("Not counted"), 10, is_figure=True),
    )
    rows: list[Row] = []
    known: date | None = None
    for day, each in found:
        if day != known:
            known = day
            total = figures_of(stretch for _session, share in dossier.days[day] for stretch in share.stretches)
            rows.append(
                Row(
                    (day_said(day), _("credited {credited}").format(credited=duration(total.credited_ms))),
                    is_group=True,
                )
            )
        rows.append(_session_row(each))
    yield Table(columns, tuple(rows))


def _session_row(each: dict[str, Any]) -> Row:
    closed = moment(each["closed_at"])[11:] if each["closed_at"] else "…"
    figures = each["figures"]
    return Row(
        (
            f"{moment(each['opened_at'])[11:]} – {closed}",
            plain(each["lesson_title"]),
            plain(each["device"]),
            str(each["ending"].label) if each["ending"] else "",
            duration(figures.credited_ms),
            duration(figures.refused_ms),
        )
    )


def checks_part(dossier: Dossier) -> Iterator[Block]:
    """Yield the check-ins."""
    found = [each for day in days.checks_by_day(dossier) for each in days.checks_on(dossier, day)]
    if not found:
        return
    yield Heading(_("Random check-ins"))
    columns = (
        Column(_("Asked at"), 26),
        Column(_("Lesson"), 34),
        Column(_("Kind"), 18),
        Column(_("Result"), 12),
        Column(_("Answered after"), 10, is_figure=True),
    )
    yield Table(
        columns,
        tuple(
            Row(
                (
                    moment(each["asked_at"]),
                    plain(each["lesson_title"]),
                    str(each["kind_label"]),
                    str(each["outcome_label"]),
                    each["reaction"] or "—",
                )
            )
            for each in found
        ),
    )


def tests_part(dossier: Dossier) -> Iterator[Block]:
    """Yield the attempts at tests."""
    found = lines.attempt_lines(dossier)
    if not found:
        return
    yield Heading(_("Lesson tests"))
    columns = (
        Column(_("Begun at"), 26),
        Column(_("Lesson"), 38),
        Column(_("Points"), 10, is_figure=True),
        Column(_("Result"), 26),
    )
    yield Table(
        columns,
        tuple(
            Row(
                (
                    moment(each["begun_at"]),
                    plain(each["lesson_title"]),
                    "—" if each["score"] is None else str(each["score"]),
                    _result_of(each),
                )
            )
            for each in found
        ),
    )


def _result_of(attempt: dict[str, Any]) -> str:
    if attempt["passed"] is None:
        return str(attempt["outcome_label"])
    return (
        _("passed")
        if attempt["passed"]
        else _("not passed ({points} points are needed)").format(points=attempt["pass_percent"])
    )


def appeals_part(dossier: Dossier, people: lines.People) -> Iterator[Block]:
    """Yield the appeals with their steps."""
    found = lines.appeal_lines(dossier, people)
    if not found:
        return
    yield Heading(_("Appeals and corrections"))
    for each in found:
        about = f"{day_said(each['day'])} {moment(each['from_at'])[11:]} – {moment(each['to_at'])[11:]} · {KINDS[each['kind']].label} {duration(each['ms'])}"
        steps = tuple(
            (
                moment(step["at"]),
                plain(
                    f"{step['role_label']} {step['name']} {step['act']} {step.get('result', '')}\n{step['text']}".strip()
                ),
            )
            for step in each["steps"]
        )
        given = ((_("Corrected by hand"), f"+{duration(each['corrected_ms'])}"),) if each["corrected_ms"] else ()
        yield Facts(((_("Stretch"), about), *steps, *given))


def ratings_part(dossier: Dossier, *, masked: bool) -> Iterator[Block]:
    """Yield what the learner thought of the course."""
    found = lines.rating_lines(dossier, masked=masked)
    if not found:
        return
    yield Heading(_("Evaluation"))
    yield Facts(tuple((moment(each["at"]), plain(f"{each['drawn']} {each['comment']}".strip())) for each in found))


def consents_part(dossier: Dossier) -> Iterator[Block]:
    """Yield what the learner agreed to."""
    found = lines.consent_lines(dossier)
    if not found:
        return
    yield Heading(_("Consents"))
    yield Facts(
        tuple(
            (
                moment(each["at"]),
                f"{each['title']} · {_('agreed') if each['is_given'] else _('withdrawn')}",
            )
            for each in found
        )
    )
