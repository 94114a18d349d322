"""What a measured film or sound must be like: the limits of the quality report (质量检测报告). Clause T1.4 (视频质量)."""

from collections.abc import Sequence
from dataclasses import dataclass

from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.loudness import MOST_TRUE_PEAK_DB, Loudness
from jiangxue.courseware.rules.quality import Check, Finding, Mark, QualityReport, Verdict

GOOD_SIDES = (1280, 720)
"""Width and height below which a film is not sharp on a computer; the longer side counts as the width."""

FEWEST_LINES = 480
"""Lines below which text on a slide cannot be read."""

CAMERA_FRAMES_PER_S = 24.0
SLIDE_FRAMES_PER_S = 15.0
FRAME_RATE_SLACK = 0.1
"""23.976 pictures a second are 24."""

SLIDES_SHARE = 0.5
"""A film of which so much stands still is one of slides."""

LEAST_SAMPLE_RATE_HZ = 44_100
GOOD_LUFS = (-26.0, -14.0)
USABLE_LUFS = (-36.0, -8.0)
LONGEST_SILENCE_MS = 10_000
LONGEST_BLACK_MS = 3_000
EMPTY_SHARE = 0.5
"""A film of which more is silent, or black, is not fit to be learned from."""

MOST_APART_MS = 1000
"""By how much a film may be longer or shorter than it declares."""

MOST_MARKS = 100


@dataclass(frozen=True, slots=True)
class PicturesMeasured:
    """What was measured of the pictures; `black` and `frozen` are all places of at least the detector's length."""

    width: int
    height: int
    codec: str
    bits_per_s: int
    frames_per_s: float
    black: tuple[Mark, ...] = ()
    frozen: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class SoundMeasured:
    """What was measured of the sound; `levels` is how loud each second is, in LUFS."""

    codec: str
    bits_per_s: int
    rate_hz: int
    loudness: Loudness
    silent: tuple[Mark, ...] = ()
    levels: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class FilmMeasured:
    """What was measured of a film; `faults` are the places that could not be decoded."""

    length_ms: int
    declared_ms: int | None
    pictures: PicturesMeasured | None
    sound: SoundMeasured | None
    faults: tuple[Mark, ...] = ()


def report_on(film: FilmMeasured) -> QualityReport:
    """Return all findings about a film: what fails must not be published, what warns should be mended."""
    findings = [_duration(film), _decoding(film)]
    if film.pictures is not None:
        findings += _about_pictures(film.pictures, film.length_ms)
    if film.sound is not None:
        findings += _about_sound(film.sound, film.length_ms)
    else:
        findings.append(Finding(Check.AUDIO_CODEC, "–", "", Verdict.WARN))
    kind = LessonKind.AUDIO if film.pictures is None else LessonKind.VIDEO
    levels = film.sound.levels if film.sound is not None else ()
    return QualityReport(kind, film.length_ms, tuple(findings), levels)


def share_of(marks: Sequence[Mark], length_ms: int) -> float:
    """Return which part of a film the places cover, from 0 to 1; they do not overlap."""
    covered = sum(mark.until - mark.at for mark in marks)
    return min(1.0, covered / length_ms) if length_ms else 0.0


def _about_pictures(pictures: PicturesMeasured, length_ms: int) -> list[Finding]:
    still = share_of(pictures.frozen, length_ms)
    least = SLIDE_FRAMES_PER_S if still >= SLIDES_SHARE else CAMERA_FRAMES_PER_S
    is_smooth = pictures.frames_per_s >= least - FRAME_RATE_SLACK
    return [
        _resolution(pictures),
        Finding(
            Check.FRAME_RATE,
            f"{pictures.frames_per_s:.1f} fps",
            f"≥ {least:g} fps",
            _warns_unless(is_holding=is_smooth),
        ),
        Finding(Check.VIDEO_CODEC, pictures.codec, "", Verdict.INFORMATION),
        Finding(Check.BIT_RATE, f"{pictures.bits_per_s / 1000:.0f} kbit/s", "", Verdict.INFORMATION),
        _empty(Check.BLACK, pictures.black, LONGEST_BLACK_MS, length_ms),
        Finding(Check.FREEZE, f"{still:.0%}", "", Verdict.INFORMATION, pictures.frozen[:MOST_MARKS]),
    ]


