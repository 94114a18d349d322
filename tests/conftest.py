"""Databases and clocks for all tests.

The tests connect as the application's role to clones of a migrated template, so that rights and triggers hold in them as in
production. Rows are undone by rolling back, or by dropping the clone: append-only tables allow no other way.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import psycopg
import pytest
from django.db import connections

from jiangxue.accounts import access
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.services import ending, settling

if TYPE_CHECKING:
    from tests.browser.site import Site
    from tests.hot.harness import Harness
    from tests.worlds import Worlds

# A test that times out on a busy machine proves nothing.
hypothesis.settings.register_profile("house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("house")

MORNING = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""09:00 in Shanghai, on the day before the demonstration's."""


def _administer(statement: str) -> None:
    with psycopg.connect(os.environ["JIANGXUE_TEST_ADMIN_URL"], autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]


@contextmanager
def cloned_database(name: str, template: str | None = None) -> Iterator[str]:
    """Make a clone of the template, or of another database that nobody is connected to, under `name` and drop it afterwards."""
    template = template or os.environ["JIANGXUE_TEST_TEMPLATE"]
    _administer(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    _administer(f"CREATE DATABASE {name} TEMPLATE {template} OWNER jiangxue_owner")
    try:
        yield name
    finally:
        _administer(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Point Django's connection at another database for a while."""
    connection = connections["default"]
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


# What drives browsers, servers and caged processes by the wall clock: a machine that stands still for a moment may break one of
# these. No attack is among them: one that works once in ten times works.
_BY_THE_WALL_CLOCK = (
    "tests/browser/",
    "tests/domains/courseware/test_packaging.py",
    "tests/domains/courseware/test_paging",
    "tests/facecheck/test_fallen_eyes.py",
    "tests/facecheck/test_pool.py",
    "tests/kernel/test_cage",
    "tests/ops/",
    "tests/scripts/test_launcher.py",
    "tests/scripts/test_serve.py",
    "tests/scripts/test_supervisor.py",
    "tests/witness/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give a second try, which the summary names, to what no clock of ours drives; the rest must pass at once."""
    for item in items:
        if item.nodeid.startswith(_BY_THE_WALL_CLOCK):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def clone_prefix(worker_id: str) -> str:
    """Return a beginning of database names that no other test process uses."""
    return f"jiangxue_{worker_id}_{os.getpid()}"


@pytest.fixture(scope="session")
def django_db_setup(clone_prefix: str, django_db_blocker) -> Iterator[None]:
    """Give this test process a clone of its own; single tests roll back in it."""
    with django_db_blocker.unblock(), cloned_database(clone_prefix) as name, connected_to(name):
        yield


@pytest.fixture
def committed_database(clone_prefix: str, django_db_blocker) -> Iterator[str]:
    """Give one test a fresh database in which transactions really commit, for tests with several connections."""
    with django_db_blocker.unblock(), cloned_database(f"{clone_prefix}_own") as name, connected_to(name):
        yield name


@pytest.fixture(scope="session")
def lasting_clone(clone_prefix: str, django_db_blocker) -> Iterator[str]:
    """Make one database for all tests of this process whose rows are committed and stay."""
    with django_db_blocker.unblock(), cloned_database(f"{clone_prefix}_lasting") as name:
        yield name


@pytest.fixture
def lasting_database(lasting_clone: str, django_db_blocker) -> Iterator[str]:
    """Let one test work in the lasting database, as several connections see it: each test makes its own people in it."""
    with django_db_blocker.unblock(), connected_to(lasting_clone):
        yield lasting_clone


@pytest.fixture(scope="session")
def worlds(clone_prefix: str, django_db_setup: None, django_db_blocker) -> "Iterator[Worlds]":
    """Return what makes worlds once for this test process."""
    from tests.worlds import Worlds  # noqa: PLC0415  (it needs what stands here)

    with ExitStack() as stack:
        yield Worlds(clone_prefix, stack, django_db_blocker)


@pytest.fixture
def hot(lasting_database: str, clock: HandClock) -> "Iterator[Harness]":
    """Run the hot path on the lasting database, by the clock that the test sets by hand."""
    from tests.hot.harness import running  # noqa: PLC0415  (not every run needs it)

    with running(lasting_database, clock) as harness:
        yield harness


@pytest.fixture(autouse=True)
def chance(monkeypatch: pytest.MonkeyPatch) -> "Drawn":
    """Give views a chance that tests set by hand; left alone it draws every check as late as the rule allows."""
    drawn = Drawn()
    monkeypatch.setattr(access, "CHANCE", drawn)
    return drawn


@pytest.fixture(autouse=True)
def punctual_sweeper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the sweeper of a test pass for one that comes every ten seconds: a clock set by hand leaps over that."""
    monkeypatch.setattr(ending, "note_sweep", lambda now: None)
    monkeypatch.setattr(settling, "running_stall", lambda now: None)


@pytest.fixture(autouse=True)
def given_second_factor(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let staff have given their second factor, except in tests that ask for `real_second_factor`."""
    if "real_second_factor" not in request.fixturenames:
        monkeypatch.setattr(access, "has_given_second_factor", lambda request: True)


@pytest.fixture
def real_second_factor() -> None:
    """Ask staff for their second factor, as in earnest."""


class Drawn:
    """Draws the numbers that a test has put into it, in order, and otherwise one close below 1."""

    def __init__(self) -> None:
        self.numbers: list[float] = []

    def __call__(self) -> float:
        return self.numbers.pop(0) if self.numbers else 0.999_999


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> HandClock:
    """Give views and services a clock that the test sets by hand."""
    hand = HandClock(MORNING)
    monkeypatch.setattr(access, "CLOCK", hand)
    return hand


@pytest.fixture(autouse=True)
def quick_passwords(request: pytest.FixtureRequest, settings) -> None:
    """Hash passwords quickly, except where accounts themselves are tested or a real server checks them: a slow hash is the product's strength, not the tests'."""
    real = ("tests/domains/accounts", "tests/browser", "tests/attacks/test_other_process.py")
    if not any(folder in str(request.path) for folder in real):
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def own_storage(tmp_path: Path, settings) -> Path:
    """Let courseware and exports be stored and made below this test's folder; return where courseware is stored."""
    below = {
        name: {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / folder, "allow_overwrite": True},
        }
        for name, folder in (("courseware", "media"), ("exports", "exports"))
    }
    settings.STORAGES = {**settings.STORAGES, **below}
    settings.WORK_FOLDER = tmp_path / "work"
    return tmp_path / "media"


@pytest.fixture(scope="session")
def served_site(clone_prefix: str, testrun_uid: str, django_db_blocker) -> "Iterator[Site]":
    """Run a whole site on a database of its own: one for each test process, for browsers and for attacks."""
    from tests.browser.site import running_site  # noqa: PLC0415  (draws and speaks films: too much for every run)

    name = f"{clone_prefix}_site"
    with django_db_blocker.unblock(), cloned_database(name), ExitStack() as stack:
        with connected_to(name):
            served = stack.enter_context(running_site(name, testrun_uid))
        yield served


@pytest.fixture
def site(served_site: "Site", clone_prefix: str, django_db_blocker) -> "Iterator[Site]":
    """Return the running site, and let this test look into its database."""
    with django_db_blocker.unblock(), connected_to(f"{clone_prefix}_site"):
        yield served_site
