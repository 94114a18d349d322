"""The quality report (质量检测报告) of a file: what was measured, the limit, and the verdict. Clause T1.4 (视频质量)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from jiangxue.courseware.rules.files import LessonKind


class Verdict(StrEnum):
    """What a measurement comes to."""

    PASS = "pass"  # noqa: S105
    WARN = "warn"
    FAIL = "fail"
    INFORMATION = "information"


class Check(StrEnum):
    """What is measured."""

    RESOLUTION = "resolution"
    FRAME_RATE = "frame_rate"
    VIDEO_CODEC = "video_codec"
    AUDIO_CODEC = "audio_codec"
    SAMPLE_RATE = "sample_rate"
    BIT_RATE = "bit_rate"
    DURATION = "duration"
    DECODING = "decoding"
    LOUDNESS = "loudness"
    TRUE_PEAK = "true_peak"
    SILENCE = "silence"
    BLACK = "black"
    FREEZE = "freeze"
    PAGES = "pages"
    FONTS = "fonts"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that a finding speaks of: milliseconds from the beginning of a film, or a page counted from 1."""

    at: int
    until: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One measurement; `value` and `limit` are written as people read them, without words to translate ("1280×720", "-18.2 LUFS")."""

    check: Check
    value: str
    limit: str
    verdict: Verdict
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class QualityReport:
    """All findings about one file. `length` is its milliseconds or pages; `levels` is its loudness second by second, in LUFS."""

    kind: LessonKind
    length: int
    findings: tuple[Finding, ...]
    levels: tuple[float, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Return the worst of all verdicts."""
        worst = (Verdict.FAIL, Verdict.WARN)
        return next((each for each in worst if any(f.verdict is each for f in self.findings)), Verdict.PASS)

    def to_values(self) -> dict[str, Any]:
        """Return the report as a JSON object."""
        return asdict(self)

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> "QualityReport":
        """Return the report that a JSON object holds."""
        findings = [
            Finding(
                Check(each["check"]),
                each["value"],
                each["limit"],
                Verdict(each["verdict"]),
                tuple(Mark(**mark) for mark in each["marks"]),
            )
            for each in values["findings"]
        ]
        return cls(LessonKind(values["kind"]), values["length"], tuple(findings), tuple(values["levels"]))
