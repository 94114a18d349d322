"""The demonstration's course is made from text: every word can be drawn and spoken, and what is shown keeps time with it."""

import re
from dataclasses import replace
from pathlib import Path

import av
import pytest

from jiangxue.courseware.packaging import PackagedFilm, write_package
from jiangxue.courseware.rules.stretches import film_key
from jiangxue.project.demonstration.course import FONTS
from jiangxue.project.demonstration.media.building import course_jobs
from jiangxue.project.demonstration.media.captions import webvtt
from jiangxue.project.demonstration.media.course import COURSE
from jiangxue.project.demonstration.media.errors import FontMissing, Undrawable, Unpronounceable
from jiangxue.project.demonstration.media.fonts import Typeface
from jiangxue.project.demonstration.media.lessons import BuiltLesson, LessonJob, build_lesson
from jiangxue.project.demonstration.media.slides import SlideArtist
from jiangxue.project.demonstration.media.sound import TARGET_LUFS, laid_out, loudness_lufs
from jiangxue.project.demonstration.media.speech import Voice
from jiangxue.project.demonstration.media.text import LessonText, Point, Slide
from jiangxue.project.demonstration.media.timing import Cue, Picture, Timetable, timetable
from tests.domains.courseware.unlocking import KEY_NAME, MASTER_KEY, opened_rendition

_CUE = re.compile(r"(\d\d):(\d\d):(\d\d)\.(\d{3}) --> (\d\d):(\d\d):(\d\d)\.(\d{3})")
_TINY = LessonText(
    slug="tiny",
    title="安全用电",
    summary="",
    slides=(
        Slide(
            "安全用电",
            "您好。",
            (Point("先断电", "先断电。"), Point("后作业", "后作业。")),
        ),
    ),
)
_JOBS = [pytest.param(job, id=job.lesson.slug) for job in course_jobs()]


