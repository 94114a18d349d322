"""A film is ready in the size that it came in; the others follow, and are shown by one change (clause T1.1)."""

from pathlib import Path

import pytest
from django.db.models import QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob

from jiangxue.audit.services import PROGRAM
from jiangxue.courseware import converting
from jiangxue.courseware.converting import Converted, Place, Unfit
from jiangxue.courseware.models import Media, Upload
from jiangxue.courseware.queries import media_in
from jiangxue.courseware.rules.files import FileFault, FileKind
from jiangxue.courseware.services import processing
from jiangxue.courseware.services.captioning import put_captions
from jiangxue.courseware.services.completing import complete
from jiangxue.courseware.services.processing import process
from jiangxue.courseware.services.tidying import remove_outdated
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.ids import new_id
from tests.conftest import MORNING
from tests.factories import classes, people, uploads
from tests.factories.questions import editor


@pytest.fixture
def upload(db: None, own_storage: Path, monkeypatch: pytest.MonkeyPatch) -> Upload:
    monkeypatch.setattr(processing, "BEAT_S", 0.02)
    monkeypatch.setattr(converting, "kind_of", lambda source, name: FileKind.VIDEO)
    monkeypatch.setattr(converting, "converted", uploads.a_film(more=True))
    course = classes.course(classes.institution(), lessons=1)
    return uploads.sent(course, editor(course.institution, MORNING), MORNING, name="触电急救.mp4")


@pytest.fixture
def film(upload: Upload) -> Media:
    process(upload.pk, clock=HandClock(MORNING))
    ready = Upload.objects.select_related("media").get().media
    assert ready is not None
    return ready


def below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_it_is_ready_first_and_the_rest_is_asked_for(film: Media) -> None:
    assert len(film.key_name) == 32
    assert ProcrastinateJob.objects.filter(task_name="courseware:complete_film", queue_name="media").count() == 1


def test_the_new_folder_takes_the_place_of_the_old_one_which_lasts_a_day(
    film: Media, upload: Upload, own_storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        converting, "film_in_all_sizes", lambda source, place: uploads.film_in(place, ["480p", "720p"], source)
    )
    complete(upload.pk)
    now = Media.objects.get(pk=film.pk)
    assert now.folder != film.folder
    assert (now.key_name, now.sha256) == (film.key_name, "2" * 64)
    assert below(own_storage / now.folder) == ["480p/index.m3u8", "720p/index.m3u8"]
    assert (own_storage / film.folder).exists()
    remove_outdated(upload.pk, [*removals().latest("pk").args["names"], Path(now.folder).name])
    assert not (own_storage / film.folder).exists()
    assert (own_storage / now.folder).exists()


def test_a_removal_spares_the_folder_that_is_being_filled_and_the_one_that_was_replaced_later(
    film: Media, upload: Upload, own_storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    removal = removals().get()

    def remove_meanwhile(source: Path, place: Place) -> Converted:
        half = own_storage / "made" / upload.pk.hex / "half"
        half.mkdir()
        remove_outdated(upload.pk, removal.args["names"])
        assert half.exists()
        return uploads.film_in(place, ["480p"], source)

    monkeypatch.setattr(converting, "film_in_all_sizes", remove_meanwhile)
    complete(upload.pk)
    remove_outdated(upload.pk, removal.args["names"])
    assert (own_storage / film.folder).exists()


def removals() -> QuerySet[ProcrastinateJob]:
    return ProcrastinateJob.objects.filter(task_name="courseware:remove_outdated").order_by("pk")


def test_a_page_that_was_opened_before_still_finds_the_film_by_its_old_folder(
    film: Media, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converting, "film_in_all_sizes", lambda source, place: uploads.film_in(place, ["480p"], source))
    complete(upload.pk)
    found = media_in(film.folder)
    assert found is not None
    assert (found.pk, found.folder != film.folder) == (film.pk, True)
    assert media_in(f"made/{new_id().hex}/1") is None
    assert media_in("made/../1") is None


def test_captions_that_came_meanwhile_go_along(
    film: Media, upload: Upload, own_storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    author = people.viewer(upload.author)

    def in_all_sizes(source: Path, place: Place) -> Converted:
        content = b"WEBVTT\n\n00:01.000 --> 00:02.000\nwords"
        put_captions(viewer=author, upload_id=upload.pk, content=content, by=PROGRAM, now=MORNING)
        return uploads.film_in(place, ["480p"], source)

    monkeypatch.setattr(converting, "film_in_all_sizes", in_all_sizes)
    complete(upload.pk)
    now = Media.objects.get(pk=film.pk)
    assert (now.folder != film.folder, now.has_captions) == (True, True)
    assert "words" in (own_storage / now.folder / now.captions).read_text()


def test_a_film_that_cannot_be_had_in_more_sizes_stays_as_it_is(
    film: Media, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unfit(source: Path, place: Place) -> Converted:
        raise Unfit(FileFault.OVER_BUDGET)

    monkeypatch.setattr(converting, "film_in_all_sizes", unfit)
    complete(upload.pk)
    assert Media.objects.get(pk=film.pk).folder == film.folder


def test_whoever_comes_second_removes_what_it_made(
    film: Media, upload: Upload, own_storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(source: Path, place: Place) -> Converted:
        Media.objects.filter(pk=film.pk).update(folder="made/elsewhere")
        return uploads.film_in(place, ["480p"], source)

    monkeypatch.setattr(converting, "film_in_all_sizes", overtaken)
    complete(upload.pk)
    assert Media.objects.get(pk=film.pk).folder == "made/elsewhere"
    assert [path.name for path in (own_storage / "made" / upload.pk.hex).iterdir()] == ["1"]
