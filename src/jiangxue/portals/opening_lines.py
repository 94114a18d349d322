"""An application to open a class as its institution and its supervisors see it: what it says, what happened to it, who is on its roster."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.timezone import localtime

from jiangxue.courseware.queries.versions import Version
from jiangxue.courseware.services.paper_words import fee_said, hours_alone
from jiangxue.enrolment.models import OpeningStep, RosterEntry
from jiangxue.enrolment.queries.rosters import shown_entries
from jiangxue.enrolment.queries.subsidies import At, of_roster
from jiangxue.enrolment.rules.applications import Application, Meeting
from jiangxue.enrolment.rules.subsidies import Eligibility
from jiangxue.portals.opening_words import STEPS, clock_said
from jiangxue.portals.subsidy_words import fee_of, group_said, subsidy_said
from jiangxue.ui.course_words import MODES
from jiangxue.ui.id_types import ID_TYPES
from jiangxue.ui.roles import recorded_role

type Line = dict[str, object]


def application_lines(application: Application) -> Line:
    """Return all that an application says (ui/opening/application.html)."""
    hours, draft = application.version.hours, application.draft
    return {
        "institution": application.institution.name,
        "course": application.version.title,
        "serial": application.version.serial,
        "name": application.name,
        "opens_on": application.opens_on,
        "closes_on": application.closes_on,
        "head_teacher": application.head_teacher.name,
        "teachers": "、".join(each.name for each in application.teachers),
        "resources": draft.resources,
        "hours": [
            {"label": MODES[mode], "hours": hours_alone(value)}
            for mode, value in (("online", hours.online), ("live", hours.live), ("practice", hours.practice))
        ],
        "hours_of_day": _hours_of_day(draft.hours_from_min, draft.hours_until_min),
        "meetings": [_meeting(each, application) for each in draft.meetings],
        "exams": draft.exams,
        "people": application.roster.count,
        "sha256": application.sha256,
    }


def step_lines(steps: Iterable[OpeningStep]) -> list[Line]:
    """Return what happened to an application (ui/opening/history.html), in the order in which it is given."""
    return [
        {
            "label": STEPS[step.kind],
            "at": step.at,
            "by": step.by.staff_name,
            "role": recorded_role(step.role),
            "words": step.words,
            "approval_no": step.approval_no,
            "sha256": step.sha256,
        }
        for step in steps
    ]


def roster_lines(entries: Sequence[RosterEntry], version: Version | None, at: At) -> list[Line]:
    """Return people on a roster, masked (ui/opening/roster.html): who pays, and apart from it whether the conditions of subsidy fit."""
    judged, shown = of_roster(entries, at), shown_entries(entries)
    facts = version.whole.facts if version else None
    return [
        {
            "pk": each.pk,
            "name": each.name,
            "id_type": ID_TYPES[each.id_type],
            "id_number": each.id_number,
            "phone": each.phone,
            "group": group_said(each.group),
            "employer": each.employer,
            "fee": fee_of(facts, each.group) if facts else "",
            "subsidy": subsidy_said(judged[each.pk]),
            "fits": judged[each.pk].eligibility is Eligibility.FITS,
        }
        for each in shown.values()
    ]


def fee_line(version: Version | None) -> str:
    """Return what the course costs and for whom it is free."""
    return fee_said(version.whole.facts) if version else ""


def _hours_of_day(begin: int | None, end: int | None) -> str:
    if begin is None or end is None:
        return ""
    return f"{clock_said(begin)}–{clock_said(end)}"


def _meeting(each: Meeting, application: Application) -> Line:
    return {
        "mode": MODES[each.mode.value],
        "title": each.title,
        "hours": hours_alone(each.hours),
        "place": each.place,
        "teacher": application.name_of(each.teacher_id),
        "starts_at": _local(each.starts_at),
        "ends_at": _local(each.ends_at),
    }


def _local(at: datetime | None) -> datetime | None:
    return localtime(at) if at else None
