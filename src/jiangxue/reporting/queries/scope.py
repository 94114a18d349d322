"""What a filter comes to for one viewer: the classes that they may see, and the conditions on places and days. Clauses T7, C5.

Classes are some thousands at most and are found first; every statement about places then names them by their numbers.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from jiangxue.archive.models import SettlementReview
from jiangxue.courseware.models import CourseVersion
from jiangxue.enrolment.models import TrainingClass
from jiangxue.enrolment.queries import classes
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.organisations.queries import institutions
from jiangxue.reporting.errors import Fault, FilterFault, FilterRefused, NotTheirsToQuery
from jiangxue.reporting.rules.filters import NAMES, ClassState, Filter

QUERIERS = frozenset({Role.TEACHER, Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR, Role.SUPERVISOR})
"""Those who look at reports: of their own classes, their institution, or their region."""

PLACES = """
FROM enrolment_enrolment AS place
JOIN enrolment_trainingclass AS class ON class.id = place.training_class_id
LEFT JOIN accounts_account AS account ON account.id = place.learner_id
LEFT JOIN accounts_identity AS identity ON identity.account_id = place.learner_id AND account.restricted_at IS NULL
LEFT JOIN reporting_placestanding AS standing ON standing.enrolment_id = place.id
"""
"""Every place with its person. Of one whose data are only kept (限制处理) nothing is known here, so that nobody is counted or found by it."""

GROUP = """(CASE WHEN account.restricted_at IS NULL THEN place."group" ELSE '' END)"""
EDUCATION = "(CASE WHEN account.restricted_at IS NULL THEN place.education ELSE '' END)"
AGE = "(date_part('year', age(class.opens_on, identity.born_in))::integer)"
FINISHED = "(standing.lessons > 0 AND standing.done = standing.lessons)"
CLASS_STATE = "(%(states)s::jsonb ->> class.id::text)"
LEARNER_STATE = f"""
(CASE WHEN place.left_at IS NOT NULL THEN 'left' WHEN {FINISHED} THEN 'finished'
    WHEN class.closes_on < %(today)s OR class.closed_at <= %(now)s THEN 'unfinished' ELSE 'learning' END)
"""

_CONDITIONS = {
    "name": "account.restricted_at IS NULL AND account.name ILIKE %(name)s",
    "group": 'account.restricted_at IS NULL AND place."group" = %(group)s',
    "education": "account.restricted_at IS NULL AND place.education = %(education)s",
    "id_type": "identity.id_type = %(id_type)s",
    "sex": "identity.sex = %(sex)s",
    "age_from": "identity.born_in <= class.opens_on - make_interval(years => %(age_from)s)",
    "age_to": "identity.born_in > class.opens_on - make_interval(years => %(age_to)s + 1)",
    "learner": f"{LEARNER_STATE} = %(learner)s",
}


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be asked about: the classes by their numbers with where they stand, and a filter whose every part is the viewer's to ask."""

    filter: Filter
    states: Mapping[int, str]
    now: datetime

    @property
    def where(self) -> str:
        """Return the conditions on places, which follow `PLACES`."""
        asked = [sql for name, sql in _CONDITIONS.items() if getattr(self.filter, name) not in (None, "")]
        return " AND ".join(["WHERE place.training_class_id = ANY(%(classes)s)", "place.erased_at IS NULL", *asked])

    def places(self, beside: str = "", more: str = "") -> str:
        """Return where the places of the scope come from, joined with what stands beside them, under further conditions."""
        return f"{PLACES} {beside} {self.where} {more}"

    @property
    def values(self) -> dict[str, Any]:
        """Return the values of all parameters that statements name."""
        asked = self.filter
        return {
            "classes": list(self.states),
            "states": json.dumps(dict(self.states)),
            "first": asked.first or date.min,
            "last": asked.last or date.max,
            "today": learning_day(self.now),
            "now": self.now,
            "name": f"%{_literal(asked.name)}%",
            **{name: getattr(asked, name) for name in _CONDITIONS if name != "name"},
        }


def _literal(text: str) -> str:
    """Return a text as a pattern that matches it alone."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def scope_of(viewer: Viewer, asked: Filter, now: datetime) -> Scope:
    """Return what a filter comes to for a viewer; raises `NotTheirsToQuery`, or `FilterRefused` for what they may not see."""
    found = seen_classes(viewer, now)
    faults = [
        FilterFault(NAMES[name], Fault.NOT_YOURS, str(getattr(asked, name)))
        for name, is_theirs in _theirs(viewer, asked, found).items()
        if not is_theirs
    ]
    if faults:
        raise FilterRefused(*faults)
    return Scope(asked, dict(_chosen(found, asked).order_by().values_list("pk", "state")), now)


def seen_classes(viewer: Viewer, now: datetime) -> QuerySet[TrainingClass]:
    """Return the classes that a viewer may look at reports of, each with its `state`; raises `NotTheirsToQuery`."""
    if viewer.role not in QUERIERS:
        raise NotTheirsToQuery
    return classes(viewer).annotate(state=_state(now))


def _state(now: datetime) -> Case:
    today = learning_day(now)
    settled = SettlementReview.objects.filter(settlement__training_class=OuterRef("pk"), confirms=True)
    return Case(
        When(Exists(settled), then=Value(ClassState.SETTLED.value)),
        When(Q(closes_on__lt=today) | Q(closed_at__lte=now), then=Value(ClassState.OVER.value)),
        When(opens_on__gt=today, then=Value(ClassState.UPCOMING.value)),
        default=Value(ClassState.RUNNING.value),
        output_field=CharField(),
    )


def _theirs(viewer: Viewer, asked: Filter, found: QuerySet[TrainingClass]) -> Mapping[str, bool]:
    """Say of each part that names something whether the viewer may see it; what is not there is not theirs either."""
    said: dict[str, bool] = {}
    if asked.institution is not None:
        said["institution"] = institutions(viewer).filter(pk=asked.institution).exists()
    if asked.course is not None:
        said["course"] = found.filter(course_id=asked.course).exists()
    if asked.training_class is not None:
        said["training_class"] = found.filter(pk=asked.training_class).exists()
    if asked.region and viewer.role is Role.SUPERVISOR:
        own = viewer.region or ""
        said["region"] = asked.region.startswith(own) or own.startswith(asked.region)
    return said


def _chosen(found: QuerySet[Any], asked: Filter) -> QuerySet[Any]:
    wanted: dict[str, object] = {
        "institution_id": asked.institution,
        "institution__region__code__startswith": asked.region,
        "course_id": asked.course,
        "pk": asked.training_class,
        "version__occupation_code__startswith": asked.occupation,
        "version__level": asked.level and asked.level.value,
        "state": asked.state and asked.state.value,
        "closes_on__gte": asked.first,
        "opens_on__lte": asked.last,
    }
    if asked.project is not None:
        of_project = CourseVersion.objects.filter(content__facts__project_type=asked.project.value)
        wanted["version__in"] = of_project.order_by().values("pk")
    return found.filter(**{name: value for name, value in wanted.items() if value not in (None, "")})
