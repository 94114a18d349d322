"""Cases in an archive, in words, for its page and its paper. Clauses M6, T8.1."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from jiangxue.archive.rules.disputed import Case, CaseWord
from jiangxue.archive.rules.dossier import Dossier
from jiangxue.kernel.clock import from_ms, learning_day
from jiangxue.portals.archives.lines import People
from jiangxue.portals.archives.people_said import said_line
from jiangxue.portals.case_words import REASONS, STEPS, days_said, number_said, result_said
from jiangxue.typesetting.shapes import Block, Facts, Heading
from jiangxue.typesetting.words import plain
from jiangxue.ui.moments import moment
from jiangxue.ui.roles import recorded_role


def case_lines(dossier: Dossier, people: People) -> list[dict[str, Any]]:
    """Return the cases with every step."""
    return [_case(each, people) for each in dossier.cases]


def _case(case: Case, people: People) -> dict[str, Any]:
    values, opened_at = case.values, from_ms(case.at_ms)
    opening = {
        "role_label": recorded_role(values["role"]),
        "name": people.get(values["by"], ""),
        "at": opened_at,
        "act": STEPS["opened"],
        "text": f"{values['grounds']}\n{values['question']}",
        "result": "",
    }
    return {
        "number": number_said(values["number"], learning_day(opened_at)),
        "reason_label": REASONS.get(values["reason"], values["reason"]),
        "days": days_said(_day(values["first_day"]), _day(values["last_day"])),
        "frozen_until": values["frozen_until"],
        "steps": [opening, *(_step(step, people) for step in case.steps)],
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _step(step: CaseWord, people: People) -> dict[str, Any]:
    pictures = _("Pictures came with it (SHA-256): {digests}").format(
        digests=_(", ").join(f"{digest[:16]}…" for digest in step.pictures)
    )
    return {
        "role_label": recorded_role(step.role) if step.role else "",
        "name": people.get(step.by, "") if step.by is not None else "",
        "at": from_ms(step.at_ms),
        "act": STEPS[step.kind],
        "text": "\n".join(each for each in (step.text, pictures if step.pictures else "") if each),
        "result": result_said(step.result, step.days),
    }


def cases_part(dossier: Dossier, people: People) -> Iterator[Block]:
    """Yield the cases with their steps, for paper."""
    found = case_lines(dossier, people)
    if not found:
        return
    yield Heading(_("Hours that were looked into"))
    for each in found:
        about = _("no. {number} · {reason} · {days}").format(
            number=each["number"], reason=each["reason_label"], days=each["days"]
        )
        steps = tuple((moment(step["at"]), plain(_line(step))) for step in each["steps"])
        yield Facts(((_("Case"), about), *steps))


def _line(step: dict[str, Any]) -> str:
    return said_line({**step, "act": " · ".join(str(each) for each in (step["act"], step["result"]) if each)})
