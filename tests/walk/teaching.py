"""What is taught on a side: a published course with questions and a test, one that is being reviewed, files, and a class of it."""

from dataclasses import replace

from django.core.files.base import ContentFile

from jiangxue.courseware.models import Course, Lesson, Media
from jiangxue.courseware.rules.content import LessonKind, Purpose
from jiangxue.courseware.services import LessonDraft, MediaDraft, ModuleDraft, create_course
from jiangxue.courseware.services.facts import LicenceDraft, put_licences
from jiangxue.courseware.storage import courseware_storage
from jiangxue.enrolment.evidence import append_agreements, verify_learner
from jiangxue.enrolment.models import TrainingClass
from jiangxue.enrolment.services import ClassDraft, enrol, open_class
from jiangxue.portals.media.tickets import media_url
from jiangxue.review.services.marking import MarkDraft, put_mark
from jiangxue.screening.models import Hit
from tests.factories import courses
from tests.factories.assessment import TEXTS
from tests.factories.classes import CLOSES_ON, OPENS_ON, Classroom
from tests.factories.questions import question
from tests.factories.uploads import document, kept, sent
from tests.walk.sides import Side

FILM_MS = 3_600_000


def _course(side: Side, title: str, lessons: dict[str, str]) -> Course:
    drafts = []
    for ordinal, (lesson, kind) in enumerate(lessons.items(), 1):
        folder = _folder(side, title, ordinal)
        pages = [(1280, 720)] * 2 if kind == "document" else []
        length = 0 if pages else FILM_MS
        media = MediaDraft(folder, "0" * 64, kind=LessonKind(kind), length_ms=length, page_sizes=pages)
        drafts.append(LessonDraft(side.called(lesson), media))
        _files(side, folder)
    return create_course(
        institution_id=side.organisation.pk,
        title=side.called(title),
        summary=side.called("简介"),
        modules=[ModuleDraft(side.called("第一章"), drafts)],
    )


def _folder(side: Side, title: str, ordinal: int) -> str:
    return f"made/{side.names.latin}/{len(title)}{ordinal}"


def _files(side: Side, folder: str) -> None:
    for name in ("pages/0001.webp", "pages/0001.txt", "pages/0002.webp", "pages/0002.txt", "480p/index.m3u8"):
        courseware_storage().save(f"{folder}/{name}", ContentFile(side.called("课件").encode()))


def publish(side: Side) -> None:
    """Make a course with questions, and let it pass its reviews."""
    now = side.clock.now()
    course = _course(side, "课程", {"第一课": "video", "第二课": "video"})
    courses.complete(course, side.viewer("editor"), now)
    first = Lesson.objects.filter(course=course).order_by("position").first()
    assert first is not None
    author = side.people["editor"]
    asked = question(first, author, now, side.called("打卡题"))
    for text in TEXTS:
        question(first, author, now, side.called(text[:2]), purpose=Purpose.TEST)
    ours = courses.reviewers_of(side.organisation, now)
    desk = courses.Desk(side.organisation, course, author, (side.people["reviewer"], ours[1], ours[2]))
    version = courses.published(desk, now)
    side.keys |= {
        "course_id": course.pk,
        "lesson_id": first.pk,
        "module_id": first.module_id,
        "question_id": asked.pk,
        "institution:version_id": version.pk,
    }


def hand_in(side: Side) -> None:
    """Hand in another course, of which the institution's reviewer has begun a review."""
    now = side.clock.now()
    course = _course(side, "送审课", {"加微信课": "video", "讲义课": "document"})
    courses.complete(course, side.viewer("editor"), now)
    _license(side, course)
    reviewers = (side.people["reviewer"],) * 3
    version = courses.submitted(courses.Desk(side.organisation, course, side.people["editor"], reviewers), now)
    lesson = version.lessons.order_by("position").first()
    assert lesson is not None
    draft = MarkDraft(lesson.lesson_id, 0, side.called("意见"))
    mark = put_mark(viewer=side.viewer("reviewer"), version_id=version.pk, draft=draft, now=now)
    hit = Hit.objects.filter(place_ref=str(version.pk)).latest("pk")
    side.keys |= {
        "reviewer:version_id": version.pk,
        "reviewer:lesson_id": lesson.lesson_id,
        "mark_id": mark.pk,
        "hit_id": hit.pk,
        "number": 1,
        "ticket": media_url(_folder(side, "送审课", 2), "x").split("/")[2],
        "institution:withdraw_course:course_id": course.pk,
    }


def _license(side: Side, course: Course) -> None:
    """Say by which paper the course may use what is of others."""
    now, folder = side.clock.now(), _folder(side, "授权书", 9)
    media = document(folder)
    Media.objects.filter(pk=media.pk).update(source_sha256=str(side.names.serial) * 64)
    _files(side, folder)
    facts = {"state": "ready", "kind": "pdf", "finished_at": now, "media": media}
    paper = kept(course, side.people["editor"], now, name=f"{side.called('授权书')}.pdf", **facts)
    draft = LicenceDraft(side.called("授权书"), side.called("出版社"), None, paper.pk)
    put_licences(viewer=side.viewer("editor"), course_id=course.pk, licences=[draft], by=side.actor("editor"), now=now)


def send_files(side: Side) -> None:
    """Send a file to the course, and let another be on its way."""
    course, now = Course.objects.get(pk=side.keys["course_id"]), side.clock.now()
    upload = sent(
        course, side.people["editor"], now, name=f"{side.called('讲义')}.pdf", content=b"%PDF-1.7 " + b"0" * 51
    )
    side.keys["upload_id"] = upload.pk
    side.keys["institution:upload:upload_id"] = kept(
        course, side.people["editor"], now, name=f"{side.called('在途')}.pdf"
    ).pk


def _opened(side: Side, ordinal: int, name: str) -> TrainingClass:
    draft = ClassDraft(
        institution_id=side.organisation.pk,
        course_id=int(str(side.keys["course_id"])),
        head_teacher_id=side.people["head"].pk,
        code=f"{side.names.latin}-{ordinal}",
        name=side.called(name),
        opens_on=OPENS_ON,
        closes_on=CLOSES_ON,
    )
    return open_class(draft, teacher_ids=[side.people["teacher"].pk], now=side.clock.now())


def another_room(side: Side, ordinal: int, name: str) -> Classroom:
    """Open another class of the course, in which only the other learner is."""
    opened = _opened(side, ordinal, name)
    place = enrol(class_id=opened.pk, learner_id=side.people["mate"].pk, now=side.clock.now())
    return replace(side.room, training_class=opened, learner=side.people["mate"], enrolment=place)


def open_the_class(side: Side) -> None:
    """Open a class of the course with two learners in it."""
    now = side.clock.now()
    opened = _opened(side, 1, "一班")
    places = [enrol(class_id=opened.pk, learner_id=side.people[who].pk, now=now) for who in ("learner", "mate")]
    append_agreements(places, now=now)
    for place in places:
        verify_learner(place.learner_id, by=side.actor("head"), now=now)
    lessons = list(Lesson.objects.filter(course=opened.course).select_related("media").order_by("position"))
    side.room = Classroom(side.organisation, opened, side.people["head"], side.people["learner"], places[0], lessons)
    side.keys |= {"class_id": opened.pk, "enrolment_id": places[0].pk}
