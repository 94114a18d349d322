"""Worlds: what is long in the making is made once by each test process, in a database of its own, and every test begins with it as if it had just been made."""

import io
import pickle
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from jiangxue.kernel.clock import HandClock
from tests.conftest import cloned_database, connected_to

type Build = Callable[[HandClock], Any]


class Worlds:
    """The worlds of one test process; `prefix` begins the names of their databases, which `stack` drops in the end."""

    def __init__(self, prefix: str, stack: ExitStack, blocker: DjangoDbBlocker) -> None:
        self._ordinary, self._prefix, self._stack, self._blocker = prefix, f"{prefix}_world", stack, blocker
        self._made: dict[tuple[Build, datetime], tuple[str, bytes]] = {}

    @contextmanager
    def committed[T](self, build: Callable[[HandClock], T], clock: HandClock) -> Iterator[T]:
        """Give a test a copy of the database in which `build` made something; whatever it commits goes with the copy.

        The clock goes on from where it stood when the world was made.
        """
        own = f"{self._prefix}_own"
        with self._blocker.unblock():
            name, packed = self._world(build, clock)
            with cloned_database(own, name), connected_to(own):
                yield _unpacked(packed, clock)

    @contextmanager
    def rolled_back[T](self, build: Callable[[HandClock], T], clock: HandClock) -> Iterator[T]:
        """Let a test work in the database in which `build` made something, in a transaction that is rolled back, as `db` does.

        A test that works in a transaction or in another database already has it made there.
        """
        if connection.in_atomic_block or connection.settings_dict["NAME"] != self._ordinary:
            yield build(clock)
            return
        with self._blocker.unblock():
            name, packed = self._world(build, clock)
            with connected_to(name), _undone():
                yield _unpacked(packed, clock)

    def _world(self, build: Build, clock: HandClock) -> tuple[str, bytes]:
        key = build, clock.now()
        if key not in self._made:
            name = f"{self._prefix}_{len(self._made)}"
            self._stack.enter_context(cloned_database(name))
            hand = HandClock(clock.now())
            with connected_to(name):
                made = build(hand)
            self._made[key] = name, _packed((made, hand.now()))
        return self._made[key]


@contextmanager
def _undone() -> Iterator[None]:
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # what must be outermost in earnest is so beside this one
    with block:
        yield
        if not (connection.needs_rollback or connection.closed_in_transaction):  # `db`, asked for too, closes it
            connection.check_constraints()
        transaction.set_rollback(True)


class _Packer(pickle.Pickler):
    def persistent_id(self, it: object) -> str | None:
        """Leave clocks out: in each test there is one, which the test moves."""
        return "clock" if isinstance(it, HandClock) else None


class _Unpacker(pickle.Unpickler):
    def __init__(self, packed: bytes, clock: HandClock) -> None:
        super().__init__(io.BytesIO(packed))
        self._clock = clock

    def persistent_load(self, pid: object) -> HandClock:
        """Put the test's clock where a clock was."""
        return self._clock


def _packed(made: object) -> bytes:
    written = io.BytesIO()
    _Packer(written).dump(made)
    return written.getvalue()


def _unpacked(packed: bytes, clock: HandClock) -> Any:
    made, clock.at = _Unpacker(packed, clock).load()
    return made
