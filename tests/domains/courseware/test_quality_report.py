"""The quality report finds what is wrong with a film, and where."""

from pathlib import Path

import pytest

from jiangxue.courseware.packaging import PackagingLimits, report_of_film
from jiangxue.courseware.packaging.errors import NotMedia, TooLong
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.quality import Check, Finding, Mark, QualityReport, Verdict
from tests.domains.courseware.bad_films import BadFilm
from tests.domains.courseware.sounds import Sound

pytestmark = pytest.mark.clause("T1.4")

LIMITS = PackagingLimits()
NEAR_MS = 500


def _report(film: BadFilm, place: Path) -> QualityReport:
    return report_of_film(film.write(place / "film.mp4"), LIMITS)


def _finding(report: QualityReport, check: Check) -> Finding:
    return next(finding for finding in report.findings if finding.check is check)


def _only_mark(finding: Finding) -> Mark:
    assert len(finding.marks) == 1
    return finding.marks[0]


def _is_near(mark: Mark, at_s: float, until_s: float) -> bool:
    return abs(mark.at - at_s * 1000) <= NEAR_MS and abs(mark.until - until_s * 1000) <= NEAR_MS


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> QualityReport:
    return _report(BadFilm(length=6, width=1280, height=720), tmp_path_factory.mktemp("good"))


def test_a_good_film_passes(good: QualityReport) -> None:
    assert [finding for finding in good.findings if finding.verdict in (Verdict.WARN, Verdict.FAIL)] == []
    assert good.verdict is Verdict.PASS
    assert (good.kind, good.length) == (LessonKind.VIDEO, 6000)


def test_a_report_says_what_was_measured(good: QualityReport) -> None:
    said = {finding.check: finding.value for finding in good.findings}
    assert said[Check.RESOLUTION] == "1280×720"
    assert said[Check.FRAME_RATE] == "25.0 fps"
    assert said[Check.SAMPLE_RATE] == "44100 Hz"
    assert said[Check.DURATION] == "6.0 s"
    assert said[Check.VIDEO_CODEC].startswith("h264")
    assert said[Check.AUDIO_CODEC].startswith("aac")


def test_the_loudness_of_every_second_is_there(good: QualityReport) -> None:
    assert len(good.levels) == 6
    assert all(-20 < level < -10 for level in good.levels)
    assert all(round(level, 1) == level for level in good.levels)


def test_a_report_can_be_kept_as_json(good: QualityReport) -> None:
    assert QualityReport.from_values(good.to_values()) == good


def test_a_film_that_turns_black_is_marked_there(tmp_path: Path) -> None:
    black = _finding(_report(BadFilm(black=(5, 10)), tmp_path), Check.BLACK)
    assert black.verdict is Verdict.WARN
    assert _is_near(_only_mark(black), 5, 10)


def test_a_film_that_ends_in_black_is_marked_to_its_end(tmp_path: Path) -> None:
    black = _finding(_report(BadFilm(black=(11, 16)), tmp_path), Check.BLACK)
    assert _is_near(_only_mark(black), 11, 16)


def test_a_short_darkness_is_none_of_our_business(tmp_path: Path) -> None:
    assert _finding(_report(BadFilm(length=8, black=(2, 4.5)), tmp_path), Check.BLACK).verdict is Verdict.PASS


def test_a_film_that_falls_silent_is_marked_there(tmp_path: Path) -> None:
    report = _report(BadFilm(length=25, silent=(3, 15)), tmp_path)
    silence = _finding(report, Check.SILENCE)
    assert silence.verdict is Verdict.WARN
    assert _is_near(_only_mark(silence), 3, 15)
    assert max(report.levels[5:14]) == -70 < min(report.levels[17:24])


def test_a_film_that_is_mostly_silent_is_refused(tmp_path: Path) -> None:
    silence = _finding(_report(BadFilm(silent=(2, 16)), tmp_path), Check.SILENCE)
    assert silence.verdict is Verdict.FAIL


def test_a_film_that_is_far_too_loud_is_refused(tmp_path: Path) -> None:
    report = _report(BadFilm(length=6, amplitude=6.0), tmp_path)
    assert _finding(report, Check.LOUDNESS).verdict is Verdict.FAIL
    assert _finding(report, Check.TRUE_PEAK).verdict is Verdict.WARN


def test_a_film_that_is_rather_soft_is_warned_of(tmp_path: Path) -> None:
    report = _report(BadFilm(length=6, amplitude=0.05), tmp_path)
    assert _finding(report, Check.LOUDNESS).verdict is Verdict.WARN


@pytest.mark.parametrize(
    ("width", "height", "verdict"), [(640, 360, Verdict.FAIL), (854, 480, Verdict.WARN), (720, 1280, Verdict.PASS)]
)
def test_a_small_picture_is_found(tmp_path: Path, width: int, height: int, verdict: Verdict) -> None:
    report = _report(BadFilm(length=2, width=width, height=height), tmp_path)
    assert _finding(report, Check.RESOLUTION).verdict is verdict


def test_slides_may_have_fewer_pictures_a_second_than_a_camera(tmp_path: Path) -> None:
    (tmp_path / "camera").mkdir()
    slides = _report(BadFilm(length=12, frames_per_s=15, still=(1, 11)), tmp_path)
    camera = _report(BadFilm(length=12, frames_per_s=15), tmp_path / "camera")
    assert _finding(slides, Check.FRAME_RATE).verdict is Verdict.PASS
    assert _finding(camera, Check.FRAME_RATE).verdict is Verdict.WARN
    freeze = _finding(slides, Check.FREEZE)
    assert freeze.verdict is Verdict.INFORMATION
    assert _is_near(_only_mark(freeze), 1, 11)


def test_a_film_whose_middle_is_rubbish_fails_there(tmp_path: Path) -> None:
    source = BadFilm(length=12, width=640, height=480).write(tmp_path / "film.mp4")
    content = bytearray(source.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 20_000] = b"\xa5" * 20_000
    source.write_bytes(content)
    decoding = _finding(report_of_film(source, LIMITS), Check.DECODING)
    assert decoding.verdict is Verdict.FAIL
    assert decoding.marks


def test_a_sound_has_a_report_without_pictures(tmp_path: Path) -> None:
    report = report_of_film(Sound(silent_s=0).write(tmp_path / "a.mp3"), LIMITS)
    assert report.kind is LessonKind.AUDIO
    assert report.verdict is Verdict.PASS
    assert Check.RESOLUTION not in {finding.check for finding in report.findings}


def test_what_is_no_film_has_no_report(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"no film" * 100)
    with pytest.raises(NotMedia):
        report_of_film(tmp_path / "film.mp4", LIMITS)


def test_what_is_beyond_the_limits_has_no_report(tmp_path: Path) -> None:
    with pytest.raises(TooLong):
        report_of_film(BadFilm(length=3).write(tmp_path / "film.mp4"), PackagingLimits(longest_ms=1000))
