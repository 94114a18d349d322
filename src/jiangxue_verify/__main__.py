"""`python3 verify.pyz ARCHIVE.zip --trust TRUST.txt`: status 0 if all holds, 1 if something does not, 2 if it cannot be judged."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

from jiangxue_verify import known, trust
from jiangxue_verify.archive import LATE_DAYS, UNJUDGED, Judgement, Question, judge
from jiangxue_verify.container import read_archive, read_text
from jiangxue_verify.errors import Finding, Unjudged
from jiangxue_verify.facts import facts_of
from jiangxue_verify.words import CHINESE, ENGLISH, Language, answer, first_line, sentence

_MOST_DAYS = 36_500
_ABOUT = "验证匠学导出的学习档案：不联网，不需要匠学平台。 Verify an archive exported by Jiangxue, offline."


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a call in the same way as everything else."""

    def error(self, message: str) -> NoReturn:
        raise Unjudged("call.wrong", message=message)


def main(arguments: Sequence[str]) -> int:
    """Answer on standard output and return the status."""
    said = _as_json if "--json" in arguments else answer
    language = ENGLISH if "--english" in arguments else CHINESE
    try:
        options = _parser().parse_args(arguments)
        judgement = judge(read_archive(options.archive), _question(options))
        text = said(judgement, language)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  (a traceback tells an official nothing, and it is never 0)
        judgement = Judgement(UNJUDGED, [_finding_of(error)])
        text = said(judgement, language)
    print(text)  # noqa: T201  (this is what the program is for)
    return judgement.status


def _finding_of(error: BaseException) -> Finding:
    """Return what ended the work as a finding; whatever nobody has thought of is no judgement."""
    if isinstance(error, Finding):
        return error
    if isinstance(error, KeyboardInterrupt):
        return Unjudged("call.interrupted")
    return Unjudged("call.unforeseen", name=type(error).__name__)


def _question(options: argparse.Namespace) -> Question:
    believed = trust.parse_trust(read_text(options.trust, trust.MAX_BYTES))
    if options.known is None:
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
    """Return the answer for programs; facts only of an archive that holds."""
    findings = [
        {"code": finding.code, "sentence": sentence(finding, language), **finding.values}
        for finding in judgement.findings
    ]
    good = judgement.good_archive
    facts = None if good is None else asdict(facts_of(good))
    verdict = first_line(judgement, language)
    said = {"status": judgement.status, "verdict": verdict, "findings": findings, "facts": facts}
    return json.dumps(said, ensure_ascii=False, indent=2)


def program() -> NoReturn:
    """Run as a program: a console that cannot show a sign shows another instead."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    try:
        status = main(sys.argv[1:])
        sys.stdout.flush()
    except Exception:  # noqa: BLE001  (nobody reads the answer, or there is no memory left to write it)
        status = UNJUDGED
    sys.exit(status)


if __name__ == "__main__":
    program()
