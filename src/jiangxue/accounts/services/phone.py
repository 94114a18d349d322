"""Keeping a mobile number that somebody enters themselves. Clauses M1, M2."""

from datetime import datetime

from django.db import IntegrityError, transaction

from jiangxue.accounts.errors import NoIdentity, PhoneTaken
from jiangxue.accounts.models import Identity
from jiangxue.accounts.services.codes import ProvedPhone, spend_code
from jiangxue.accounts.services.numbers import take_turns
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.djangokit.sealed import blind_index, seal_for


@transaction.atomic
def change_phone(*, account_id: int, proved: ProvedPhone, by: Actor, now: datetime) -> None:
    """Keep a proved mobile number in place of the one there was; raises `NoIdentity`, `CodeOver` or `PhoneTaken`.

    The caller has asked for the password again and for the consent.
    """
    take_turns([blind_index("phone", proved.phone)])
    identity = Identity.objects.select_for_update().filter(account_id=account_id).first()
    if identity is None:
        raise NoIdentity
    spend_code(proved, now=now)
    seal_for(identity, "phone", proved.phone)
    identity.phone_index = blind_index("phone", proved.phone)
    try:
        with transaction.atomic():
            identity.save(update_fields=["phone", "phone_index"])
    except IntegrityError:
        raise PhoneTaken from None
    audit.record("phone.changed", by=by, at=now, about=("account", account_id))
