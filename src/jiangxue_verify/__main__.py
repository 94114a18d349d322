"""`python3 verify.pyz ARCHIVE.zip --trust TRUST.txt`: status 0 if all holds, 1 if something does not, 2 if it cannot be judged."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import NoReturn

from jiangxue_verify import known, trust
from jiangxue_verify.archive import LATE_DAYS, UNJUDGED, Judgement, Question, judge
from jiangxue_verify.container import read_archive, read_text
from jiangxue_verify.errors import Finding, Unjudged
from jiangxue_verify.facts import facts_of
from jiangxue_verify.language import CHINESE, ENGLISH, Language
from jiangxue_verify.shown import shown_of
from jiangxue_verify.words import answer, first_line, sentence

_MOST_DAYS = 36_500
_ABOUT = "验证匠学导出的学习档案：不联网，不需要匠学平台。 Verify an archive exported by Jiangxue, offline."


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a call in the same way as everything else."""

    def error(self, message: str) -> NoReturn:
        raise Unjudged("call.wrong", message=message)


Manner = Callable[[Judgement, Language], str]
"""How a judgement is said."""


def main(arguments: Sequence[str]) -> int:
    """Answer on standard output and return the status."""
    try:
        options = _parser().parse_args(arguments)
        judgement = judge(read_archive(options.archive), _question(options))
    except Finding as finding:
        judgement = Judgement(UNJUDGED, [finding])
    print(_said(judgement, arguments), flush=True)  # noqa: T201  (this is what the program is for)
    return judgement.status


def _said(judgement: Judgement, arguments: Sequence[str]) -> str:
    """Return a judgement as a call wants it said, also a call that could not be read."""
    manner: Manner = _as_json if "--json" in arguments else answer
    return manner(judgement, ENGLISH if "--english" in arguments else CHINESE)


def _question(options: argparse.Namespace) -> Question:
    believed = trust.parse_trust(read_text(options.trust, trust.MAX_BYTES))
    if options.known is None:
        if options.consistency is not None:
            raise Unjudged("call.wrong", message="--consistency: --known")
        return Question(believed, options.late_days)
    request = None if options.consistency is None else read_text(options.consistency, known.MAX_BYTES)
    brought = known.parse_known(read_text(options.known, known.MAX_BYTES), request, believed)
    return Question(believed, options.late_days, brought)


def _parser() -> _Parser:
    parser = _Parser(prog="verify", description=_ABOUT, allow_abbrev=False)
    parser.add_argument("archive", type=Path, metavar="ARCHIVE.zip", help="档案 the archive")
    parser.add_argument(
        "--trust", type=Path, required=True, metavar="FILE", help="信任名单，不得来自档案本身 the trust list"
    )
    parser.add_argument("--known", type=Path, metavar="NOTE", help="您以前得到的检查点 a checkpoint from elsewhere")
    parser.add_argument(
        "--consistency", type=Path, metavar="FILE", help="平台给出的一致性证明 the proof between the two"
    )
    parser.add_argument(
        "--late-days",
        type=_days,
        default=LATE_DAYS,
        metavar="N",
        help=f"存证期限，默认 {LATE_DAYS} 天 days within which an entry must have been seen",
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON for programs")
    parser.add_argument("--english", action="store_true", help="in English")
    return parser


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(_MOST_DAYS)) and int(text) <= _MOST_DAYS):
        raise argparse.ArgumentTypeError(text)
    return int(text)


def _as_json(judgement: Judgement, language: Language) -> str:
    """Return the answer for programs; facts, and what the archive says of itself, only of one that holds."""
    findings = [
        {"code": finding.code, "sentence": sentence(finding, language), **finding.values}
        for finding in judgement.findings
    ]
    good = judgement.good_archive
    facts = None if good is None else asdict(facts_of(good))
    shown = None if good is None else asdict(shown_of(good))
    verdict = first_line(judgement, language)
    said = {"status": judgement.status, "verdict": verdict, "findings": findings, "facts": facts, "shown": shown}
    return json.dumps(said, ensure_ascii=False, indent=2)


def program() -> NoReturn:
    """Run as a program: a console that cannot show a sign shows another instead, and nobody is shown a traceback."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    sys.excepthook = _unforeseen
    sys.exit(main(sys.argv[1:]))


def _unforeseen(kind: type[BaseException], _: BaseException, __: TracebackType | None) -> None:
    """End with status 2 and one sentence; Python itself would end with 1, which says that something is wrong with the archive."""
    interrupted = issubclass(kind, KeyboardInterrupt)
    finding = Unjudged("call.interrupted") if interrupted else Unjudged("call.unforeseen", name=kind.__name__)
    try:
        print(_said(Judgement(UNJUDGED, [finding]), sys.argv[1:]), flush=True)  # noqa: T201
    finally:
        os._exit(UNJUDGED)


if __name__ == "__main__":
    program()
