"""Two institutions in two cities, and a viewer of every kind who looks at them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from jiangxue.accounts.models import Account
from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.enrolment.services import ClassDraft, enrol, open_class
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.organisations.models import Organisation
from tests.factories import classes, people

PROVINCE, GUANGZHOU, SHENZHEN, DISTRICT = "44", "4401", "4403", "440104"


@dataclass(frozen=True)
class World:
    """Institutions and classes by name, and viewers by what they are; `east` and `west` are both taught in Guangzhou."""

    institutions: Mapping[str, Organisation]
    classes: Mapping[str, TrainingClass]
    enrolments: Mapping[str, Enrolment]
    viewers: Mapping[str, Viewer]

    def names_of(self, found: object) -> set[str]:
        """Return the names of institutions or classes in a query's answer."""
        named = {each: name for name, each in [*self.institutions.items(), *self.classes.items()]}
        return {named[each] for each in found}  # type: ignore[attr-defined]


def world(now: datetime) -> World:
    """Make both institutions with their people; `moved` learned in the south and has left it for the east."""
    guangzhou, shenzhen = classes.institution(DISTRICT), classes.institution("440304")
    opened, teachers, learners = {}, {}, {}
    for name, school in (("east", guangzhou), ("west", guangzhou), ("south", shenzhen)):
        heads = people.account((Role.HEAD_TEACHER, school.pk), now=now)
        teachers[name] = people.account((Role.TEACHER, school.pk), now=now)
        opened[name] = _class(name, school, heads, teachers[name], now)
        learners[name] = people.account(now=now)
    moved = people.account(now=now)
    left = enrol(class_id=opened["south"].pk, learner_id=moved.pk, now=now)
    Enrolment.objects.filter(pk=left.pk).update(left_at=now)
    places = {**learners, "moved": moved}
    enrolments = {
        name: enrol(class_id=opened["east" if name == "moved" else name].pk, learner_id=learner.pk, now=now)
        for name, learner in places.items()
    }
    institutions = {"guangzhou": guangzhou, "shenzhen": shenzhen}
    viewers = {
        **{f"learner {name}": people.viewer(learner) for name, learner in places.items()},
        **{f"teacher {name}": people.viewer(teacher) for name, teacher in teachers.items()},
        **{f"head teacher {name}": people.viewer(each.head_teacher) for name, each in opened.items()},
        **_of_institutions(institutions),
        **_of_regions(),
        "teacher of the east at another school": Viewer(teachers["east"].pk, Role.TEACHER, shenzhen.pk, "440304"),
        "learner of the east as a reviewer": Viewer(learners["east"].pk, Role.REVIEWER),
    }
    return World(institutions, opened, enrolments, viewers)


def _class(name: str, school: Organisation, head: Account, teacher: Account, now: datetime) -> TrainingClass:
    draft = ClassDraft(
        institution_id=school.pk,
        course_id=classes.in_force(classes.course(school, lessons=1), now).pk,
        head_teacher_id=head.pk,
        code=name,
        name=name,
        opens_on=now.date(),
        closes_on=now.date(),
    )
    return open_class(draft, teacher_ids=[teacher.pk], now=now)


def _of_institutions(institutions: Mapping[str, Organisation]) -> dict[str, Viewer]:
    roles = {"editor": Role.COURSE_EDITOR, "administrator": Role.INSTITUTION_ADMINISTRATOR}
    return {
        f"{what} {name}": Viewer(0, role, school.pk, school.region_id)
        for name, school in institutions.items()
        for what, role in roles.items()
    }


def _of_regions() -> dict[str, Viewer]:
    regions = {
        "province": PROVINCE,
        "guangzhou": GUANGZHOU,
        "shenzhen": SHENZHEN,
        "district": DISTRICT,
        "other district": "440103",
        "other province": "43",
        "nowhere": None,
        "empty region": "",
    }
    nobody = {"reviewer": Role.REVIEWER, "system": Role.SYSTEM_ADMINISTRATOR}
    nobody |= {"security": Role.SECURITY_ADMINISTRATOR, "auditor": Role.AUDIT_ADMINISTRATOR}
    return {
        **{f"supervisor {name}": Viewer(0, Role.SUPERVISOR, 0, region) for name, region in regions.items()},
        **{name: Viewer(0, role) for name, role in nobody.items()},
    }
