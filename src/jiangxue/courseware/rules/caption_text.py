"""The words of one caption: which tags stay, which are dropped, which refuse the file. Clause T1.4; W3C WebVTT."""

import html
import re
import unicodedata

from jiangxue.kernel.readable import TURNING

KEPT = frozenset({"b", "i", "u", "ruby", "rt", "v"})
"""What browsers show; a voice (v) may name who speaks."""

DROPPED = frozenset({"c", "lang", "font"})
"""What only a style sheet or other players give a meaning: the tag goes, its words stay."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\.[^\s<>.]*)*)(?:[ \t]+([^<>\n]*)|=[^<>\n]*)?>")
_TIME_TAG = re.compile(r"<[\d:.]+>")
_BEGINS_TAG = re.compile(r"<[/!?a-zA-Z\d]")
_KEPT_TAG = re.compile(r"</?(?:b|i|u|ruby|rt|v)(?: [^<>]*)?>")
_BESIDE = re.compile(r"<rt>(.*?)</rt>|<v ([^<>]*)>", re.DOTALL)
_OF_SRT = re.compile(r"\{\\[^{}\n]*\}")


class BadMarkup(Exception):
    """A tag that captions do not have, or none that ends; `line` counts from 0."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def cleaned_text(text: str) -> str:
    """Return the words with their tags balanced and everything else escaped, empty where nothing can be seen; or raise `BadMarkup`."""
    text = _OF_SRT.sub("", text)
    made: list[str] = []
    opened: list[str] = []
    has_words = False
    at = 0
    while at < len(text):
        if text[at] != "<" or not _BEGINS_TAG.match(text, at):
            until = _next_tag(text, at + 1)
            words = _visible(text[at:until])
            has_words = has_words or bool(words.strip())
            made.append(_escaped(words))
            at = until
            continue
        found = _TIME_TAG.match(text, at) or _TAG.match(text, at)
        if found is None or (found.re is _TAG and found[2].lower() not in KEPT | DROPPED):
            raise BadMarkup(text.count("\n", 0, at))
        if found.re is _TAG and found[2].lower() in KEPT:
            made.append(_written(found, opened))
        at = found.end()
    made += [f"</{name}>" for name in reversed(opened)]
    return _without_empty_lines("".join(made)) if has_words else ""


def shown_words(text: str) -> tuple[str, ...]:
    """Return what a browser shows of a cleaned text: its words first, without tags, then what stands beside them (readings, speakers)."""
    beside = [each for found in _BESIDE.findall(text) for each in found if each]
    return tuple(html.unescape(_KEPT_TAG.sub("", words)) for words in (_BESIDE.sub("", text), *beside))


def _next_tag(text: str, at: int) -> int:
    found = _BEGINS_TAG.search(text, at)
    return found.start() if found else len(text)


def _written(tag: re.Match[str], opened: list[str]) -> str:
    """Return a tag that is kept; an end without a beginning, or of another tag, is nothing."""
    name = tag[2].lower()
    if tag[1]:
        if not opened or opened[-1] != name:
            return ""
        opened.pop()
        return f"</{name}>"
    opened.append(name)
    speaker = _escaped(" ".join(_visible(tag[4] or "").split())) if name == "v" else ""
    return f"<{name} {speaker}>" if speaker else f"<{name}>"


def _visible(words: str) -> str:
    """Return the words that references stand for, without control characters and what turns them around; lines stay."""
    lines = words.split("\n")
    plain = ("".join(filter(_is_kept, html.unescape(line))) for line in lines)
    return "\n".join(plain)


def _is_kept(sign: str) -> bool:
    return unicodedata.category(sign) != "Cc" and sign not in TURNING


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _without_empty_lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())
