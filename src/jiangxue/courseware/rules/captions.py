"""Captions (字幕) as people send them, WebVTT or SRT, and as they are kept: read, checked, written anew. Clause T1.4; W3C WebVTT.

What was sent is never kept: only times, place and plain words survive, and the few tags that browsers show.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jiangxue.courseware.errors import CaptionFault, UnfitCaptions
from jiangxue.courseware.rules.caption_text import BadMarkup, cleaned_text

MOST_CAPTION_BYTES = 1024 * 1024
"""A film of four hours has about 200 kB of captions."""

LATEST_END_MS = 1000
"""By how much the last caption may end after the film: programs round up."""

_HEADER = "WEBVTT"
_TIME = r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]\d)[.,](\d{3})"
_SPAN = re.compile(rf"{_TIME}[ \t]*-->[ \t]*{_TIME}(?:[ \t]+(.*))?", re.ASCII)
_SETTING = re.compile(
    r"(?:line:-?\d{1,3}(?:\.\d{1,2})?%?|position:\d{1,3}%|size:\d{1,3}%|align:(?:start|center|end|left|right))",
    re.ASCII,
)
_DROPPED = ("NOTE", "STYLE", "REGION")
_OUTSIDE = re.compile(r"url\s*\(|@import|image-set", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that are shown from one time to another, in ms; `text` is as a WebVTT file has it, `place` its settings."""

    start_ms: int
    end_ms: int
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines without an empty one between them; `first` is the number of the first, counted from 1."""

    first: int
    lines: list[str]

    @property
    def at(self) -> int:
        """Return which line must hold the times: a cue may have a name, and one of SRT has a number."""
        return 0 if "-->" in self.lines[0] else 1


def read_captions(content: bytes, length_ms: int) -> tuple[Cue, ...]:
    """Return what a WebVTT or SRT file says about a film of so many ms, or raise `UnfitCaptions` with the line."""
    if len(content) > MOST_CAPTION_BYTES:
        raise UnfitCaptions(CaptionFault.TOO_LARGE)
    blocks = list(_blocks(_decoded(content)))
    if not blocks:
        raise UnfitCaptions(CaptionFault.NO_CUES)
    cues: list[Cue] = []
    for block in _without_header(blocks):
        cue = _cue(block)
        if cue is None:
            continue
        _must_follow(cue, cues[-1].start_ms if cues else 0, length_ms, block.first + block.at)
        cues.append(cue)
    if not cues:
        raise UnfitCaptions(CaptionFault.NO_CUES)
    return tuple(cues)


def written_captions(cues: tuple[Cue, ...]) -> str:
    """Return captions as a WebVTT file."""
    blocks = [f"{_time(cue.start_ms)} --> {_time(cue.end_ms)} {cue.place}".rstrip() + f"\n{cue.text}" for cue in cues]
    return "\n\n".join([_HEADER, *blocks]) + "\n"


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as fault:
        line = fault.object[: fault.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
        raise UnfitCaptions(CaptionFault.NOT_UTF8, line) from None


def _blocks(text: str) -> Iterator[_Block]:
    lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            lines.append(line.strip())
        elif lines:
            yield _Block(number - len(lines), lines)
            lines = []


def _without_header(blocks: list[_Block]) -> list[_Block]:
    """Return what follows on the header of WebVTT, which may go on with facts about the file; SRT has none."""
    first = blocks[0]
    times = [number for number, line in enumerate(first.lines, first.first) if "-->" in line]
    if first.lines[0].split(maxsplit=1)[0] == _HEADER:
        if times:  # the empty line is missing, and the first caption would be lost
            raise UnfitCaptions(CaptionFault.NO_TIME, times[0])
        return blocks[1:]
    if not times or times[0] > first.first + 1:
        raise UnfitCaptions(CaptionFault.NO_CAPTIONS, first.first)
    return blocks


def _cue(block: _Block) -> Cue | None:
    """Return what a block says: nothing where it is a note or has no words."""
    lines = block.lines
    if lines[0].split(maxsplit=1)[0] in _DROPPED and "-->" not in lines[0]:
        _must_stay_inside(block)
        return None
    at = block.at
    span = _SPAN.fullmatch(lines[at]) if at < len(lines) else None
    if span is None:
        raise UnfitCaptions(CaptionFault.NO_TIME, block.first + min(at, len(lines) - 1))
    words = lines[at + 1 :]
    for number, line in enumerate(words, block.first + at + 1):
        if "-->" in line:  # the empty line before the next cue is missing
            raise UnfitCaptions(CaptionFault.NO_TIME, number)
    try:
        text = cleaned_text("\n".join(words))
    except BadMarkup as fault:
        raise UnfitCaptions(CaptionFault.MARKUP, block.first + at + 1 + fault.line) from None
    fields = span.groups()
    cue = Cue(_ms(fields[:4]), _ms(fields[4:8]), text, _place(fields[8] or ""))
    if cue.end_ms <= cue.start_ms:
        raise UnfitCaptions(CaptionFault.EMPTY_SPAN, block.first + at)
    return cue if text else None


def _must_stay_inside(block: _Block) -> None:
    """A style may fetch pictures from elsewhere. None is kept, but who wrote this should know that it does not work."""
    for number, line in enumerate(block.lines, block.first):
        if block.lines[0].startswith(("STYLE", "REGION")) and _OUTSIDE.search(line):
            raise UnfitCaptions(CaptionFault.OUTSIDE_STYLE, number)


def _must_follow(cue: Cue, after_ms: int, length_ms: int, line: int) -> None:
    if cue.start_ms < after_ms:
        raise UnfitCaptions(CaptionFault.OUT_OF_ORDER, line)
    if cue.end_ms > length_ms + LATEST_END_MS:
        raise UnfitCaptions(CaptionFault.BEYOND_END, line)


def _ms(fields: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, ms = (int(field or 0) for field in fields)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms


def _time(ms: int) -> str:
    seconds = ms // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms % 1000:03}"


def _place(settings: str) -> str:
    return " ".join(each for each in settings.split() if _SETTING.fullmatch(each))
