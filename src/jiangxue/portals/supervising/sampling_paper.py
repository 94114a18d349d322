"""A sample on paper: how it was drawn, and the bars of whom it drew, names masked. Clause C5."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.kernel.clock import learning_day
from jiangxue.organisations.queries import region_names
from jiangxue.portals.archives.bar_picture import bar_picture
from jiangxue.portals.figures import figures_of
from jiangxue.portals.supervising.papers import given
from jiangxue.portals.supervising.sampling_forms import WORDS
from jiangxue.portals.supervising.sampling_shown import Looked, look_at, scope_said
from jiangxue.supervision.models import Draw, Drawn
from jiangxue.supervision.queries.sampling import earlier_draws
from jiangxue.supervision.rules.sampling import SampleWord
from jiangxue.supervision.services.sampling import note_printed
from jiangxue.typesetting.shapes import Bar, Bars, Block, Facts, Heading, Paper, SealSpace, Text
from jiangxue.typesetting.words import page_words, plain
from jiangxue.ui.checks import marks_of
from jiangxue.ui.durations import duration
from jiangxue.ui.masking import masked_name
from jiangxue.ui.minute_bar import drawn as bar_drawn
from jiangxue.ui.moments import moment
from jiangxue.ui.templatetags.ui import day as day_said


def give(request: SignedRequest, draw: Draw) -> HttpResponse:
    """Send a sample as PDF."""
    looked = look_at(request.viewer, draw)
    scope = scope_said(draw, region_names([draw.scope_region]))
    today = learning_day(request.now)
    paper = Paper(
        title=_("Supervisor's sample"),
        subject=plain(scope),
        running_head=(plain(scope), _("Seed {seed}").format(seed=draw.seed)),
        page_words=page_words(),
        issuer=_authority(request),
        written_on=today,
        blocks=tuple(_blocks(request, looked)),
    )
    return given(
        request,
        paper,
        name=_("sample-{seed}-{day}.pdf").format(seed=draw.seed, day=today.isoformat()),
        back_url=reverse("regulator:sample", args=(draw.pk,)),
        note=lambda: note_printed(draw, by=actor_of(request), now=request.now),
    )


def _authority(request: SignedRequest) -> str:
    """Return the name of the authority that prints it."""
    organisation = request.membership.organisation
    return organisation.name if organisation else ""


def _blocks(request: SignedRequest, looked: Looked) -> Iterator[Block]:
    draw = looked.draw
    yield Facts(
        (
            (_("Seed"), plain(draw.seed)),
            (_("Who named the seed"), plain(draw.named_by)),
            (_("Days"), f"{draw.first_day:%Y-%m-%d} – {draw.last_day:%Y-%m-%d}"),
            (_("Drawn"), _("{drawn} of {all}").format(drawn=len(looked.drawn), all=draw.population_size)),
            (_("Drawn at"), f"{moment(draw.at)} {masked_name(draw.by.name)}"),
            (_("Earlier draws over the same learners"), str(earlier_draws(request.viewer, draw).count())),
            (_("Hash of the list that was drawn from"), draw.digest),
        )
    )
    for each in looked.drawn:
        yield from _learner(looked, each)
    yield Text(
        (_("Anybody can draw again from the list of archives: how is written in docs/rules/sampling.md."),),
        is_note=True,
    )
    yield SealSpace(_("Seal"), plain(_authority(request)), "")


def _learner(looked: Looked, one: Drawn) -> Iterator[Block]:
    place, words = one.enrolment, list(one.words.all())
    name, days = masked_name(place.learner.staff_name), looked.days[place.pk]
    yield Heading(f"{one.ordinal}. {plain(name)} · {plain(place.training_class.name)}")
    bars = tuple(
        Bar(
            day_said(day.day),
            bar_picture(bar_drawn(day.stretches, marks=marks_of(looked.checks[place.pk], day.stretches))),
            _("credited {credited}").format(credited=duration(figures_of(day.stretches).credited_ms)),
        )
        for day in days
        if day.parts
    )
    if bars:
        yield Bars(bars)
    sums = figures_of(stretch for day in days for stretch in day.stretches)
    said = WORDS[SampleWord(words[-1].word)] if words else _("nothing said yet")
    yield Text(
        (
            _("Credited {credited}, confirmed {confirmed}, not counted {refused}. Supervisor: {said}.").format(
                credited=duration(sums.credited_ms),
                confirmed=duration(sums.confirmed_ms),
                refused=duration(sums.refused_ms),
                said=said,
            ),
        ),
        is_note=True,
    )
