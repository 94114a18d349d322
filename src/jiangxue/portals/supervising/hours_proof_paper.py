"""A proof of hours on paper: A4, black and white, with room for the seal and the address at which anybody verifies it. Clauses T1.3, C5."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest
from jiangxue.accounts.queries.persons import ShownPerson
from jiangxue.kernel.clock import learning_day
from jiangxue.portals.supervising.hours_proof_words import hours_lines
from jiangxue.supervision.models import HoursProof
from jiangxue.supervision.queries.hours_proofs import Said, said_of
from jiangxue.supervision.rules.hours_proofs import ProofState, shown_code
from jiangxue.typesetting.errors import FontsMissing
from jiangxue.typesetting.pdf import pdf_of
from jiangxue.typesetting.shapes import Block, Code, Column, Facts, Paper, Row, SealSpace, Table, Text
from jiangxue.typesetting.words import page_words, plain
from jiangxue.ui.durations import duration
from jiangxue.ui.qr_code import qr_code


def give(request: SignedRequest, proof: HoursProof, person: ShownPerson, *, back_url: str) -> HttpResponse:
    """Send a proof as PDF, or go back and say why that cannot be."""
    address = request.build_absolute_uri(reverse("public_proof:proof", args=(proof.code,)))
    try:
        content = pdf_of(paper_of(proof, person, address), settings.PAPER_FONTS)
    except FontsMissing:
        messages.error(
            request, _("No Chinese font is installed, so no PDF can be made. Please tell those who run the platform.")
        )
        return HttpResponseRedirect(back_url)
    name = _("hours-{code}.pdf").format(code=shown_code(proof.code))
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": disposition or ""})


def paper_of(proof: HoursProof, person: ShownPerson, address: str) -> Paper:
    """Return a proof as a paper."""
    said = said_of(proof)
    return Paper(
        title=plain(said.class_name),
        subject=_("Proof of class hours"),
        running_head=(plain(said.institution), shown_code(proof.code)),
        page_words=page_words(),
        issuer=plain(said.institution),
        written_on=learning_day(proof.issued_at),
        blocks=tuple(_blocks(proof, said, person, address)),
    )


def _blocks(proof: HoursProof, said: Said, person: ShownPerson, address: str) -> Iterator[Block]:
    yield Facts(tuple((label, text) for label, text in _facts(said, person) if text))
    yield Table(
        (
            Column(_("Way of training"), 40),
            Column(_("Class hours (学时)"), 20, is_figure=True),
            Column(_("Minutes of training"), 20, is_figure=True),
            Column(_("Declared by the course (学时)"), 20, is_figure=True),
        ),
        tuple(
            Row(
                (str(line["label"]), str(line["hours"]), str(line["minutes"]), str(line["declared"])),
                is_total=bool(line["is_total"]),
            )
            for line in hours_lines(said.hours)
        ),
    )
    yield Text(tuple(_notes(said)))
    yield Code(
        qr_code(address, damage="q"),
        (
            _("Number of the proof: {code}").format(code=shown_code(proof.code)),
            _("Verify it at {address}").format(address=address),
            _("Issued on {day}").format(day=f"{learning_day(proof.issued_at):%Y-%m-%d}"),
        ),
    )
    yield SealSpace(_("Seal"), plain(said.institution), "")


def _facts(said: Said, person: ShownPerson) -> Iterator[tuple[str, str]]:
    yield _("Name"), plain(person.name)
    yield person.id_type or _("Identity number"), person.id_number
    yield _("Training institution"), plain(said.institution)
    yield _("Course"), plain(said.course_title)
    yield _("Class"), plain(said.class_name)
    if said.learned_from and said.learned_to:
        yield _("Learned"), f"{said.learned_from:%Y-%m-%d} – {said.learned_to:%Y-%m-%d}"
    yield _("State of the hours"), state_said(said)


def state_said(said: Said) -> str:
    """Say whether hours are settled, or what they are so far."""
    if said.hours.state is ProofState.SETTLED and said.settled_on:
        return _("settled on {day}").format(day=f"{said.settled_on:%Y-%m-%d}")
    return _("provisional: the class is not settled yet, and the hours may change")


def frozen_said(said: Said) -> str:
    """Say how much is not among the hours because a case is open, empty where there is none."""
    if not said.hours.frozen_ms:
        return ""
    return _("Not among these hours while it is being looked into (暂缓认定): {frozen}.").format(
        frozen=duration(said.hours.frozen_ms)
    )


def _notes(said: Said) -> Iterator[str]:
    yield _("One class hour (学时) is 45 minutes. Confirmed learning time online: {confirmed}.").format(
        confirmed=duration(said.hours.confirmed_ms)
    )
    if said.hours.frozen_ms:
        yield frozen_said(said)
    if said.hours.corrected_ms:
        yield _("Given back by hand after appeals: {corrected}.").format(corrected=duration(said.hours.corrected_ms))
