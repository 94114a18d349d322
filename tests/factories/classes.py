"""An institution with a course, a class and one learner in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from jiangxue.accounts.models import Account
from jiangxue.courseware.models import Course, CourseVersion, Lesson, Module
from jiangxue.courseware.queries.teaching import version_in_force
from jiangxue.courseware.services import LessonDraft, MediaDraft, ModuleDraft, create_course, create_media
from jiangxue.courseware.services.versions import freeze, publish
from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.enrolment.services import ClassDraft, enrol, open_class
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.organisations.models import Organisation, Region
from tests.factories import people

LESSON_MS = 180_000
_numbers = count(1)


@dataclass(frozen=True)
class Classroom:
    """One class, the people around it and its lessons."""

    institution: Organisation
    training_class: TrainingClass
    head_teacher: Account
    learner: Account
    enrolment: Enrolment
    lessons: list[Lesson]

    @property
    def lesson(self) -> Lesson:
        return self.lessons[0]

    @property
    def viewer(self) -> Viewer:
        return people.viewer(self.learner)


def institution(region: str = "440104") -> Organisation:
    Region.objects.get_or_create(code=region, defaults={"name": f"地区 {region}"})
    return Organisation.objects.create(
        kind=Organisation.Kind.INSTITUTION, name=f"培训学校 {next(_numbers):05d}", region_id=region
    )


def course(of: Organisation, *, lesson_ms: int = LESSON_MS, lessons: int = 3) -> Course:
    drafts = [
        LessonDraft(f"第 {number} 课", MediaDraft(f"films/{next(_numbers)}", "0" * 64, length_ms=lesson_ms))
        for number in range(1, lessons + 1)
    ]
    return create_course(
        institution_id=of.pk, title="低压电工安全", summary="", modules=[ModuleDraft("第一章", drafts)]
    )


def add_lessons(to: Course, titles: Sequence[str], *, lesson_ms: int = LESSON_MS) -> None:
    """Add a module with these lessons."""
    module = Module.objects.create(course=to, position=to.modules.count() + 1, title="补充")
    for position, title in enumerate(titles, 1):
        media = create_media(MediaDraft(f"films/{next(_numbers)}", "0" * 64, length_ms=lesson_ms))
        Lesson.objects.create(course=to, module=module, position=position, title=title, draft_title=title, media=media)


def published(what: Course, now: datetime) -> CourseVersion:
    """Let a course as it stands be in force, as if it had been reviewed."""
    version = freeze(course_id=what.pk, author_id=None, now=now)
    return publish(version_id=version.pk, now=now)


def teach_anew(of: TrainingClass, now: datetime) -> None:
    """Let a class be taught by its course as it stands now."""
    of.version = published(of.course, now)
    of.save(update_fields=["version"])


def in_force(what: Course, now: datetime) -> Course:
    """Return a course of which a version is in force."""
    if version_in_force(what.pk) is None:
        published(what, now)
    return what


OPENS_ON, CLOSES_ON = date(2026, 11, 1), date(2027, 6, 30)


def training_class(
    of: Organisation, *, now: datetime, taught: Course | None = None, term: tuple[date, date] = (OPENS_ON, CLOSES_ON)
) -> TrainingClass:
    teacher = people.account((Role.HEAD_TEACHER, of.pk), now=now, name="王老师")
    draft = ClassDraft(
        institution_id=of.pk,
        course_id=in_force(taught or course(of), now).pk,
        head_teacher_id=teacher.pk,
        code=f"C{next(_numbers):05d}",
        name="低压电工一班",
        opens_on=term[0],
        closes_on=term[1],
    )
    return open_class(draft, teacher_ids=[], now=now)


def classroom(
    now: datetime,
    *,
    lesson_ms: int = LESSON_MS,
    lessons: int = 3,
    region: str = "440104",
    term: tuple[date, date] = (OPENS_ON, CLOSES_ON),
) -> Classroom:
    """Make an institution with one class and one learner in it."""
    of = institution(region)
    taught = course(of, lesson_ms=lesson_ms, lessons=lessons)
    opened = training_class(of, now=now, taught=taught, term=term)
    learner = people.account(now=now)
    return Classroom(
        institution=of,
        training_class=opened,
        head_teacher=opened.head_teacher,
        learner=learner,
        enrolment=enrol(class_id=opened.pk, learner_id=learner.pk, now=now),
        lessons=list(Lesson.objects.filter(module__course=taught).select_related("media").order_by("position")),
    )