def _about_sound(sound: SoundMeasured, length_ms: int) -> list[Finding]:
    rate_is_good = sound.rate_hz >= LEAST_SAMPLE_RATE_HZ
    peak_is_good = sound.loudness.true_peak_db <= MOST_TRUE_PEAK_DB
    return [
        Finding(Check.AUDIO_CODEC, f"{sound.codec}, {sound.bits_per_s / 1000:.0f} kbit/s", "", Verdict.INFORMATION),
        Finding(
            Check.SAMPLE_RATE,
            f"{sound.rate_hz} Hz",
            f"≥ {LEAST_SAMPLE_RATE_HZ} Hz",
            _warns_unless(is_holding=rate_is_good),
        ),
        _loudness(sound.loudness.integrated_lufs),
        Finding(
            Check.TRUE_PEAK,
            f"{sound.loudness.true_peak_db:.1f} dBTP",
            f"≤ {MOST_TRUE_PEAK_DB:g} dBTP",
            _warns_unless(is_holding=peak_is_good),
        ),
        _empty(Check.SILENCE, sound.silent, LONGEST_SILENCE_MS, length_ms),
    ]


def _duration(film: FilmMeasured) -> Finding:
    value = f"{film.length_ms / 1000:.1f} s"
    if film.declared_ms is None:
        return Finding(Check.DURATION, value, "", Verdict.INFORMATION)
    is_near = abs(film.length_ms - film.declared_ms) <= MOST_APART_MS
    limit = f"{film.declared_ms / 1000:.1f} ± {MOST_APART_MS // 1000} s"
    return Finding(Check.DURATION, value, limit, _warns_unless(is_holding=is_near))


def _decoding(film: FilmMeasured) -> Finding:
    verdict = Verdict.FAIL if film.faults else Verdict.PASS
    return Finding(Check.DECODING, str(len(film.faults)), "0", verdict, film.faults[:MOST_MARKS])


def _resolution(pictures: PicturesMeasured) -> Finding:
    longer, shorter = max(pictures.width, pictures.height), min(pictures.width, pictures.height)
    verdict = Verdict.PASS
    if shorter < FEWEST_LINES:
        verdict = Verdict.FAIL
    elif longer < GOOD_SIDES[0] or shorter < GOOD_SIDES[1]:
        verdict = Verdict.WARN
    sides = GOOD_SIDES if pictures.width >= pictures.height else GOOD_SIDES[::-1]
    limit = f"≥ {sides[0]}×{sides[1]}"
    return Finding(Check.RESOLUTION, f"{pictures.width}×{pictures.height}", limit, verdict)


def _loudness(lufs: float) -> Finding:
    verdict = Verdict.PASS
    if not USABLE_LUFS[0] <= lufs <= USABLE_LUFS[1]:
        verdict = Verdict.FAIL
    elif not GOOD_LUFS[0] <= lufs <= GOOD_LUFS[1]:
        verdict = Verdict.WARN
    return Finding(Check.LOUDNESS, f"{lufs:.1f} LUFS", f"{GOOD_LUFS[0]:g}…{GOOD_LUFS[1]:g} LUFS", verdict)


def _empty(check: Check, marks: Sequence[Mark], longest_ms: int, length_ms: int) -> Finding:
    """Return the finding about places where there is nothing to be seen or heard."""
    too_long = tuple(mark for mark in marks if mark.until - mark.at > longest_ms)
    verdict = _warns_unless(is_holding=not too_long)
    if too_long and share_of(too_long, length_ms) > EMPTY_SHARE:
        verdict = Verdict.FAIL
    longest = max((mark.until - mark.at for mark in marks), default=0)
    return Finding(check, f"{longest / 1000:.1f} s", f"≤ {longest_ms // 1000} s", verdict, too_long[:MOST_MARKS])


def _warns_unless(*, is_holding: bool) -> Verdict:
    return Verdict.PASS if is_holding else Verdict.WARN
