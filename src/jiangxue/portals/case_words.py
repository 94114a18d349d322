"""Cases (核查单) in words: calm ones, because nothing is decided before it is decided. Clauses M6, C5."""

from collections.abc import Collection, Sequence
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jiangxue.archive.rules.freezes import KeptOut
from jiangxue.supervision.rules.cases import CaseState, Reason, Result, Source, StepKind

REASONS: dict[str, str | Promise] = {
    Reason.IDENTITY: _("Who learned is to be cleared up"),
    Reason.FACE: _("Enrolled face and identity document"),
    Reason.TIME: _("How the time was learned is to be cleared up"),
    Reason.PLACE: _("Where and with what device it was learned"),
    Reason.REPORTED: _("Something was reported"),
    Reason.OTHER: _("Something else"),
}
SOURCES: dict[str, str | Promise] = {
    Source.LEARNER: _("the learner's page"),
    Source.ANOMALY: _("a fact worth a look"),
    Source.FACE_REVIEW: _("a review of a face check"),
    Source.ENROLLED_FACE: _("a comparison of an enrolled face"),
    Source.SAMPLE: _("a sample"),
}
STATES: dict[CaseState, str | Promise] = {
    CaseState.OPEN: _("being looked into"),
    CaseState.PROPOSED: _("waits for the second person"),
    CaseState.DECIDED: _("decided"),
}
STEPS: dict[str, str | Promise] = {
    "opened": _("opens the case"),
    StepKind.EXPLAINED: _("explains"),
    StepKind.ASKED: _("asks on"),
    StepKind.PROPOSED: _("proposes"),
    StepKind.SENT_BACK: _("sends back"),
    StepKind.DECIDED: _("decides"),
    StepKind.LAPSED: _("The time for freezing is over: the hours are recognised again. The case goes on."),
}
RESULTS: dict[str, str | Promise] = {
    Result.STANDS: _("the hours stand"),
    Result.WITHHELD: _("hours of some days are not recognised"),
}

KEPT_OUT: dict[str, str | Promise] = {
    KeptOut.FROZEN: _("hours wait to be recognised"),
    KeptOut.WITHHELD: _("hours not recognised by decision"),
}
"""Why hours of a day are not recognised, in lists of days."""


def number_said(number: int, opened_on: date) -> str:
    """Return what stands on the papers of a case: year and number."""
    return f"{opened_on.year}-{number:05d}"


def days_said(first: date | None, last: date | None) -> str:
    """Say which days are frozen."""
    if first is None or last is None:
        return gettext("all learning of this class")
    if first == last:
        return first.isoformat()
    return gettext("{first} to {last}").format(first=first.isoformat(), last=last.isoformat())


def list_of_days(days: Collection[date]) -> str:
    """Write days in order."""
    return gettext(", ").join(day.isoformat() for day in sorted(days))


def result_said(result: str, days: Sequence[date]) -> str:
    """Say what is proposed or decided, and of which days; empty for steps that do neither."""
    if not result:
        return ""
    if result == Result.WITHHELD:
        return gettext("hours not recognised: {days}").format(days=list_of_days(days))
    return str(RESULTS[result])
