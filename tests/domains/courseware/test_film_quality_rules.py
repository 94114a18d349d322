"""The limits of the quality report: whatever was measured gets a verdict, and a better film never gets a worse one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.courseware.rules.film_quality import (
    FilmMeasured,
    PicturesMeasured,
    SoundMeasured,
    report_on,
    share_of,
)
from jiangxue.courseware.rules.loudness import Loudness
from jiangxue.courseware.rules.quality import Check, Finding, Mark, QualityReport, Verdict

LENGTH_MS = 60_000
PICTURES = PicturesMeasured(1280, 720, "h264 Main", 900_000, 25.0)
SOUND = SoundMeasured("aac", 96_000, 48_000, Loudness(-18.0, -2.0))
FILM = FilmMeasured(LENGTH_MS, LENGTH_MS, PICTURES, SOUND)
BADNESS = [Verdict.INFORMATION, Verdict.PASS, Verdict.WARN, Verdict.FAIL]


def _marks(bounds: list[int]) -> tuple[Mark, ...]:
    ordered = sorted(set(bounds))
    return tuple(Mark(at, until) for at, until in zip(ordered[::2], ordered[1::2], strict=False))


MARKS = st.lists(st.integers(0, LENGTH_MS), max_size=12).map(_marks)
PICTURES_MEASURED = st.builds(
    PicturesMeasured,
    st.integers(1, 8000),
    st.integers(1, 8000),
    st.text(max_size=5),
    st.integers(0, 10**9),
    st.floats(0, 240),
    MARKS,
    MARKS,
)
SOUND_MEASURED = st.builds(
    SoundMeasured,
    st.text(max_size=5),
    st.integers(0, 10**7),
    st.integers(1, 400_000),
    st.builds(Loudness, st.floats(-70, 10), st.floats(-120, 20)),
    MARKS,
    st.lists(st.floats(-70, 10), max_size=5).map(tuple),
)
FILMS = st.builds(
    FilmMeasured,
    st.integers(1, LENGTH_MS),
    st.none() | st.integers(0, LENGTH_MS),
    st.none() | PICTURES_MEASURED,
    st.none() | SOUND_MEASURED,
    MARKS,
)


def _found(film: FilmMeasured, check: Check) -> Finding:
    return next(finding for finding in report_on(film).findings if finding.check is check)


@given(FILMS)
def test_every_film_has_a_report_that_can_be_kept(film: FilmMeasured) -> None:
    report = report_on(film)
    assert QualityReport.from_values(report.to_values()) == report


@given(FILMS)
def test_nothing_is_reported_twice(film: FilmMeasured) -> None:
    checks = [finding.check for finding in report_on(film).findings]
    assert len(checks) == len(set(checks))


@given(FILMS)
def test_what_cannot_be_decoded_never_passes(film: FilmMeasured) -> None:
    assert (_found(film, Check.DECODING).verdict is Verdict.FAIL) == bool(film.faults)


@given(st.integers(1, 4000), st.integers(1, 4000), st.integers(0, 500), st.integers(0, 500))
def test_a_larger_picture_is_never_worse(width: int, height: int, wider: int, higher: int) -> None:
    small = replace(FILM, pictures=replace(PICTURES, width=width, height=height))
    large = replace(FILM, pictures=replace(PICTURES, width=width + wider, height=height + higher))
    verdicts = [BADNESS.index(_found(film, Check.RESOLUTION).verdict) for film in (small, large)]
    assert verdicts[1] <= verdicts[0]


def test_a_film_of_a_phone_held_upright_is_asked_for_upright_sides() -> None:
    upright = replace(FILM, pictures=replace(PICTURES, width=720, height=1280))
    assert _found(upright, Check.RESOLUTION) == Finding(Check.RESOLUTION, "720×1280", "≥ 720×1280", Verdict.PASS)


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_faster_film_is_never_worse(slow: float, faster: float) -> None:
    films = [replace(FILM, pictures=replace(PICTURES, frames_per_s=rate)) for rate in (slow, slow + faster)]
    verdicts = [BADNESS.index(_found(film, Check.FRAME_RATE).verdict) for film in films]
    assert verdicts[1] <= verdicts[0]


@given(MARKS)
def test_a_share_is_a_part_of_the_whole(marks: tuple[Mark, ...]) -> None:
    assert 0 <= share_of(marks, LENGTH_MS) <= 1


LOUDNESS = [
    (-36.1, Verdict.FAIL),
    (-36.0, Verdict.WARN),
    (-26.1, Verdict.WARN),
    (-26.0, Verdict.PASS),
    (-14.0, Verdict.PASS),
    (-13.9, Verdict.WARN),
    (-8.0, Verdict.WARN),
    (-7.9, Verdict.FAIL),
]


@pytest.mark.parametrize(("lufs", "verdict"), LOUDNESS)
def test_loudness_has_a_good_range_and_a_usable_one(lufs: float, verdict: Verdict) -> None:
    film = replace(FILM, sound=replace(SOUND, loudness=Loudness(lufs, -2)))
    assert _found(film, Check.LOUDNESS).verdict is verdict


@pytest.mark.parametrize(("rate", "verdict"), [(23.976, Verdict.PASS), (23.8, Verdict.WARN), (15, Verdict.WARN)])
def test_a_camera_makes_24_pictures_a_second(rate: float, verdict: Verdict) -> None:
    film = replace(FILM, pictures=replace(PICTURES, frames_per_s=rate))
    assert _found(film, Check.FRAME_RATE).verdict is verdict


@pytest.mark.parametrize(("rate", "verdict"), [(15, Verdict.PASS), (14.8, Verdict.WARN)])
def test_slides_make_15(rate: float, verdict: Verdict) -> None:
    still = replace(PICTURES, frames_per_s=rate, frozen=(Mark(0, LENGTH_MS // 2),))
    assert _found(replace(FILM, pictures=still), Check.FRAME_RATE).verdict is verdict


@pytest.mark.parametrize(
    ("until", "verdict"), [(3000, Verdict.PASS), (3001, Verdict.WARN), (30_000, Verdict.WARN), (30_001, Verdict.FAIL)]
)
def test_black_beyond_three_seconds_is_warned_of_and_beyond_half_of_the_film_fails(
    until: int, verdict: Verdict
) -> None:
    film = replace(FILM, pictures=replace(PICTURES, black=(Mark(0, until),)))
    assert _found(film, Check.BLACK).verdict is verdict


@pytest.mark.parametrize(("until", "verdict"), [(10_000, Verdict.PASS), (10_001, Verdict.WARN), (31_000, Verdict.FAIL)])
def test_silence_beyond_ten_seconds_is_warned_of_and_beyond_half_of_the_film_fails(
    until: int, verdict: Verdict
) -> None:
    film = replace(FILM, sound=replace(SOUND, silent=(Mark(0, until),)))
    assert _found(film, Check.SILENCE).verdict is verdict


def test_only_places_that_are_too_long_are_marked() -> None:
    long = Mark(10_000, 14_000)
    film = replace(FILM, pictures=replace(PICTURES, black=(Mark(0, 1000), long)))
    assert _found(film, Check.BLACK).marks == (long,)


@pytest.mark.parametrize(("declared_ms", "verdict"), [(59_000, Verdict.PASS), (58_999, Verdict.WARN)])
def test_a_film_is_as_long_as_it_declares_give_or_take_a_second(declared_ms: int, verdict: Verdict) -> None:
    assert _found(replace(FILM, declared_ms=declared_ms), Check.DURATION).verdict is verdict


def test_a_film_without_sound_is_warned_of() -> None:
    assert report_on(replace(FILM, sound=None)).verdict is Verdict.WARN


def test_standing_still_is_information_only() -> None:
    still = replace(PICTURES, frozen=(Mark(0, LENGTH_MS),))
    freeze = _found(replace(FILM, pictures=still), Check.FREEZE)
    assert (freeze.value, freeze.verdict) == ("100%", Verdict.INFORMATION)
