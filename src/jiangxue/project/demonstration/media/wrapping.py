"""Breaking a Chinese line where a reader would. Pure: the width of a text is asked of the caller."""

import re
from collections.abc import Callable

type Width = Callable[[str], float]

_UNIT = re.compile(r"[A-Za-z0-9.～:]+(?: [A-Za-z]+)?|.")
_PAUSES = "：，、；"
_NEVER_FIRST = _PAUSES + "。！？）》”"


def wrapped(text: str, width: Width, most: float) -> list[str]:
    """Return the lines of a text: one if it fits, else two at a pause where they fit, else even ones."""
    if width(text) <= most:
        return [text]
    at_pause = _split_at_pause(text, width, most)
    if at_pause is not None:
        return at_pause
    lines = filled(text, width, most)
    narrower = most
    while len(filled(text, width, narrower * 0.97)) == len(lines):
        narrower *= 0.97
    return filled(text, width, narrower)


def _split_at_pause(text: str, width: Width, most: float) -> list[str] | None:
    splits = [(text[: at + 1], text[at + 1 :].strip()) for at, character in enumerate(text) if character in _PAUSES]
    fitting = [split for split in splits if split[1] and max(map(width, split)) <= most]
    return list(min(fitting, key=lambda split: max(map(width, split)))) if fitting else None


def filled(text: str, width: Width, most: float) -> list[str]:
    """Return the lines of a running text, each as long as fits; no line begins with a pause or a stop."""
    lines = [""]
    for unit in _UNIT.findall(text):
        if lines[-1] and width(lines[-1] + unit) > most and unit not in _NEVER_FIRST:
            lines.append(unit.lstrip())
        else:
            lines[-1] += unit
    return lines
