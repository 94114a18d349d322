"""Records of appeals, and of the steps that followed. docs/rules/effective-time.md."""

from dataclasses import replace
from datetime import date

from jiangxue.archive.rules.disputed import Appeal, Step
from jiangxue.archive.rules.reading.gathering import Facts, Gathered, Reader
from jiangxue.learning.rules.appeals import StepKind


def _opened(gathered: Gathered, _at_ms: int, facts: Facts) -> None:
    gathered.appeals[facts["appeal"]] = Appeal(
        appeal=facts["appeal"],
        session=facts["session"],
        day=date.fromisoformat(facts["day"]),
        start_ms=facts["start_ms"],
        end_ms=facts["end_ms"],
        reason=facts["reason"],
        text=facts["text"],
        picture=facts["picture"],
        opened_at_ms=facts["opened_at_ms"],
        due_on=date.fromisoformat(facts["due_on"]),
        steps=(),
        corrected_ms=0,
    )


def _reader_of(kind: StepKind) -> Reader:
    def read(gathered: Gathered, at_ms: int, facts: Facts) -> None:
        appeal = gathered.appeals[facts["appeal"]]
        step = Step(
            facts["ordinal"],
            kind,
            at_ms,
            facts["by"],
            facts["role"],
            facts["result"],
            facts["ms"],
            facts["text"],
        )
        steps = sorted((*appeal.steps, step), key=lambda each: each.ordinal)
        gathered.appeals[appeal.appeal] = replace(appeal, steps=tuple(steps))

    return read


READERS: dict[str, Reader] = {
    "appeal.opened": _opened,
    **{f"appeal.{kind}": _reader_of(kind) for kind in StepKind},
}
