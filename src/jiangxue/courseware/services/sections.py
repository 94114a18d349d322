"""Saving one page of the course editor: what other pages keep stays as it is. Clauses C2, C6, M7."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from jiangxue.audit.services import Actor
from jiangxue.courseware.models import Course
from jiangxue.courseware.queries.contents import content_of
from jiangxue.courseware.rules.content import Facts, Hours, PlannedItem
from jiangxue.courseware.services.editing import editable
from jiangxue.courseware.services.facts import LicenceDraft, change_facts, put_licences, put_plan
from jiangxue.kernel.viewer import Viewer


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """The declared hours of a course, and its live and practice items."""

    hours: Hours
    items: Sequence[PlannedItem] = ()


@dataclass(frozen=True, slots=True)
class SourcesDraft:
    """Where the resources of a course come from, and by what right they are used."""

    is_imported: bool
    supplier: str = ""
    licences: Sequence[LicenceDraft] = ()


@transaction.atomic
def change_description(*, viewer: Viewer, course_id: int, facts: Facts, by: Actor, now: datetime) -> Course:
    """Keep what describes a course; its hours and the source of its resources stay. Raises `OutOfReach` or `UnderReview`."""
    kept = _kept(viewer, course_id, now)
    facts = replace(facts, hours=kept.hours, supplier=kept.supplier, is_imported=kept.is_imported)
    return change_facts(viewer=viewer, course_id=course_id, facts=facts, by=by, now=now)


@transaction.atomic
def change_plan(*, viewer: Viewer, course_id: int, plan: PlanDraft, by: Actor, now: datetime) -> None:
    """Keep the hours and the items of the plan together, or raise as above."""
    facts = replace(_kept(viewer, course_id, now), hours=plan.hours)
    change_facts(viewer=viewer, course_id=course_id, facts=facts, by=by, now=now)
    put_plan(viewer=viewer, course_id=course_id, items=plan.items, by=by, now=now)


@transaction.atomic
def change_sources(*, viewer: Viewer, course_id: int, sources: SourcesDraft, by: Actor, now: datetime) -> None:
    """Keep the source of the resources and the licences together, or raise as above, or `NotReady` as `put_licences`."""
    kept = _kept(viewer, course_id, now)
    facts = replace(kept, supplier=sources.supplier, is_imported=sources.is_imported)
    change_facts(viewer=viewer, course_id=course_id, facts=facts, by=by, now=now)
    put_licences(viewer=viewer, course_id=course_id, licences=sources.licences, by=by, now=now)


def _kept(viewer: Viewer, course_id: int, now: datetime) -> Facts:
    return content_of(editable(viewer, course_id, now)).facts
