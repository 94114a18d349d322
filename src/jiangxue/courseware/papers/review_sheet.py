"""The sheet of review opinions (审核意见表), to be printed, signed by hand and kept. Clauses T1.4, M6."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from jiangxue.courseware.papers.saying import aim_said, hash_said, head_of, lines_of, version_said, whole_hash
from jiangxue.courseware.rules.content import CourseContent
from jiangxue.courseware.rules.paper_facts import PaperFacts, ReviewedPoint, ReviewStep
from jiangxue.typesetting.shapes import Blanks, Block, Column, Facts, Heading, Paper, Row, SealSpace, Table, Text
from jiangxue.typesetting.words import page_words, plain

_CHOSEN = "√"
_BLANK_LINES = 2


def review_sheet(content: CourseContent, facts: PaperFacts, steps: Sequence[ReviewStep]) -> Paper:
    """Return the sheet of all steps; what is not signed yet is left to be filled in by hand."""
    title = plain(content.facts.title)
    about = (
        (_("Course"), title),
        (_("Leads to"), aim_said(content.facts)),
        (_("Training institution"), plain(facts.institution)),
        (_("Version"), version_said(facts)),
        (_("Hash of the version"), whole_hash(facts.sha256)),
    )
    return Paper(
        title=_("Sheet of review opinions"),
        subject=title,
        running_head=head_of(title, facts),
        page_words=page_words(),
        issuer=plain(facts.institution),
        written_on=facts.today,
        blocks=(
            Facts(tuple(line for line in about if line[1])),
            *(block for number, step in enumerate(steps) for block in _of_step(step, starts_page=number > 0)),
        ),
    )


def _of_step(step: ReviewStep, *, starts_page: bool) -> Iterator[Block]:
    yield Heading(plain(step.step), starts_page)
    if step.signed_at is not None:
        yield _signed(step, step.signed_at)
    columns = (
        Column(_("Point of review"), 34),
        *(Column(plain(answer), 11) for answer in step.answers),
        Column(_("Remark of the reviewer"), 29),
    )
    yield Table(columns, tuple(_of_point(point, step.answers) for point in step.points))
    if step.signed_at is not None:
        yield Text((_("Opinion:"), *(lines_of(step.comment) or (_("none"),))))
        yield Blanks((_("Signature"), _("Date")))
    else:
        yield Blanks((_("Opinion:"),))
        yield from (Blanks(("",)) for _line in range(_BLANK_LINES))
        yield Blanks((_("Verdict"), _("Signature"), _("Date")))
    yield SealSpace(_("Seal"), plain(step.belongs_to), "")


def _signed(step: ReviewStep, signed_at: datetime) -> Facts:
    at = localtime(signed_at).strftime("%Y-%m-%d %H:%M")
    lines = [
        (_("Reviewed by"), plain(step.reviewer)),
        (_("Unit of the reviewer"), plain(step.belongs_to)),
        (_("Verdict"), plain(step.verdict)),
        (_("Signed at"), " · ".join(part for part in (at, hash_said(step.sha256)) if part)),
    ]
    return Facts(tuple(line for line in lines if line[1]))


def _of_point(point: ReviewedPoint, answers: Sequence[str]) -> Row:
    return Row((plain(point.text), *(_CHOSEN if answer == point.answer else "" for answer in answers), ""))
