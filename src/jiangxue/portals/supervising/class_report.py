"""The report of a class (班级报告) as PDF: roster with hours by mode, what was refused, checks, appeals, cases, settlement, ratings, and how all of it is proved. Clauses C5, T1.3."""

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.archive.queries.settlements import figures_of_class, settlement_of
from jiangxue.audit import services as audit
from jiangxue.enrolment.models import TrainingClass
from jiangxue.enrolment.queries import places_in
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.learning.queries.appeals import appeals, open_appeals_in
from jiangxue.learning.queries.board import figures
from jiangxue.learning.queries.checks import outcomes_in
from jiangxue.ledger.queries.state import log_state
from jiangxue.portals.supervising.class_report_paper import Told, paper_of
from jiangxue.portals.supervising.papers import given
from jiangxue.portals.watching.frame import of_a_class, url_of
from jiangxue.rating.queries.figures import figures_of_class as ratings_of_class
from jiangxue.supervision.queries.cases import cases, with_steps


def addresses(*roles: Role) -> list[URLPattern]:
    """Return the address of the report below a class, open to some roles."""
    return [path("classes/<int:class_id>/report.pdf", for_roles(*roles)(require_safe(_give)), name="class_report")]


@of_a_class
def _give(request: SignedRequest, watched: TrainingClass) -> HttpResponse:
    told, today = told_of(request, watched), learning_day(request.now)
    return given(
        request,
        paper_of(told),
        name=_("class-{code}-{day}.pdf").format(code=watched.code, day=today.isoformat()),
        back_url=url_of(request, "class", watched.pk),
        note=lambda: audit.record("class.reported", by=actor_of(request), at=request.now, about=("class", watched.pk)),
    )


def told_of(request: SignedRequest, watched: TrainingClass) -> Told:
    """Return all that the report of a class tells, by the queries of its pages, so that its sums are theirs."""
    viewer, today = request.viewer, learning_day(request.now)
    about = appeals(viewer).filter(session__enrolment__training_class=watched.pk)
    open_appeals = open_appeals_in(viewer, watched.pk)
    return Told(
        training_class=watched,
        at=request.now,
        places=sorted(places_in(viewer, watched.pk).values(), key=lambda place: place.learner.login_name),
        figures=figures_of_class(watched, request.now),
        settlement=settlement_of(watched.pk),
        sums=figures(viewer, [watched.pk], today)[watched.pk],
        checks=outcomes_in(viewer, watched.pk),
        appeals=(open_appeals, about.count() - open_appeals),
        cases=with_steps(list(cases(viewer).filter(enrolment__training_class=watched.pk))),
        ratings=ratings_of_class(watched.pk, today),
        log=log_state(),
    )
