"""Captions as WebVTT. Pure."""

from collections.abc import Iterable

from jiangxue.project.demonstration.media.timing import Cue


def webvtt(cues: Iterable[Cue]) -> str:
    """Return the caption file: one cue per spoken sentence, without its closing full stop, as captions are written."""
    blocks = ["WEBVTT\n"]
    for number, cue in enumerate(cues, 1):
        blocks.append(f"{number}\n{_time(cue.start_ms)} --> {_time(cue.end_ms)}\n{cue.sentence.removesuffix('。')}\n")
    return "\n".join(blocks)


def _time(ms: int) -> str:
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"
