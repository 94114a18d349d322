"""What those who have finished the demonstration's course think of it: varied stars, and one comment that waits for a person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from jiangxue.accounts.models import Account
from jiangxue.audit.services import PROGRAM
from jiangxue.enrolment.models import TrainingClass
from jiangxue.enrolment.queries import enrolment_for
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.project.demonstration.people import learner_login
from jiangxue.project.demonstration.seed import EXPIRED_CODE
from jiangxue.rating.errors import NotFinished
from jiangxue.rating.models import CourseRating
from jiangxue.rating.queries import lecturers_rated
from jiangxue.rating.rules.drafts import RatingDraft
from jiangxue.rating.services.giving import rate


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one learner gave, and so many days ago."""

    serial: int
    days_ago: int
    stars: int
    comment: str = ""


OPINIONS = (
    Opinion(23, 5, 4, "停电、验电、接地三步讲得很清楚，回车间照着做就行。"),
    Opinion(24, 5, 5, "案例都是身边的事，看完后怕，也记住了。希望多出几节。"),
    Opinion(25, 4, 3, "内容可以，就是文档字多，手机上看有点费眼。"),
    Opinion(26, 4, 5),
    Opinion(27, 3, 4, "利用午休学，十几分钟一节刚好。随机打卡有两次没反应过来。"),
    Opinion(28, 3, 5, "学得不错！还想考证的加★微★信，包★过。"),
    Opinion(29, 2, 2, "急救那一节要是有真人示范就好了，光看图还是不敢动手。"),
)
"""The last but one holds listed words with signs between them."""
CHANGED = Opinion(27, 1, 5, "利用午休学，十几分钟一节刚好。后来摸清了打卡，一次没落下。")


def seed_ratings(*, now: datetime, report: Callable[[str], object]) -> None:
    """Let learners of the class that is over rate the course, once, and one of them change it."""
    if CourseRating.objects.exists():
        return
    for opinion in (*OPINIONS, CHANGED):
        try:
            _give(opinion, now - timedelta(days=opinion.days_ago))
        except NotFinished:
            report(f"  {learner_login(opinion.serial)} has not finished the course and rates nothing")


def _give(opinion: Opinion, at: datetime) -> None:
    learner = Account.objects.get(login_name=learner_login(opinion.serial))
    viewer = Viewer(learner.pk, Role.LEARNER)
    class_id = TrainingClass.objects.values_list("pk", flat=True).get(code=EXPIRED_CODE)
    place = enrolment_for(viewer, class_id)
    taught_by = lecturers_rated(place, None)
    stars = {lecturer.ref: max(1, opinion.stars - number % 2) for number, lecturer in enumerate(taught_by)}
    draft = RatingDraft(opinion.stars, opinion.comment, stars)
    rate(viewer=viewer, class_id=class_id, draft=draft, by=PROGRAM, now=at)
