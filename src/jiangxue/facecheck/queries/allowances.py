"""What is arranged for people's face checks. Clauses T3.2, M6."""

from collections.abc import Collection, Sequence

from jiangxue.facecheck.models import FaceAllowance
from jiangxue.facecheck.rules.allowances import Allowance
from jiangxue.kernel.canonical import Value

type Arranged = FaceAllowance
"""What the domains above call one word on what is arranged for somebody."""


def allowance_of(account_id: int) -> Allowance:
    """Return what holds for somebody now."""
    last = FaceAllowance.objects.filter(account_id=account_id).order_by("-ordinal").first()
    return said_by(last) if last is not None else Allowance()


def said_by(word: Arranged) -> Allowance:
    """Return what a word arranges."""
    return Allowance(word.without_flash, word.more_time)


def arranged_for(account_id: int) -> Sequence[Arranged]:
    """Return every word on what is arranged for somebody, in order, with who said it."""
    return list(FaceAllowance.objects.filter(account_id=account_id).select_related("by").order_by("ordinal"))


def in_force(account_ids: Collection[int]) -> dict[int, Arranged]:
    """Return the word that holds for each of some accounts; those for whom nothing is arranged are missing."""
    rows = FaceAllowance.objects.filter(account_id__in=account_ids).order_by("account_id", "-ordinal")
    return {row.account_id: row for row in rows.distinct("account_id") if said_by(row) != Allowance()}


def arranged_facts(word: Arranged, why: str) -> dict[str, Value]:
    """Return a word as archives tell it (docs/formats/records.md); `why` is kept there and in the audit alone."""
    return {
        "ordinal": word.ordinal,
        "without_flash": word.without_flash,
        "more_time": word.more_time,
        "by": word.by_id,
        "role": word.role,
        "text": why,
    }
