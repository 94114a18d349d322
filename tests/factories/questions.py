"""Questions about lessons, and who keeps them."""

from datetime import datetime

from jiangxue.accounts.models import Account
from jiangxue.courseware.models import CourseQuestion, Lesson
from jiangxue.courseware.rules.content import Purpose
from jiangxue.courseware.rules.questions import QuestionDraft
from jiangxue.kernel.viewer import Role
from jiangxue.organisations.models import Organisation
from tests.factories import people

DRAFT = QuestionDraft("电流超过多少，就可能危及生命？", ("1 mA", "10 mA", "30 mA"), 2)


def editor(of: Organisation, now: datetime, role: Role = Role.COURSE_EDITOR) -> Account:
    return people.account((role, of.pk), now=now, name="林晓彤")


def question(
    of: Lesson, author: Account, now: datetime, text: str = DRAFT.text, *, purpose: Purpose = Purpose.CHECK_IN
) -> CourseQuestion:
    return CourseQuestion.objects.create(
        lesson=of, purpose=purpose, text=text, options=list(DRAFT.options), right_index=2, author=author, created_at=now
    )
