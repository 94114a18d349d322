"""Lets the demonstration's course be published as a real one is: its papers entered, handed in, reviewed by three persons."""

from collections.abc import Mapping

from django.db import transaction

from jiangxue.courseware.models import Course
from jiangxue.courseware.rules.versions import State
from jiangxue.project.demonstration.acting import Days
from jiangxue.project.demonstration.courses.electrician import electrician
from jiangxue.project.demonstration.entering import enter
from jiangxue.project.demonstration.reviewing import hand_in, pass_review


@transaction.atomic
def seed_review(course: Course, titles: Mapping[str, str], *, days: Days) -> None:
    """Let the course be reviewed and published before its classes begin, once; `titles` are its lessons', by slug.

    One that was published before there were reviews is left so: its papers are filled in, where nobody has begun with them.
    """
    papers = electrician(titles)
    if course.versions.exists():
        if _is_bare(course):
            enter(course, papers, now=days.now)
        return
    enter(course, papers, now=days.ago(27))
    version = hand_in(course, now=days.ago(26))
    pass_review(version, "ownreviewer", "已逐课看过，内容与大纲一致，字幕与讲解一致。", now=days.ago(25, 14))
    pass_review(version, "reviewer", "数值与现行标准核对无误，实操安排合理，同意进入终审。", now=days.ago(24, 10))
    pass_review(version, "reviewer2", "同意发布。", now=days.ago(23, 15))


def _is_bare(course: Course) -> bool:
    """Say whether nobody has entered what the papers need, and the course can be changed."""
    entered = (course.occupation_id, course.special_ability, course.basis_name, course.target_group, course.goals)
    return not any(entered) and not course.versions.filter(state=State.IN_REVIEW).exists()
