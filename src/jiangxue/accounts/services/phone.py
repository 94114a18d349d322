"""Keeping a mobile number that somebody enters themselves. Clauses M1, M2."""

from datetime import datetime

from django.db import IntegrityError, transaction

from jiangxue.accounts.errors import NoIdentity, NotAPhone, PhoneTaken
from jiangxue.accounts.models import Identity
from jiangxue.accounts.rules import identifiers
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.djangokit.sealed import blind_index, seal_for


@transaction.atomic
def change_phone(*, account_id: int, phone: str, by: Actor, now: datetime) -> None:
    """Keep a mobile number, typed in any form, in place of the one there was; raises `NoIdentity`, `NotAPhone` or `PhoneTaken`.

    The caller has asked for the password again and for the consent.
    """
    identity = Identity.objects.select_for_update().filter(account_id=account_id).first()
    if identity is None:
        raise NoIdentity
    number = identifiers.normalised(phone)
    if not identifiers.is_phone(number):
        raise NotAPhone
    seal_for(identity, "phone", number)
    identity.phone_index = blind_index("phone", number)
    try:
        with transaction.atomic():
            identity.save(update_fields=["phone", "phone_index"])
    except IntegrityError:
        raise PhoneTaken from None
    audit.record("phone.changed", by=by, at=now, about=("account", account_id))
