"""One-time codes that prove a mobile number (短信验证码): how often they are sent, how long they hold. Clause M1; decision 0028."""

from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from jiangxue.accounts.rules.limits import Limit, Limits

DIGITS = 6
VALID = timedelta(minutes=5)
TRIES = 5
TO_A_NUMBER: Limits = (Limit(1, timedelta(seconds=60)), Limit(10, timedelta(days=1)))
FROM_AN_ADDRESS: Limits = (Limit(100, timedelta(days=1)),)
"""A classroom, and everybody behind one exchange of a mobile network, shares an address."""


class CodePurpose(StrEnum):
    """What a code is for; it is good for nothing else."""

    REGISTER = "register"
    PHONE = "phone"
    RECOVER = "recover"


class CodeSender(Protocol):
    """Who brings codes to mobile numbers; an installation names its own class in JIANGXUE_CODE_SENDER.

    One of a demonstration sends nothing: pages then show the code and say so.
    """

    name: str
    is_demonstration: bool

    def send(self, phone: str, code: str) -> bool:
        """Send a code and say whether the message is on its way."""


def code_from(drawn: float) -> str:
    """Return a code of six digits; `drawn` is chance in [0, 1)."""
    return f"{int(drawn * 10**DIGITS):0{DIGITS}d}"
