"""Sending one-time codes to mobile numbers, and hearing them. Clause M1; decision 0028."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from jiangxue.accounts.errors import CodeNotSent, CodeOver, CodeWrong, NotAPhone, RegistrationClosed
from jiangxue.accounts.models import OneTimeCode
from jiangxue.accounts.queries.providers import code_sender
from jiangxue.accounts.rules import identifiers
from jiangxue.accounts.rules.limits import KEPT, Limits
from jiangxue.accounts.rules.one_time_codes import (
    FROM_AN_ADDRESS,
    TO_A_NUMBER,
    TRIES,
    VALID,
    CodePurpose,
    code_from,
)
from jiangxue.accounts.services.limiting import claim_attempt
from jiangxue.audit import services as audit
from jiangxue.audit.services import DONE, REFUSED, Actor
from jiangxue.djangokit.sealed import blind_index
from jiangxue.kernel.ids import Chance


@dataclass(frozen=True, slots=True)
class SentCode:
    """A code that was sent to a number; `shown` is the code where nobody sends messages in earnest, and empty otherwise."""

    phone: str
    shown: str


@dataclass(frozen=True, slots=True)
class ProvedPhone:
    """A number whose code was right; the code is used up by `spend_code` alone."""

    phone: str
    code_id: int


def phone_of(typed: str) -> str:
    """Return a mobile number typed in any form as it is kept, or raise `NotAPhone`."""
    phone = identifiers.normalised(typed)
    if not identifiers.is_phone(phone):
        raise NotAPhone
    return phone


def send_code(*, purpose: CodePurpose, phone: str, by: Actor, now: datetime, chance: Chance) -> SentCode:
    """Send a code to a number, whether or not anybody is registered with it.

    Raises `NotAPhone`, `TooManyAttempts`, `CodeNotSent` or, where nobody sends codes, `RegistrationClosed`.
    """
    sender = code_sender()
    if sender is None:
        raise RegistrationClosed
    number = phone_of(phone)
    limits: dict[str, Limits] = {f"code/number/{number}": TO_A_NUMBER}
    if by.address:
        limits[f"code/address/{by.address}"] = FROM_AN_ADDRESS
    claim_attempt(limits, now=now)
    code = code_from(chance())
    OneTimeCode.objects.create(
        purpose=purpose.value,
        phone_index=blind_index("phone", number),
        code_index=_index_of(purpose, number, code),
        sent_at=now,
    )
    is_sent = sender.send(number, code)
    result = DONE if is_sent else REFUSED
    audit.record("code.sent", by=by, at=now, about=("code", purpose.value), result=result)
    if not is_sent:
        raise CodeNotSent
    return SentCode(number, code if sender.is_demonstration else "")


def prove_phone(*, purpose: CodePurpose, phone: str, code: str, now: datetime) -> ProvedPhone:
    """Hold a typed code against the newest one that was sent to a number, or raise `CodeWrong` or `CodeOver`; a wrong one is counted."""
    number, typed = phone_of(phone), identifiers.normalised(code)
    with transaction.atomic():
        sent = _newest(purpose, number, now)
        if sent is None or sent.tries >= TRIES:
            raise CodeOver
        if bytes(sent.code_index) == _index_of(purpose, number, typed):
            return ProvedPhone(number, sent.pk)
        OneTimeCode.objects.filter(pk=sent.pk).update(tries=F("tries") + 1)
    raise CodeWrong(TRIES - sent.tries - 1)


def spend_code(proved: ProvedPhone, *, now: datetime) -> None:
    """Use a proved code up, in the transaction of what it was for, or raise `CodeOver` where it is already."""
    if not OneTimeCode.objects.filter(pk=proved.code_id, used_at=None).update(used_at=now):
        raise CodeOver


def is_waited_for(*, purpose: CodePurpose, phone: str, now: datetime) -> bool:
    """Say whether a code that was sent to a number still holds; the pages of who has it before them go on with that one."""
    number = phone_of(phone)
    with transaction.atomic():
        sent = _newest(purpose, number, now)
    return sent is not None and sent.tries < TRIES


def forget_codes(*, now: datetime) -> int:
    """Remove codes that have long been over, and return how many."""
    return OneTimeCode.objects.filter(sent_at__lte=now - KEPT).delete()[0]


def _newest(purpose: CodePurpose, number: str, now: datetime) -> OneTimeCode | None:
    """Return the last code of a number for a purpose, locked, if it still holds; an earlier one holds no more."""
    sent = OneTimeCode.objects.select_for_update().filter(
        phone_index=blind_index("phone", number), purpose=purpose.value
    )
    last = sent.order_by("-pk").first()
    return last if last and last.used_at is None and now < last.sent_at + VALID else None


def _index_of(purpose: CodePurpose, number: str, code: str) -> bytes:
    return blind_index("one_time_code", f"{purpose.value}/{number}/{code}")
