"""A rectification order on paper: what it says with room for the seal, and the steps that followed. Clause C5."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.kernel.clock import learning_day
from jiangxue.portals.supervising.order_words import STEPS
from jiangxue.portals.supervising.papers import given
from jiangxue.portals.watching.frame import url_of
from jiangxue.supervision.models import OrderStep
from jiangxue.supervision.queries.orders import Ordered
from jiangxue.supervision.rules.orders import OrderStepKind
from jiangxue.supervision.services.orders import note_printed
from jiangxue.typesetting.shapes import Block, Column, Facts, Heading, Paper, Row, SealSpace, Table, Text
from jiangxue.typesetting.words import page_words, plain
from jiangxue.ui.masking import masked_name
from jiangxue.ui.moments import moment
from jiangxue.ui.roles import recorded_role


def give(request: SignedRequest, ordered: Ordered, *, case_number: str) -> HttpResponse:
    """Send an order as PDF, with the number of the case that it is about if there is one."""
    order, today = ordered.order, learning_day(request.now)
    paper = Paper(
        title=plain(ordered.draft.title),
        subject=_("Rectification order"),
        running_head=(plain(order.authority.name), _("No. {number}").format(number=ordered.reference)),
        page_words=page_words(),
        issuer=plain(order.authority.name),
        written_on=today,
        blocks=tuple(_blocks(ordered, case_number)),
    )
    return given(
        request,
        paper,
        name=_("order-{number}.pdf").format(number=ordered.reference),
        back_url=url_of(request, "order", order.pk),
        note=lambda: note_printed(order, by=actor_of(request), now=request.now),
    )


def _blocks(ordered: Ordered, case_number: str) -> Iterator[Block]:
    order, issue = ordered.order, ordered.issue
    assert issue is not None
    facts = [
        (_("Number of the order"), ordered.reference),
        (_("Order to"), plain(order.institution.name)),
        (_("Class"), plain(order.training_class.name) if order.training_class else ""),
        (_("Case of the order"), case_number),
        (_("Issued at"), moment(issue.at)),
        (_("To be answered by"), f"{ordered.draft.due_on:%Y-%m-%d}"),
    ]
    yield Facts(tuple(fact for fact in facts if fact[1]))
    yield Heading(_("What is to be put right"))
    yield Text(tuple(plain(ordered.draft.text).split("\n")))
    yield from _files(issue)
    yield SealSpace(_("Seal"), plain(order.authority.name), f"{learning_day(issue.at):%Y-%m-%d}")
    later = [step for step in ordered.steps if step.ordinal > issue.ordinal]
    if not later:
        return
    yield Heading(_("What followed"), starts_page=True)
    for step in later:
        yield from _step(ordered, step)
    yield SealSpace(_("Seal"), plain(order.institution.name), "")


def _step(ordered: Ordered, step: OrderStep) -> Iterator[Block]:
    facts = [
        (
            str(STEPS[OrderStepKind(step.kind)]),
            f"{moment(step.at)} {masked_name(step.by.name)} {recorded_role(step.role)}",
        ),
        (_("To be answered by"), f"{step.due_on:%Y-%m-%d}" if step.due_on else ""),
        (_("Answered"), _("after the deadline") if step.ordinal - 1 in ordered.late else ""),
    ]
    yield Facts(tuple(fact for fact in facts if fact[1]))
    if step.text:
        yield Text(tuple(plain(step.text).split("\n")))
    yield from _files(step)


def _files(step: OrderStep) -> Iterator[Block]:
    files = list(step.files.all())
    if files:
        columns = (Column(_("File"), 40), Column("SHA-256", 60))
        yield Table(columns, tuple(Row((plain(file.name), file.digest)) for file in files))
