"""People who register themselves, and sources and senders that do not say yes."""

from dataclasses import replace
from datetime import datetime

from jiangxue.accounts.models import Account
from jiangxue.accounts.rules.consents import PURPOSES, Purpose
from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.rules.one_time_codes import CodePurpose
from jiangxue.accounts.rules.verification import Answer, Outcome
from jiangxue.accounts.services.codes import send_code
from jiangxue.accounts.services.registering import Application, register
from jiangxue.audit.services import Actor
from tests.factories import people

PHONE = "13900002222"
NUMBER = "11010519491231002X"
FROM = Actor(address="10.0.0.7")
APPLICATION = Application(
    name="王建国",
    id_type=IdType.RESIDENT,
    id_number=NUMBER,
    phone=PHONE,
    code="",
    password=people.PASSWORD,
    agreed={purpose: PURPOSES[purpose].version for purpose in (Purpose.PROCESSING, Purpose.PHONE)},
)


def code_for(phone: str, now: datetime, purpose: CodePurpose = CodePurpose.REGISTER, by: Actor = FROM) -> str:
    """Send a code and return it, as the demonstration shows it."""
    return send_code(purpose=purpose, phone=phone, by=by, now=now, chance=lambda: 0.123456).shown


def registered(now: datetime, **other: object) -> Account:
    """Register somebody who is as `APPLICATION` says but for some of it."""
    wanted = replace(APPLICATION, **other)  # type: ignore[arg-type]
    return register(replace(wanted, code=code_for(wanted.phone, now)), by=FROM, now=now)[0]


class SilentSource:
    """A source that cannot be reached."""

    name = "无应答核验源"
    is_demonstration = False

    def verify(self, name: str, id_type: IdType, number: str) -> Answer:
        """Say nothing."""
        return Answer(Outcome.UNAVAILABLE)

    def portrait(self, reference: str) -> bytes | None:
        """Return no picture."""
        return None


class Contradicting(SilentSource):
    """A source that knows of nobody that name and number belong together."""

    name = "反对的核验源"

    def verify(self, name: str, id_type: IdType, number: str) -> Answer:
        """Say no."""
        return Answer(Outcome.NOT_MATCHED, "no-1")


class Portraying(SilentSource):
    """A source that knows everybody, and has a picture of each."""

    name = "有照片的核验源"

    def verify(self, name: str, id_type: IdType, number: str) -> Answer:
        """Say yes."""
        return Answer(Outcome.MATCHED, "yes-1")

    def portrait(self, reference: str) -> bytes | None:
        """Return something that names the reference."""
        return f"picture of {reference}".encode()


class BrokenSender:
    """A sender whose messages do not go out."""

    name = "坏短信"
    is_demonstration = False

    def send(self, phone: str, code: str) -> bool:
        """Say that nothing was sent."""
        return False


SILENT, CONTRADICTING, PORTRAYING, BROKEN = (
    f"{each.__module__}.{each.__qualname__}" for each in (SilentSource, Contradicting, Portraying, BrokenSender)
)
