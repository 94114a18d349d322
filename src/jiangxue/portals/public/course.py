"""The introduction of one course, as its version in force has it. Clause C6."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jiangxue.accounts import access
from jiangxue.courseware.queries.catalogue import in_public
from jiangxue.courseware.queries.conformity import pace_of
from jiangxue.courseware.queries.versions import Version
from jiangxue.courseware.rules.content import CourseContent, Fee
from jiangxue.courseware.rules.lengths import Pace
from jiangxue.courseware.services.paper_words import hours_said
from jiangxue.courseware.services.papers import draw_flow
from jiangxue.kernel.clock import learning_day
from jiangxue.portals.public.shared import shareable
from jiangxue.portals.public.words import (
    aim_said,
    assessment_said,
    fee_label,
    hours_by_mode,
    modules_shown,
)
from jiangxue.portals.stars import average_shown, comment_shown, figures_shown
from jiangxue.rating.queries.comments import public_comments
from jiangxue.rating.queries.figures import figures_of_course, lecturers_of_course
from jiangxue.rating.rules.figures import Average
from jiangxue.review.queries import reviews_of
from jiangxue.ui.course_words import PRIORITY_GROUPS
from jiangxue.ui.listing import listed

COMMENTS_SHOWN = 10
LONGEST_SHARED = 120


@shareable
def show(request: HttpRequest, course_id: int) -> HttpResponse:
    """Show a published course; 404 in words for one that is not there, 410 for one that was taken down."""
    version = in_public(course_id)
    if version is None:
        return render(request, "public/not_there.html", _ways(), status=404)
    if version.taken_down_at is not None:
        return render(request, "public/taken_down.html", _ways(), status=410)
    today = learning_day(access.now())
    content, pace = version.whole, pace_of(version.course, today)
    comments = [comment_shown(each) for each in public_comments(course_id)[:COMMENTS_SHOWN]]
    context = {
        **_ways(),
        "course": _facts(version, content, pace),
        "modules": modules_shown(content),
        "lecturers": _lecturers(content, course_id),
        "assessment": [assessment_said(part) for part in content.assessment],
        "flow": draw_flow(content=content, pace=pace),
        "ratings": figures_shown(figures_of_course(course_id, today)),
        "comments": comments,
        "version": _version(version),
        "page_url": request.build_absolute_uri(request.path),
        "summary": _summary(content),
    }
    return render(request, "public/course.html", context)


def _ways() -> dict[str, object]:
    return {"catalogue_url": reverse("public:catalogue")}


def _facts(version: Version, content: CourseContent, pace: Pace) -> dict[str, object]:
    facts = content.facts
    occupation = facts.occupation
    return {
        "title": facts.title,
        "summary": facts.summary,
        "institution": version.course.institution.name,
        "aim": aim_said(occupation.name if occupation else "", facts.level or "", facts.special_ability),
        "occupation_code": occupation.code if occupation else "",
        "goals": facts.goals,
        "target_group": facts.target_group,
        "entry_conditions": facts.entry_conditions,
        "hours": hours_said(facts.hours.total, pace) if facts.hours.total else "",
        "modes": hours_by_mode(facts, pace),
        "fee": fee_label(facts.fee),
        "free_for": listed(*(PRIORITY_GROUPS[group] for group in facts.free_for))
        if facts.fee is Fee.FREE_FOR_GROUPS
        else "",
    }


def _version(version: Version) -> dict[str, object]:
    return {
        "serial": version.serial,
        "published_at": version.published_at,
        "sha256": version.sha256,
        "is_reviewed": bool(reviews_of(version)),
    }


def _lecturers(content: CourseContent, course_id: int) -> list[dict[str, object]]:
    """Return the teachers of the version, each with what learners think of them."""
    rated = {each.ref: each.average for each in lecturers_of_course(course_id)}
    return [
        {
            "name": each.name,
            "qualification": each.qualification,
            "average": average_shown(rated.get(each.ref, Average())),
        }
        for each in content.lecturers
    ]


def _summary(content: CourseContent) -> str:
    """Return what a message that shares the page says under its title."""
    return " ".join(content.facts.summary.split())[:LONGEST_SHARED]
