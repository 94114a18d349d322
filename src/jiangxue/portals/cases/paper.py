"""The report of a case as PDF: what was to be cleared up, what both sides said, how it was decided, with room for signatures and the seal. Clauses M6, C5."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.archive.queries.settlements import settled_places
from jiangxue.audit import services as audit
from jiangxue.kernel.clock import learning_day
from jiangxue.organisations.queries import region_name
from jiangxue.portals.attendance_words import hours_said
from jiangxue.portals.cases.shown import line_of, recognition_of, steps_of
from jiangxue.supervision.queries.cases import Filed, LearnedDays, learned_days
from jiangxue.typesetting.errors import FontsMissing
from jiangxue.typesetting.pdf import pdf_of
from jiangxue.typesetting.shapes import Blanks, Block, Column, Facts, Heading, Paper, Row, SealSpace, Table, Text
from jiangxue.typesetting.words import page_words, plain
from jiangxue.ui.durations import duration
from jiangxue.ui.moments import moment


@dataclass(frozen=True, slots=True)
class Printed:
    """What a paper says: the case as its page shows it, its steps, the days in question, the authority that prints it, and the settled hours if there are any."""

    line: dict[str, Any]
    steps: list[dict[str, object]]
    learned: LearnedDays
    authority: str
    settled_hours: str


def paper_response(request: SignedRequest, filed: Filed) -> HttpResponse:
    """Send the paper, which is recorded, or go back to the page and say why that cannot be."""
    today = learning_day(request.now)
    row = settled_places([filed.place.pk]).get(filed.place.pk)
    authority = request.membership.organisation
    printed = Printed(
        line_of(filed, request.now),
        steps_of(filed, request.viewer, str),
        learned_days(filed),
        plain(authority.name) if authority else region_name(filed.case.region),
        hours_said(row.hours) if row else "",
    )
    try:
        content = pdf_of(paper_of(filed, printed, today), settings.PAPER_FONTS)
    except FontsMissing:
        messages.error(
            request, _("No Chinese font is installed, so no PDF can be made. Please tell those who run the platform.")
        )
        return redirect("regulator:case", filed.case.pk)
    audit.record("case.printed", by=actor_of(request), at=request.now, about=("case", filed.case.pk))
    name = _("case-{number}.pdf").format(number=printed.line["number"])
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": disposition or ""})


def paper_of(filed: Filed, printed: Printed, today: date) -> Paper:
    """Return the case as a paper."""
    number = _("Case no. {number}").format(number=printed.line["number"])
    return Paper(
        title=_("Report of a case"),
        subject=number,
        running_head=(number, plain(str(printed.line["institution"]))),
        page_words=page_words(),
        issuer=printed.authority,
        written_on=today,
        blocks=tuple(_blocks(filed, printed)),
    )


def _blocks(filed: Filed, printed: Printed) -> Iterator[Block]:
    case, line = filed.case, printed.line
    facts = (
        (_("Learner"), str(line["learner"])),
        (_("Class"), plain(str(line["class_name"]))),
        (_("Training institution"), plain(str(line["institution"]))),
        (_("What is to be cleared up"), str(line["reason_label"])),
        (_("Opened from"), str(line["source_label"])),
        (_("Opened at"), moment(case.opened_at)),
        (_("Days in question"), str(line["days"])),
        (_("State"), str(line["result"] or line["state_label"])),
        (_("Class hours as settled now"), printed.settled_hours),
    )
    yield Facts(tuple(fact for fact in facts if fact[1]))
    yield Heading(_("Why the hours are looked at"))
    yield Text(tuple(plain(case.grounds).split("\n")))
    yield Heading(_("What is to be explained"))
    yield Text(tuple(plain(case.question).split("\n")))
    yield from _days(filed, printed)
    yield from _steps(printed)
    yield Text(
        (
            _(
                "Learned time is never deleted: hours that are not recognised stand in the learner's archive with this decision, sealed in the ledger."
            ),
        ),
        is_note=True,
    )
    yield Blanks((_("Proposed by (signature)"), _("Decided by (signature)")))
    yield SealSpace(_("Seal"), printed.authority, "")


def _days(filed: Filed, printed: Printed) -> Iterator[Block]:
    yield Heading(_("Learning on the days in question"))
    if not printed.learned:
        yield Text((_("Nothing was learned on these days."),))
        return
    columns = (Column(_("Day"), 30), Column(_("Credited"), 30, is_figure=True), Column(_("Recognition"), 40))
    recognition = recognition_of(filed, printed.learned)
    rows = [Row((day.isoformat(), duration(ms), recognition[day])) for day, ms in sorted(printed.learned.items())]
    yield Table(columns, tuple(rows))


def _steps(printed: Printed) -> Iterator[Block]:
    yield Heading(_("Step by step"))
    columns = (Column(_("Time"), 20), Column(_("Who"), 25), Column(_("What was said and done"), 55))
    yield Table(columns, tuple(_step(step) for step in printed.steps))


def _step(step: dict[str, Any]) -> Row:
    who = " ".join(each for each in (str(step["role_label"]), str(step["name"])) if each)
    count = len(step["pictures"]) + step["hidden_pictures"]
    pictures = _("{count} pictures, kept sealed").format(count=count) if count else ""
    said = "\n".join(str(each) for each in (step["act"], step["result"], plain(step["text"]), pictures) if each)
    return Row((moment(step["at"]), who or "—", said))
