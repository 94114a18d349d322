"""Chinese or English, and how times and lengths of time are written in both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from jiangxue_verify.sentences import Both

_BEIJING = timezone(timedelta(hours=8))
_EPOCH = datetime(1970, 1, 1, tzinfo=_BEIJING) + timedelta(hours=8)


@dataclass(frozen=True)
class Language:
    """Which of two texts is meant: 0 Chinese, 1 English."""

    place: int

    def __call__(self, chinese: str, english: str) -> str:
        """Return the text in this language."""
        return (chinese, english)[self.place]

    def of(self, both: Both) -> str:
        """Return the text in this language."""
        return both[self.place]


CHINESE, ENGLISH = Language(0), Language(1)


def moment(time_ms: int) -> str:
    """Return a time in Beijing to the second; a number that no calendar holds as it is."""
    try:
        return (_EPOCH + timedelta(milliseconds=time_ms)).strftime("%Y-%m-%d %H:%M:%S")
    except OverflowError:
        return f"{time_ms} ms"


def duration(ms: int, language: Language) -> str:
    """Return a length of time, rounded down: hours and minutes, or minutes and seconds below an hour."""
    hours, minutes, seconds = ms // 3_600_000, ms // 60_000 % 60, ms // 1000 % 60
    if hours:
        return language(f"{hours} 小时 {minutes} 分", f"{hours} h {minutes} min")
    if seconds:
        return language(f"{minutes} 分 {seconds:02d} 秒", f"{minutes} min {seconds:02d} s")
    return language(f"{minutes} 分", f"{minutes} min")
