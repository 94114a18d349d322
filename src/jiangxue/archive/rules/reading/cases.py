"""Records of cases (核查单), and of the steps that followed. docs/rules/cases.md."""

from dataclasses import replace
from datetime import date

from jiangxue.archive.rules.disputed import Case, CaseWord
from jiangxue.archive.rules.reading.gathering import Facts, Gathered, Reader

KINDS = ("explained", "asked", "proposed", "sent_back", "decided", "lapsed")
_REQUIRED = ("number", "region", "reason", "source", "first_day", "last_day", "answer_by", "due_on", "frozen_until")


def _opened(gathered: Gathered, at_ms: int, facts: Facts) -> None:
    for required in (*_REQUIRED, "grounds", "question", "by", "role"):
        facts[required]
    gathered.cases[facts["case"]] = Case(facts["case"], at_ms, facts, ())


def _reader_of(kind: str) -> Reader:
    def read(gathered: Gathered, at_ms: int, facts: Facts) -> None:
        case = gathered.cases[facts["case"]]
        word = CaseWord(
            ordinal=facts["ordinal"],
            kind=kind,
            at_ms=at_ms,
            by=facts["by"],
            role=facts["role"],
            text=facts["text"],
            result=facts["result"],
            days=tuple(date.fromisoformat(day) for day in facts["days"]),
            pictures=tuple(facts["pictures"]),
        )
        steps = sorted((*case.steps, word), key=lambda each: each.ordinal)
        gathered.cases[case.case] = replace(case, steps=tuple(steps))

    return read


READERS: dict[str, Reader] = {
    "case.opened": _opened,
    **{f"case.{kind}": _reader_of(kind) for kind in KINDS},
}
