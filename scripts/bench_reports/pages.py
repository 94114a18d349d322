"""Opens every list page as those who look at it, and says what of it the database takes, in how many statements. Needs Django to be set up."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection
from django.test import Client

from jiangxue.accounts.models import Account
from jiangxue.accounts.queries.second_factor import set_up_at
from scripts.bench_reports.waiting import ADMINISTRATOR, AUDITOR, SUPERVISOR, SYSTEM
from scripts.terminal import say

_REGION = (
    "", "?name=第 4", "openings/", "openings/?state=submitted", "appeals/", "appeals/?state=settled", "cases/", "cases/?state=open", "faces/",
    "learners/?name=王", "samples/", "orders/", "orders/?state=overdue", "staff/", "exports/", "classes/{of}/", "classes/{of}/days/",
    "classes/{of}/anomalies/", "classes/{of}/live/", "classes/{of}/plan/", "query/", "query/?by=group", "query/learners/", "query/records/",
    "query/classes/", "query/daily/", "query/attendance/", "query/tests/",
)  # fmt: skip
_INSTITUTION = (
    "classes/", "openings/", "openings/?state=draft", "appeals/", "cases/", "faces/", "orders/", "staff/", "corrections/", "identity/", "own/",
    "courses/", "exports/", "exports/requests/", "classes/{of}/", "classes/{of}/days/", "classes/{of}/anomalies/", "openings/{of}/roster/",
    "query/", "query/?by=education", "query/learners/", "query/records/", "query/classes/", "query/daily/", "query/attendance/", "query/tests/",
)  # fmt: skip
_SYSTEM = ("organisations/", "regions/", "state/", "retention/")
_AUDIT = ("audit/", "audit/?action=sign_in", "audit/days/", "exports/")


@dataclass(slots=True)
class Asked:
    """What one page asked of the database: seconds for each statement, in order."""

    statements: list[tuple[float, str]]

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: ANN401, FBT001 (Django's)
        """Take the time of a statement."""
        began = perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.statements.append((perf_counter() - began, sql))

    @property
    def ms(self) -> float:
        """Return what all of them took."""
        return 1000 * sum(seconds for seconds, _sql in self.statements)

    @property
    def slowest(self) -> tuple[float, str]:
        """Return the one that took longest."""
        return max(self.statements)


def visits(administrated_class: int) -> Iterator[tuple[int, str]]:
    """Yield who looks at which page."""
    for account, base, pages in (
        (SUPERVISOR, "/region/", _REGION),
        (ADMINISTRATOR, "/institution/", _INSTITUTION),
        (SYSTEM, "/operator/", _SYSTEM),
        (AUDITOR, "/operator/", _AUDIT),
    ):
        for page in pages:
            yield account, base + page.format(of=administrated_class)
        yield account, "/messages/"


def measure_pages(times: int, administrated_class: int) -> None:
    """Print for each page the median of what the database takes, in how many statements, and the longest of them."""
    say(
        "\n| page | status | statements | ms in the database | ms of the longest | ms in all |\n|---|---|---|---|---|---|"
    )
    logging.disable(logging.INFO)
    for account, address in visits(administrated_class):
        _say_page(browser_of(account), address, times)


def browser_of(account_id: int) -> Client:
    """Return a browser in which somebody of staff is signed in with both factors."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(Account.objects.get(pk=account_id))
    session, at = client.session, set_up_at(account_id)
    session["second_factor"] = f"{account_id}/{at.isoformat()}" if at else None
    session.save()
    return client


def _say_page(client: Client, address: str, times: int) -> None:
    client.get(address)
    found: list[tuple[float, float, Asked, int]] = []
    for _ in range(times):
        asked, began = Asked([]), perf_counter()
        with connection.execute_wrapper(asked):
            status = client.get(address).status_code
        found.append((asked.ms, 1000 * (perf_counter() - began), asked, status))
    of = sorted(found, key=lambda each: each[0])[len(found) // 2]
    in_all = median(each[1] for each in found)
    slowest_ms = 1000 * of[2].slowest[0] if of[2].statements else 0
    say(f"| {address} | {of[3]} | {len(of[2].statements)} | {of[0]:.0f} | {slowest_ms:.0f} | {in_all:.0f} |")
