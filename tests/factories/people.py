"""Accounts with valid numbers."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import count

from jiangxue.accounts.models import Account
from jiangxue.accounts.queries import memberships, viewer_for
from jiangxue.accounts.rules.consents import PURPOSES, Purpose
from jiangxue.accounts.rules.identifiers import check_digit
from jiangxue.accounts.services import Person, create_account
from jiangxue.accounts.services.consents import give_consent
from jiangxue.audit.services import Actor
from jiangxue.djangokit.row_security import seen_by
from jiangxue.kernel.scope import scope_of
from jiangxue.kernel.viewer import Role, Viewer

PASSWORD = "Jiangxue2026"
_numbers = count(1)
_newcomers = count(800_001)


def id_number(serial: int) -> str:
    """Return a valid resident identity number of its own for each serial number."""
    days, of_day = divmod(serial, 1000)
    born = date(1990, 1, 1) + timedelta(days=days)
    first_17 = f"440104{born:%Y%m%d}{of_day:03d}"
    return first_17 + check_digit(first_17)


def newcomer() -> int:
    """Return a serial number for somebody who has no account yet and whom `account` never makes."""
    return next(_newcomers)


def account(*roles: tuple[Role, int | None], now: datetime, name: str = "李小明") -> Account:
    """Make an account that holds `roles`, a learner when none is given."""
    serial = next(_numbers)
    person = Person(
        login_name=f"person{serial:05d}",
        name=name,
        password=PASSWORD,
        id_number=id_number(serial),
        phone=f"138{serial:08d}",
    )
    made = create_account(person, roles=roles or [(Role.LEARNER, None)], now=now)
    if not roles or any(role is Role.LEARNER for role, _organisation in roles):
        agree(made, now)
    return made


def agree(who: Account, now: datetime, *purposes: Purpose) -> None:
    """Let somebody have agreed to some purposes, to all that are asked for before learning when none is given."""
    for purpose in purposes or [each for each, asked in PURPOSES.items() if not asked.is_apart]:
        version = PURPOSES[purpose].version
        give_consent(account_id=who.pk, purpose=purpose, version=version, by=Actor(who.pk), now=now)


def undecided(now: datetime, name: str = "李小明") -> Account:
    """Make a learner who has not been asked for consent yet."""
    serial = next(_numbers)
    person = Person(f"person{serial:05d}", name, PASSWORD, id_number(serial), f"138{serial:08d}")
    return create_account(person, roles=[(Role.LEARNER, None)], now=now)


def viewer(of: Account) -> Viewer:
    """Return an account's viewer in its first role."""
    return viewer_for(memberships(of.pk)[0])


def viewer_in(of: Account, role: Role) -> Viewer:
    """Return an account's viewer in one of its roles."""
    return viewer_for(memberships(of.pk).get(role=role))


@contextmanager
def looking(viewer: Viewer) -> Iterator[None]:
    """Let the database show what it shows a page of the viewer's, so that services act in tests as they do behind pages."""
    with seen_by(scope_of(viewer)):
        yield
