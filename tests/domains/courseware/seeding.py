"""Making the demonstration's courses in a test, with documents that need no conversion."""

import hashlib
from dataclasses import asdict
from datetime import datetime

from django.core.files.base import ContentFile

from jiangxue.accounts.models import Account
from jiangxue.courseware.models import Course, Upload
from jiangxue.courseware.rules.files import FileKind, LessonKind
from jiangxue.courseware.services import MediaDraft, create_media
from jiangxue.courseware.storage import courseware_storage
from jiangxue.project.demonstration.acting import Days
from jiangxue.project.demonstration.documents import SLUGS
from jiangxue.project.demonstration.documents.texts.blocks import DocumentText, Heading
from jiangxue.project.demonstration.media.course import COURSE
from jiangxue.project.demonstration.occupations import seed_occupations
from jiangxue.project.demonstration.reviewed import seed_review
from jiangxue.project.demonstration.seed import (
    demonstration_course,
    seed,
    seed_questions,
    seed_staff,
)
from jiangxue.project.demonstration.small_courses import seed_small_courses
from jiangxue.project.demonstration.words import seed_words
from tests.conftest import MORNING
from tests.factories import classes, uploads

DAYS = Days(MORNING)
TITLES = {slug: f"课节 {slug}" for slug in (*(lesson.slug for lesson in COURSE.lessons), *SLUGS)}
LESSON_MS = 300_000


def make() -> None:
    """Make what `seed_demonstration` makes, with lessons that need neither films nor conversion."""
    said: list[str] = []
    seed_staff(now=DAYS.opened)
    seed_occupations(DAYS.opened)
    seed_words(now=DAYS.opened)
    seed_questions(TITLES, now=DAYS.ago(28))
    seed_review(demonstration_course(), TITLES, days=DAYS)
    seed_small_courses(at_once, days=DAYS, report=said.append)
    assert not [line for line in said if "left out" in line]


def at_once(course: Course, text: DocumentText, kind: FileKind, now: datetime) -> Upload:
    """Keep a document as if it had been sent and converted: its pages and their words, without their pictures."""
    folder, pages = f"made/{course.pk}-{text.slug}", pages_of(text)
    for number, words in enumerate(pages, 1):
        courseware_storage().save(f"{folder}/pages/{number:04}.txt", ContentFile(words.encode()))
    draft = MediaDraft(
        folder,
        hashlib.sha256(text.slug.encode()).hexdigest(),
        kind=LessonKind.DOCUMENT,
        page_sizes=[(900, 1273)] * len(pages),
        source_sha256=hashlib.sha256(text.title.encode()).hexdigest(),
    )
    made = {"kind": kind, "state": Upload.State.READY, "media": create_media(draft), "finished_at": now}
    return uploads.kept(course, Account.objects.get(login_name="editor"), now, name=f"{text.title}.{kind}", **made)


def pages_of(text: DocumentText) -> list[str]:
    """Return the words of each page: every one begins with a heading that says so."""
    pages: list[str] = []
    for block in text.blocks:
        if not pages or (isinstance(block, Heading) and block.starts_page):
            pages.append("")
        pages[-1] += str(asdict(block))
    return pages


def begin() -> Course:
    """Make the people, and the long course with its lessons."""
    seed(now=DAYS.opened)
    classes.add_lessons(demonstration_course(), list(TITLES.values()), lesson_ms=LESSON_MS)
    return demonstration_course()
