"""Captions are put under a film by its editors, and go along when its folder is exchanged (clause T1.4)."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from jiangxue.accounts.models import Account
from jiangxue.audit.services import PROGRAM
from jiangxue.courseware import converting
from jiangxue.courseware.converting import Converted, Place
from jiangxue.courseware.errors import NotReady, OutOfReach, UnfitCaptions
from jiangxue.courseware.models import Course, Media, Upload
from jiangxue.courseware.services.captioning import put_captions
from jiangxue.courseware.services.completing import complete
from jiangxue.courseware.storage import courseware_storage, original_of
from jiangxue.kernel.viewer import Role
from tests.conftest import MORNING
from tests.factories import classes, people, uploads
from tests.factories.questions import editor
from tests.refusals import refusal_of

CONTENT = b"WEBVTT\n\n00:01.000 --> 00:02.000\nwords"


@pytest.fixture
def course(db: None, own_storage: Path) -> Course:
    return classes.course(classes.institution(), lessons=1)


@pytest.fixture
def keeper(course: Course) -> Account:
    return editor(course.institution, MORNING)


@pytest.fixture
def film(course: Course, keeper: Account) -> Upload:
    media = Media.objects.create(kind="video", folder="made/f/1", key_name="a" * 32, length_ms=60_000, sha256="0" * 64)
    upload = uploads.kept(course, keeper, MORNING, state="ready", kind="video", finished_at=MORNING, media=media)
    courseware_storage().save(original_of(upload.pk), ContentFile(uploads.CONTENT))
    return upload


def put(by: Account, upload: Upload, content: bytes = CONTENT) -> None:
    put_captions(viewer=people.viewer(by), upload_id=upload.pk, content=content, by=PROGRAM, now=MORNING)


def test_only_the_editors_of_the_institution_put_captions(course: Course, keeper: Account, film: Upload) -> None:
    teacher = editor(course.institution, MORNING, Role.TEACHER)
    stranger = editor(classes.institution(), MORNING)
    assert {refusal_of(lambda: put(teacher, film)), refusal_of(lambda: put(stranger, film))} == {OutOfReach}
    assert refusal_of(lambda: put(keeper, film)) is None


def test_captions_that_are_refused_leave_those_that_stand(keeper: Account, film: Upload, own_storage: Path) -> None:
    put(keeper, film)
    assert refusal_of(lambda: put(keeper, film, b"WEBVTT\n\n")) is UnfitCaptions
    assert "words" in (own_storage / "made/f/1" / Media.objects.get(folder="made/f/1").captions).read_text()
    assert Media.objects.get(folder="made/f/1").has_captions


def test_a_document_and_a_file_on_its_way_have_no_captions(course: Course, keeper: Account) -> None:
    fields = {"state": "ready", "kind": "pdf", "finished_at": MORNING, "media": uploads.document()}
    document = uploads.kept(course, keeper, MORNING, **fields)
    waiting = uploads.kept(course, keeper, MORNING, state="waiting")
    assert {refusal_of(lambda: put(keeper, document)), refusal_of(lambda: put(keeper, waiting))} == {NotReady}


def test_captions_that_come_while_a_film_is_completed_go_along(
    keeper: Account, film: Upload, own_storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_all_sizes(source: Path, place: Place) -> Converted:
        put(keeper, film)
        return uploads.film_in(place, ["480p"], source)

    monkeypatch.setattr(converting, "film_in_all_sizes", in_all_sizes)
    complete(film.pk)
    media = Media.objects.get(pk=film.media_id)
    assert (media.folder != "made/f/1", media.has_captions) == (True, True)
    assert "words" in (own_storage / media.folder / media.captions).read_text()
