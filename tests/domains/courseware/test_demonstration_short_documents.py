"""The short documents of the demonstration's other courses can be drawn, keep to their pages and are sent like an editor's."""

from datetime import date
from pathlib import Path

import pikepdf
import pytest

from jiangxue.courseware.rules.files import FileKind
from jiangxue.project.demonstration.course import FONTS
from jiangxue.project.demonstration.documents import build_document
from jiangxue.project.demonstration.documents.texts.blocks import DocumentText
from jiangxue.project.demonstration.documents.texts.permission import permission
from jiangxue.project.demonstration.documents.texts.turning import TURNING
from jiangxue.project.demonstration.media.fonts import Typeface
from jiangxue.project.demonstration.small_courses import sending_from
from jiangxue.project.demonstration.stories import STORIES
from tests.domains.courseware.seeding import DAYS, begin, pages_of

DOCUMENTS = [
    *(pytest.param(text, kind, id=text.slug) for story in STORIES for text, kind in story.course.documents),
    pytest.param(
        permission("permission", holder="甲", title="授权书", until=date(2028, 12, 31)), FileKind.PDF, id="proof"
    ),
]


@pytest.mark.parametrize(("text", "kind"), DOCUMENTS)
def test_every_character_of_a_document_can_be_drawn(text: DocumentText, kind: FileKind) -> None:
    Typeface(FONTS).must_hold("".join(pages_of(text)))


@pytest.mark.parametrize(("text", "kind"), DOCUMENTS)
def test_a_document_keeps_to_the_pages_that_it_is_divided_into(
    text: DocumentText, kind: FileKind, tmp_path: Path
) -> None:
    with pikepdf.open(build_document(text, FileKind.PDF, tmp_path, FONTS)) as pdf:
        assert len(pdf.pages) == len(pages_of(text))


def test_a_document_is_sent_and_converted_as_that_of_an_editor(db: None, own_storage: Path, tmp_path: Path) -> None:
    text = TURNING
    upload = sending_from(tmp_path)(begin(), text, FileKind.PDF, DAYS.ago(3))
    assert (upload.state, upload.name, upload.created_at) == ("ready", f"{text.title}.pdf", DAYS.ago(3))
    assert upload.media.pages == len(pages_of(text))
