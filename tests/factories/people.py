"""Accounts with valid numbers."""

from datetime import date, datetime, timedelta
from itertools import count

from jiangxue.accounts.models import Account
from jiangxue.accounts.queries import memberships, viewer_for
from jiangxue.accounts.rules.identifiers import check_digit
from jiangxue.accounts.services import Person, create_account
from jiangxue.kernel.viewer import Role, Viewer

PASSWORD = "Jiangxue2026"
_numbers = count(1)


def id_number(serial: int) -> str:
    """Return a valid resident identity number of its own for each serial number."""
    days, of_day = divmod(serial, 1000)
    born = date(1990, 1, 1) + timedelta(days=days)
    first_17 = f"440104{born:%Y%m%d}{of_day:03d}"
    return first_17 + check_digit(first_17)


def account(*roles: tuple[Role, int | None], now: datetime, name: str = "李小明") -> Account:
    """Make an account that holds `roles`, a learner when none is given."""
    serial = next(_numbers)
    person = Person(
        login_name=f"person{serial}",
        name=name,
        password=PASSWORD,
        id_number=id_number(serial),
        phone=f"138{serial:08d}",
    )
    return create_account(person, roles=roles or [(Role.LEARNER, None)], now=now)


def viewer(of: Account) -> Viewer:
    """Return an account's viewer in its first role."""
    return viewer_for(memberships(of.pk)[0])
