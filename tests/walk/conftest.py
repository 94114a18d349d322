"""One world for all walks of a test process, in a database of its own; nothing that a walk does stays in it."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from django.test import override_settings

from jiangxue.accounts import access
from jiangxue.kernel.clock import HandClock
from jiangxue.project import shell
from tests.conftest import MORNING, cloned_database, connected_to
from tests.walk.answers import nobody, walker
from tests.walk.survey import Survey, surveyed
from tests.walk.world import World, build

_COUNTED_ONCE = {name: cache(count) for name, count in shell.WAITING.items()}
"""What waits for each viewer, counted once: the world stays as it is, and four fifths of the time of a refusal went into its navigation."""


@pytest.fixture(scope="session")
def _built(
    clone_prefix: str, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, str, override_settings]]:
    name, own = f"{clone_prefix}_walk", _own_settings(tmp_path_factory.mktemp("walk"))
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())  # type: ignore[attr-defined]
        stack.enter_context(cloned_database(name))
        with connected_to(name), own, pytest.MonkeyPatch.context() as patch:
            clock = HandClock(MORNING)
            patch.setattr(access, "CLOCK", clock)
            world = build(clock)
        yield world, name, own


def _own_settings(folder: Path) -> override_settings:
    from django.conf import settings  # noqa: PLC0415

    below = {
        name: {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": folder / place, "allow_overwrite": True},
        }
        for name, place in (("courseware", "media"), ("exports", "exports"))
    }
    return override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={**settings.STORAGES, **below},
        WORK_FOLDER=folder / "work",
    )


@pytest.fixture
def world(
    _built: tuple[World, str, override_settings],
    django_db_blocker: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[World]:
    """Return the world, and let this test look at it at the time at which it was finished."""
    found, name, own = _built
    now: datetime = found.clock.now()
    with django_db_blocker.unblock(), connected_to(name), own:  # type: ignore[attr-defined]
        monkeypatch.setattr(access, "CLOCK", HandClock(now))
        monkeypatch.setattr(logging.getLogger("jiangxue.request"), "disabled", True)
        monkeypatch.setattr(shell, "WAITING", _COUNTED_ONCE)
        yield found


@pytest.fixture
def without_second_net(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages speak to the database as the program, so that nothing but their own queries narrows what they show."""
    monkeypatch.setattr(access, "seen_by", lambda scope: nullcontext())


@pytest.fixture(scope="session")
def _kept() -> dict[str, Survey]:
    return {}


@pytest.fixture
def survey(world: World, _kept: dict[str, Survey]) -> Survey:
    """Return what the people of the west see of it; looked at once."""
    if "west" not in _kept:
        others = [walker(world.west, who) for who in ("platform", "system", "auditor")]
        _kept["west"] = surveyed(world.west, [*others, nobody()])
    return _kept["west"]
