"""What the papers (证照) of an institution say about a class that it wants to open. Clauses C1, T7; docs/rules/openings.md."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from jiangxue.enrolment.rules.opening_findings import Finding, Flaw, Part
from jiangxue.organisations.rules.papers import Held, PaperKind, holds_until


@dataclass(frozen=True, slots=True)
class OnFile:
    """The papers of an institution, which ones it has to have, and whether no class is opened without a licence in force."""

    papers: Collection[Held]
    demanded: Collection[PaperKind]
    stops: bool


def licence_findings(on_file: OnFile, closes_on: date, today: date) -> Iterator[Finding]:
    """Name each demanded paper that is not in force today, or not until the class is over; without the licence (办学许可证) nothing is opened, unless a rule says otherwise.

    A paper that ends earlier is renewed while the class runs: it is shown, and stops nothing. Days stand as their ordinals, 0 where no paper is on file.
    """
    for kind in on_file.demanded:
        until = holds_until(on_file.papers, kind, today)
        if until is None or until >= closes_on:
            continue
        if until >= today:
            yield Finding(
                Flaw.PAPER_ENDS_EARLY,
                Part.CLASS,
                wanted=closes_on.toordinal(),
                actual=until.toordinal(),
                named=kind.value,
            )
        else:
            yield _missing(on_file, kind, today)


def _missing(on_file: OnFile, kind: PaperKind, today: date) -> Finding:
    is_licence = kind is PaperKind.TRAINING_LICENCE
    return Finding(
        Flaw.NO_LICENCE if is_licence else Flaw.NO_PAPER,
        Part.CLASS,
        actual=_ran_out(on_file.papers, kind, today),
        named=kind.value,
        is_advice=is_licence and not on_file.stops,
    )


def _ran_out(papers: Collection[Held], kind: PaperKind, today: date) -> int:
    """Return the last day of the newest paper of a kind that has run out, as its ordinal; 0 where there is none."""
    ends = [each.valid_until for each in papers if each.kind is kind and each.valid_until and each.valid_until < today]
    return max((end.toordinal() for end in ends), default=0)