def _spoken_timetable(lesson: LessonText) -> Timetable:
    voice = Voice.of_this_process()
    return timetable(lesson, lambda sentence: -(-len(voice.say(sentence)) * 1000 // voice.rate_hz))


def _artist(job: LessonJob, fonts: Path = FONTS) -> SlideArtist:
    return SlideArtist(job.lesson, Typeface(fonts), job.course_title, job.place, job.notice)


@pytest.fixture(scope="module")
def tiny_job() -> LessonJob:
    return replace(course_jobs()[0], lesson=_TINY)


@pytest.fixture(scope="module")
def tiny(tiny_job: LessonJob, tmp_path_factory: pytest.TempPathFactory) -> BuiltLesson:
    return build_lesson(tiny_job, tmp_path_factory.mktemp("media"), FONTS)


@pytest.mark.parametrize("job", _JOBS)
def test_every_character_can_be_drawn_and_every_line_fits(job: LessonJob) -> None:
    _artist(job).check()


@pytest.mark.parametrize("job", _JOBS)
def test_a_lesson_lasts_two_to_four_minutes_and_every_sentence_can_be_spoken(job: LessonJob) -> None:
    assert 120_000 <= _spoken_timetable(job.lesson).length_ms <= 240_000


@pytest.mark.parametrize("job", _JOBS)
def test_a_lesson_has_six_to_nine_slides_of_three_to_five_lines(job: LessonJob) -> None:
    assert 6 <= len(job.lesson.slides) <= 9
    assert all(3 <= len(slide.points) <= 5 for slide in job.lesson.slides)


def test_slides_say_that_this_is_a_demonstration_with_a_synthetic_voice() -> None:
    assert COURSE.notice == "演示课程，语音为合成"
    assert all(job.notice == COURSE.notice for job in course_jobs())


def test_captions_follow_one_another_and_end_before_the_film_ends() -> None:
    times = timetable(COURSE.lessons[0], lambda sentence: 200 * len(sentence))
    bounds = [bound for cue in times.cues for bound in (cue.start_ms, cue.end_ms)]
    assert bounds == sorted(bounds)
    assert bounds[0] > 0
    assert bounds[-1] < times.length_ms


def test_a_line_appears_with_its_first_sentence() -> None:
    times = timetable(_TINY, lambda _: 1000)
    starts = [cue.start_ms for cue in times.cues]
    assert [shot.picture for shot in times.shots] == [Picture(0, shown) for shown in range(3)]
    assert times.shots[0].first_frame == 0
    assert [shot.first_frame for shot in times.shots[1:]] == [start * 15 // 1000 for start in starts[1:]]


def test_captions_are_written_as_webvtt() -> None:
    text = webvtt([Cue("先断电。", 800, 1900), Cue("会吗？", 3_723_004, 3_724_000)])
    assert text == ("WEBVTT\n\n1\n00:00:00.800 --> 00:00:01.900\n先断电\n\n2\n01:02:03.004 --> 01:02:04.000\n会吗？\n")


def test_a_lesson_s_folder_holds_what_an_editor_brings(tiny: BuiltLesson) -> None:
    names = {path.name for path in tiny.film.parent.iterdir()}
    assert names == {"安全用电.mp4", "captions.vtt", "content.sha256"}


@pytest.fixture(scope="module")
def packaged(tiny: BuiltLesson, tmp_path_factory: pytest.TempPathFactory) -> tuple[PackagedFilm, Path]:
    folder = tmp_path_factory.mktemp("package")
    return write_package(tiny.film, folder, key_name=KEY_NAME, key=film_key(MASTER_KEY, KEY_NAME)), folder


def test_the_film_lasts_longer_than_its_captions(tiny: BuiltLesson, packaged: tuple[PackagedFilm, Path]) -> None:
    last = [int(part) for part in _CUE.findall(tiny.captions.read_text())[-1][4:]]
    assert ((last[0] * 60 + last[1]) * 60 + last[2]) * 1000 + last[3] < packaged[0].length_ms


def test_the_film_of_the_slides_is_taken_over_by_packaging_and_shows_paper_and_ink(
    packaged: tuple[PackagedFilm, Path], tmp_path: Path
) -> None:
    with av.open(str(opened_rendition(packaged[1] / "480p", tmp_path / "clear", KEY_NAME))) as container:
        picture = next(container.decode(video=0)).to_image()
    paper, seal = picture.getpixel((10, 10)), picture.getpixel((65, 65))
    assert paper == pytest.approx((251, 250, 246), abs=4)
    assert seal == pytest.approx((181, 54, 43), abs=12)


def test_speech_has_an_even_loudness() -> None:
    voice = Voice.of_this_process()
    times = _spoken_timetable(_TINY)
    sound = laid_out(times, {cue.sentence: voice.say(cue.sentence) for cue in times.cues}, voice.rate_hz)
    assert loudness_lufs(sound, voice.rate_hz) == pytest.approx(TARGET_LUFS, abs=1)
    assert abs(sound).max() < 1


def test_a_lesson_that_stands_is_kept_and_one_with_another_text_is_made_anew(
    tiny_job: LessonJob, tiny: BuiltLesson
) -> None:
    again = build_lesson(tiny_job, tiny.film.parent.parent, FONTS)
    assert again == replace(tiny, is_new=False)
    assert replace(tiny_job, place="第 2 节").content_sha256 != tiny.content_sha256


def test_missing_fonts_are_named(tiny_job: LessonJob, tmp_path: Path) -> None:
    with pytest.raises(FontMissing, match="npm ci"):
        _artist(tiny_job, tmp_path).check()


def test_a_character_that_the_font_lacks_is_refused() -> None:
    with pytest.raises(Undrawable, match="Ω"):
        Typeface(FONTS).must_hold("1000 Ω")


def test_a_character_that_the_voice_does_not_know_is_refused() -> None:
    with pytest.raises(Unpronounceable):
        Voice.of_this_process().say("一只熊。")
