"""The archive on paper: a dossier of A4 pages, readable in black and white, with room for the seal. Clauses T8.1, T1.3 (导出)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from jiangxue.archive.rules.dossier import Dossier
from jiangxue.kernel.clock import from_ms
from jiangxue.ledger.queries.readiness import Readiness, seen_by
from jiangxue.portals.archives import days, lines
from jiangxue.portals.archives import paper_lists as lists
from jiangxue.portals.archives.case_lines import cases_part
from jiangxue.portals.archives.hours import settlements
from jiangxue.portals.archives.paper_attendance import attendance_part, settled_attendance
from jiangxue.portals.archives.paper_faces import faces_part
from jiangxue.portals.archives.reading import identity
from jiangxue.portals.figures import Figures, figures_of
from jiangxue.typesetting.shapes import Block, Column, Facts, Heading, Paper, Row, SealSpace, Table, Text
from jiangxue.typesetting.words import page_words, plain
from jiangxue.ui.durations import duration
from jiangxue.ui.kinds import KINDS
from jiangxue.ui.moments import moment


@dataclass(frozen=True, slots=True)
class Printing:
    """What a paper says beside what the archive says: its number, how far it is proved, for whom names are masked, and the day."""

    aid: str
    ready: Readiness
    is_masked: bool
    today: date


def paper_of(dossier: Dossier, printing: Printing) -> Paper:
    """Return the whole archive as a paper."""
    said = dossier.described
    subject = said["class"]["name"] if said else printing.aid
    issuer = said["institution"]["name"] if said else ""
    return Paper(
        title=_("Learning archive"),
        subject=plain(subject),
        running_head=(plain(subject), _("Archive {number}").format(number=printing.aid[:8])),
        page_words=page_words(),
        issuer=plain(issuer),
        written_on=printing.today,
        blocks=tuple(_blocks(dossier, printing)),
    )


def _blocks(dossier: Dossier, printing: Printing) -> Iterator[Block]:
    people = lines.people_of(dossier)
    yield Facts(tuple((label, plain(value)) for label, value in identity(dossier, masked=printing.is_masked)))
    yield from _summary(dossier)
    yield from _settled(dossier, people)
    yield from lists.days_part(dossier)
    yield from lists.lessons_part(dossier)
    yield from attendance_part(dossier, people)
    yield from lists.sessions_part(dossier)
    yield from lists.checks_part(dossier)
    yield from faces_part(dossier)
    yield from lists.tests_part(dossier)
    yield from lists.appeals_part(dossier, people)
    yield from cases_part(dossier, people)
    yield from lists.ratings_part(dossier, masked=printing.is_masked)
    yield from lists.consents_part(dossier)
    yield from _proof(dossier, printing)


def _summary(dossier: Dossier) -> Iterator[Block]:
    figures, checks = figures_of(dossier.stretches), days.outcomes(dossier.checks)
    yield Heading(_("The archive in short"))
    facts = [
        (_("Credited"), duration(figures.credited_ms)),
        (_("Of this confirmed"), duration(figures.confirmed_ms)),
        (_("Not counted"), _with_reasons(figures)),
        (_("Corrected by hand"), f"+{duration(figures.corrected_ms)}" if figures.corrected_ms else ""),
        (
            _("Random check-ins"),
            _("{passed} passed · {missed} missed").format(passed=checks["passed"], missed=checks["missed"]),
        ),
        (_("Days of learning"), str(len(dossier.days))),
    ]
    yield Facts(tuple(fact for fact in facts if fact[1]))


def _with_reasons(figures: Figures) -> str:
    reasons = "；".join(f"{KINDS[each.kind].label} {duration(each.ms)}" for each in figures.refused)
    return f"{duration(figures.refused_ms)}\n{reasons}" if reasons else duration(figures.refused_ms)


def _settled(dossier: Dossier, people: lines.People) -> Iterator[Block]:
    yield Heading(_("Settled hours"))
    found = settlements(dossier, people)
    if not found:
        yield Text((_("not settled yet"),))
        return
    last = found[0]
    modes = tuple(
        (
            str(mode["label"]),
            _("{hours} of {declared} class hours").format(hours=mode["hours"], declared=mode["declared"]),
        )
        for mode in last["modes"]
    )
    persons = _("proposed by {proposer}, confirmed by {second}, {at}").format(
        proposer=last["proposed_by"], second=last["confirmed_by"], at=moment(last["at"])
    )
    yield Facts((*modes, (_("Settled at"), persons)))
    columns = (
        Column(_("Lesson"), 40),
        Column(_("Approved time"), 15, is_figure=True),
        Column(_("Confirmed time"), 15, is_figure=True),
        Column(_("Not counted"), 15, is_figure=True),
        Column(_("Recognised"), 15),
    )
    yield Table(columns, tuple(_settled_row(lesson) for lesson in last["lessons"]))
    yield from settled_attendance(last["attendance"])


def _settled_row(lesson: dict[str, Any]) -> Row:
    state = _("recognised") if lesson["is_recognised"] else "\n".join(str(each) for each in lesson["lacking"])
    given = f"\n+{duration(lesson['corrected_ms'])}" if lesson["corrected_ms"] else ""
    return Row(
        (
            plain(lesson["title"]),
            duration(lesson["approved_ms"]),
            duration(lesson["confirmed_ms"]) + given,
            duration(lesson["refused_ms"]),
            state,
        )
    )


def _proof(dossier: Dossier, printing: Printing) -> Iterator[Block]:
    ready = printing.ready
    yield Heading(_("State of the proof"))
    facts = [
        (_("Number of the archive"), printing.aid),
        (_("Records"), str(dossier.records)),
        (_("Wait to be sealed"), str(dossier.waiting) if dossier.waiting else ""),
    ]
    if ready.heads is not None and ready.checkpoint is not None:
        facts += [
            (_("Complete up to"), moment(from_ms(ready.heads.at_ms))),
            (_("Records of the log then"), str(ready.checkpoint.size)),
            *((_("Countersigned by"), f"{title} {moment(at)}") for title, at in seen_by(ready.checkpoint)),
        ]
    yield Facts(tuple(fact for fact in facts if fact[1]))
    yield Text(
        (
            _(
                "This paper is for reading. What proves it is the archive as a ZIP file, which anybody can verify without the platform."
            ),
        ),
        is_note=True,
    )
    institution = dossier.described["institution"]["name"] if dossier.described else ""
    yield SealSpace(_("Seal"), plain(institution), "")
