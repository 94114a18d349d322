"""Lessons are equally loud, whatever they were recorded with; silence stays silent."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.courseware.packaging import write_package
from jiangxue.courseware.rules.loudness import (
    LIMITED_TRUE_PEAK_DB,
    LOWEST_CEILING_DB,
    MOST_GAIN_DB,
    TARGET_LUFS,
    TOLERANCE_LU,
    Loudness,
    is_even,
    is_heard_differently,
    mended_treatment,
    treatment_for,
)
from tests.domains.courseware.films import Film
from tests.domains.courseware.sounds import Sound, first_heard_s, loudness_of_file
from tests.domains.courseware.unlocking import KEY, KEY_NAME, opened_rendition

HEAD_S = 2
LOUDNESSES = st.builds(Loudness, st.floats(-70, 10), st.floats(-120, 10))


def _packaged(source: Path, rendition: str = "audio") -> Path:
    folder = source.parent / "lesson"
    folder.mkdir()
    write_package(source, folder, key_name=KEY_NAME, key=KEY)
    return opened_rendition(folder / rendition, source.parent / "clear")


@pytest.mark.parametrize(
    "sound",
    [
        pytest.param(Sound(amplitude=0.04), id="soft"),
        pytest.param(Sound(amplitude=1.0), id="loud"),
        pytest.param(Sound(amplitude=4.0), id="overdriven"),
        pytest.param(Sound(amplitude=0.06, clicks=True), id="soft with clicks"),
    ],
)
def test_what_is_too_soft_or_too_loud_becomes_even(tmp_path: Path, sound: Sound) -> None:
    result = loudness_of_file(_packaged(sound.write(tmp_path / "a.m4a")))
    assert result.integrated_lufs == pytest.approx(TARGET_LUFS, abs=TOLERANCE_LU)
    assert result.true_peak_db <= LIMITED_TRUE_PEAK_DB


def test_a_sound_that_is_even_is_taken_over_as_it_is(tmp_path: Path) -> None:
    source = Sound().write(tmp_path / "a.m4a")
    before, after = loudness_of_file(source), loudness_of_file(_packaged(source))
    assert is_even(before)
    assert after.true_peak_db == before.true_peak_db
    assert after.integrated_lufs == pytest.approx(before.integrated_lufs, abs=0.05)


def test_pictures_are_taken_over_although_the_sound_is_made_louder(tmp_path: Path) -> None:
    source = Film(frames=60, sound_amplitude=0.02).write(tmp_path / "film.mp4")
    folder = tmp_path / "lesson"
    folder.mkdir()
    film = write_package(source, folder, key_name=KEY_NAME, key=KEY, most_renditions=1)
    assert film.more
    result = loudness_of_file(opened_rendition(folder / "720p", tmp_path / "clear"))
    assert result.integrated_lufs == pytest.approx(TARGET_LUFS, abs=TOLERANCE_LU)


def test_what_is_hardly_there_is_not_blown_up(tmp_path: Path) -> None:
    source = Sound(amplitude=0.004).write(tmp_path / "a.flac")
    before = loudness_of_file(source).integrated_lufs
    assert loudness_of_file(_packaged(source)).integrated_lufs <= before + MOST_GAIN_DB + TOLERANCE_LU


def test_silence_stays_silent(tmp_path: Path) -> None:
    result = loudness_of_file(_packaged(Sound(amplitude=0).write(tmp_path / "a.wav")))
    assert result.integrated_lufs == -70


def test_sound_stays_in_its_place(tmp_path: Path) -> None:
    source = Sound(amplitude=0.05, silent_s=3.0).write(tmp_path / "a.wav")
    assert first_heard_s(_packaged(source)) - HEAD_S == pytest.approx(3.0, abs=0.03)


@given(LOUDNESSES)
def test_no_sound_is_made_louder_than_allowed(loudness: Loudness) -> None:
    treatment = treatment_for(loudness)
    assert treatment.gain_db <= MOST_GAIN_DB
    assert treatment.aim_lufs is None or treatment.aim_lufs <= TARGET_LUFS + 1e-9


@given(LOUDNESSES)
def test_what_comes_out_as_it_was_aimed_is_left_alone(loudness: Loudness) -> None:
    treatment = treatment_for(loudness)
    aimed = Loudness(loudness.integrated_lufs if treatment.aim_lufs is None else treatment.aim_lufs, -10)
    assert not is_heard_differently(treatment, aimed)


@given(LOUDNESSES, LOUDNESSES)
def test_mending_never_raises_the_ceiling(loudness: Loudness, result: Loudness) -> None:
    treatment = treatment_for(loudness)
    mended = mended_treatment(treatment, result)
    assert LOWEST_CEILING_DB <= mended.ceiling_db <= treatment.ceiling_db
    assert mended.gain_db <= MOST_GAIN_DB + TOLERANCE_LU
