"""Every word that editors write, and every word of their files, is looked through (clause T1.4)."""

import pytest
from django.core.files.base import ContentFile

from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.models import Media
from jiangxue.courseware.rules.screened import captions_screened, texts_of
from jiangxue.courseware.services.captioning import put_captions
from jiangxue.courseware.services.placing import Placement, place_lesson
from jiangxue.courseware.services.screening_versions import screen_version
from jiangxue.courseware.storage import courseware_storage
from jiangxue.screening.models import Hit
from tests.conftest import MORNING
from tests.factories import people, uploads, words
from tests.factories.content import complete_content
from tests.factories.courses import desk, submitted

VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n有问题请加微\n\n00:02.500 --> 00:04.000\n信咨询\n"


def test_every_text_of_a_course_is_looked_through() -> None:
    content = complete_content()
    said = {text.text for text in texts_of(content)}
    facts = content.facts
    expected = {facts.title, facts.summary, facts.goals, facts.materials, facts.supplier, facts.entry_conditions}
    expected |= {item.title for item in content.planned} | {item.place for item in content.planned}
    expected |= {part.method for part in content.assessment} | {each.name for each in content.lecturers}
    expected |= {licence.holder for licence in content.licences} | {module.title for module in content.modules}
    for lesson in content.lessons:
        expected |= {lesson.title} | {point.text for point in lesson.knowledge}
        expected |= {text for question in lesson.questions for text in (question.text, *question.options)}
    assert expected <= said


def test_a_word_that_begins_in_one_caption_and_ends_in_the_next_leads_to_the_first() -> None:
    text = captions_screened(VTT, {"lesson": 1}, length_ms=10_000)
    assert text.text == "有问题请加微\n信咨询"
    assert text.where_at(4) == {"lesson": 1, "at_ms": 1000}
    assert text.where_at(7) == {"lesson": 1, "at_ms": 2500}


def test_captions_that_cannot_be_read_are_looked_through_as_they_are() -> None:
    assert captions_screened("加微信", {}, length_ms=1).text == "加微信"


@pytest.mark.clause("T1.4")
def test_words_are_found_in_captions_and_on_pages_with_their_places(db: None) -> None:
    at = desk(MORNING)
    put = {"viewer": people.viewer(at.editor), "by": PROGRAM, "now": MORNING}
    ready = {"state": "ready", "finished_at": MORNING}
    film = Media.objects.create(folder="made/film/1", length_ms=60_000, sha256="2" * 64)
    page = uploads.document("made/pages/1")
    module = at.course.modules.get().pk
    for media, kind in ((film, "video"), (page, "pdf")):
        upload = uploads.kept(at.course, at.editor, MORNING, kind=kind, media=media, **ready)
        place_lesson(upload_id=upload.pk, placement=Placement(kind, module), **put)
        if media is film:
            put_captions(upload_id=upload.pk, content=VTT.encode(), **put)
    for number, text in ((1, "先断电"), (2, "想快速拿证请加 微·信")):
        courseware_storage().save(f"made/pages/1/pages/{number:04}.txt", ContentFile(text.encode()))
    words.word_list(MORNING)
    version = submitted(at, MORNING, screened=False)
    assert version.screened_at is None
    screen_version(version.pk, now=MORNING)
    film_lesson, page_lesson = (lesson.pk for lesson in at.lessons[-2:])
    found = {tuple(sorted(hit.where.items())) for hit in Hit.objects.all()}
    assert found == {
        (("at_ms", 1000), ("field", "captions"), ("lesson", film_lesson)),
        (("lesson", page_lesson), ("page", 2)),
    }
