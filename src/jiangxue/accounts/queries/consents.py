"""What people agreed to, and the texts they are asked by. Clause M2."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.db.models import Value as Literal
from django.db.models.functions import Coalesce

from jiangxue.accounts.errors import NotAgreed, Restricted
from jiangxue.accounts.models import Account, Consent
from jiangxue.accounts.rules.consents import PURPOSES, KeptConsent, Purpose, Said

TEXTS = Path(__file__).parents[1] / "texts"


@dataclass(frozen=True, slots=True)
class ConsentText:
    """The text that a purpose is asked by: title, one paragraph that says the essence, the rest in Markdown, and the hash of the whole."""

    purpose: Purpose
    version: int
    is_required: bool
    title: str
    essence: str
    rest: str
    sha256: str


@cache
def text_of(purpose: Purpose) -> ConsentText:
    """Return the text that a purpose is asked by now."""
    asked = PURPOSES[purpose]
    whole = (TEXTS / f"{purpose.value}-{asked.version}.md").read_text(encoding="utf-8")
    title, essence, rest = whole.split("\n\n", 2)
    sha256 = hashlib.sha256(whole.encode()).hexdigest()
    return ConsentText(purpose, asked.version, asked.is_required, title.removeprefix("# "), essence, rest, sha256)


def last_said(account_id: int) -> dict[Purpose, Said]:
    """Return the last that somebody said to each purpose that is asked for now; purposes never answered are missing."""
    return {Purpose(row.purpose): _said(row) for row in _last_rows([account_id])}


def _last_rows(account_ids: Collection[int]) -> QuerySet[Consent]:
    newest = Consent.objects.filter(account_id__in=account_ids, purpose__in=[each.value for each in PURPOSES])
    return newest.order_by("account_id", "purpose", "-pk").distinct("account_id", "purpose")


def _said(row: Consent) -> Said:
    return Said(Purpose(row.purpose), row.version, row.is_given, row.at)


def has_agreed(account_id: int, purpose: Purpose) -> bool:
    """Say whether somebody's agreement to a purpose is in force."""
    said = last_said(account_id).get(purpose)
    return said is not None and said.is_in_force


def agreed_in(account: str, purpose: Purpose) -> Coalesce:
    """Return, for a filter, whether the account that a row names as `account` has agreed to a purpose."""
    newest = Consent.objects.filter(account_id=OuterRef(account), purpose=purpose.value).order_by("-pk")
    in_force = Q(is_given=True, version=PURPOSES[purpose].version)
    said = newest.annotate(in_force=ExpressionWrapper(in_force, BooleanField())).values("in_force")[:1]
    return Coalesce(Subquery(said), Literal(value=False), output_field=BooleanField())


def ever_agreed_in(account: str, purpose: Purpose, *, since: int) -> Exists:
    """Return, for a filter, whether the account that a row names as `account` has ever agreed to a text of a purpose of version `since` or later."""
    given = Consent.objects.filter(account_id=OuterRef(account), purpose=purpose.value, is_given=True)
    return Exists(given.filter(version__gte=since))


def agreements_of(account_ids: Collection[int]) -> dict[int, list[KeptConsent]]:
    """Return what people have agreed to, as far as it is in force, by account; who has agreed to nothing is missing."""
    found: dict[int, list[KeptConsent]] = {}
    for row in _last_rows(account_ids):
        if _said(row).is_in_force:
            text = text_of(Purpose(row.purpose))
            kept = KeptConsent(row.account_id, text.purpose, text.version, text.sha256, is_given=True)
            found.setdefault(row.account_id, []).append(kept)
    return found


def agreed_to_older(purpose: Purpose) -> Iterator[int]:
    """Return the active accounts whose last word on a purpose was yes, to an older text than the one asked for now, for the program itself."""
    newest = Consent.objects.filter(purpose=purpose.value, account__is_active=True, account__restricted_at=None)
    said = newest.order_by("account", "-pk").distinct("account").values_list("account_id", "is_given", "version")
    current = PURPOSES[purpose].version
    return (account_id for account_id, is_given, version in said.iterator() if is_given and version != current)


def history(account_id: int) -> QuerySet[Consent]:
    """Return everything that somebody said, newest first."""
    return Consent.objects.filter(account_id=account_id).order_by("-pk")


def require_learning(account_id: int) -> None:
    """Raise a `MayNotLearn` where nothing new may be recorded of somebody."""
    if Account.objects.filter(pk=account_id).exclude(restricted_at=None).exists():
        raise Restricted
    if not has_agreed(account_id, Purpose.PROCESSING):
        raise NotAgreed
