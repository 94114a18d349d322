"""One parent for all children: it starts them in order, starts them again when they fall, and ends them in reverse order."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, TracebackType
from typing import Never, Self

from scripts.account import Account
from scripts.layout import REPOSITORY
from scripts.leash import tie_to
from scripts.logs import ERRORS, LogReader, rotate
from scripts.terminal import say

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_LEASH = REPOSITORY / "scripts" / "leash.py"
_FIRST_PAUSE_S = 0.5
_LONGEST_PAUSE_S = 30.0
_STEADY_S = 60.0


@dataclass(frozen=True)
class Child:
    """What to run, and how it likes to be ended."""

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    account: Account | None = None
    folder: Path = REPOSITORY
    stop: signal.Signals = signal.SIGTERM
    grace_s: float = 10.0
    alarming: re.Pattern[str] = ERRORS
    prepare: Callable[[], None] = lambda: None


class Running:
    """A child that was started: its leash, the pipe that holds it, and its log."""

    def __init__(self, child: Child) -> None:
        child.prepare()
        self.child = child
        self.log = LogReader(child.log, child.alarming)
        self.started_s = time.monotonic()
        reader, self._pipe = os.pipe()
        try:
            self._leash = self._start(reader)
        finally:
            os.close(reader)

    def _start(self, pipe: int) -> "subprocess.Popen[bytes]":
        child = self.child
        leash = [
            sys.executable,
            "-IS",
            str(_LEASH),
            "--pipe",
            str(pipe),
            "--stop",
            child.stop.name,
            "--grace",
            str(child.grace_s),
        ]
        if child.account is not None:
            leash += ["--user", str(child.account.uid), "--group", str(child.account.gid)]
        with child.log.open("ab") as log:
            return subprocess.Popen(
                [*leash, "--", *child.command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=dict(child.environment),
                cwd=child.folder,
                pass_fds=[pipe],
                start_new_session=True,  # Ctrl-C reaches the parent alone, which ends the children in its own order
            )

    @property
    def pid(self) -> int:
        """Return the process id of the leash, under which all of the child's processes are."""
        return self._leash.pid

    def status(self) -> int | None:
        """Return the status that the child ended with; None while it runs."""
        return self._leash.poll()

    def end(self) -> None:
        """Let go of the pipe, and wait until the leash has ended the child."""
        self.let_go()
        try:
            self._leash.wait(self.child.grace_s + 5)
        except subprocess.TimeoutExpired:
            self._leash.kill()  # the kernel takes the child along
            self._leash.wait()

    def let_go(self) -> None:
        """Close the pipe; the leash takes that as the parent's end."""
        if self._pipe >= 0:
            os.close(self._pipe)
            self._pipe = -1


class Supervisor:
    """Keeps children running until it is left, then ends them, the first one last."""

    def __init__(self) -> None:
        self._running: dict[str, Running] = {}
        self._pauses_s: dict[str, float] = {}
        self._due_s: dict[str, float] = {}

    def __enter__(self) -> Self:
        self._handlers = {number: signal.getsignal(number) for number in _SIGNALS}
        for number in (signal.SIGTERM, signal.SIGHUP):
            if self._handlers[number] != signal.SIG_IGN:  # `nohup` keeps its meaning
                signal.signal(number, _leave)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Impatience must not cut the orderly end short; every child has its grace, so this comes to an end.
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        for running in reversed(self._running.values()):
            running.end()
        self._running.clear()
        for number, handler in self._handlers.items():
            signal.signal(number, handler or signal.SIG_DFL)

    def start(self, child: Child) -> Running:
        """Start a child; it is started again whenever it ends, as long as `watch` runs."""
        if child.name not in self._running:
            rotate(child.log)
        running = self._running[child.name] = Running(child)
        return running

    def drop(self, name: str) -> None:
        """End a child and forget it."""
        self._running.pop(name).end()

    def watch(self) -> Never:
        """Look after the children until a signal ends this."""
        while True:
            self.look()
            time.sleep(0.25)

    def look(self) -> None:
        """Report new errors, and start what has ended and waited long enough."""
        for name, running in list(self._running.items()):
            for line in running.log.alarms():
                say(f"{name}: {line}")
            if name in self._due_s:
                self._start_again_when_due(running.child)
            elif running.status() is not None:
                self._plan_next_start(running)

    def _plan_next_start(self, running: Running) -> None:
        name, now_s = running.child.name, time.monotonic()
        running.let_go()
        steady = now_s - running.started_s >= _STEADY_S
        pause_s = _FIRST_PAUSE_S if steady else self._pauses_s.get(name, _FIRST_PAUSE_S)
        self._pauses_s[name] = min(pause_s * 2, _LONGEST_PAUSE_S)
        self._due_s[name] = now_s + pause_s
        say(
            f"{name} ended by itself (status {running.status()}); starting it again in {pause_s:g} s. The end of {running.child.log}:"
        )
        say(running.log.tail())

    def _start_again_when_due(self, child: Child) -> None:
        if time.monotonic() >= self._due_s[child.name]:
            del self._due_s[child.name]
            self.start(child)


def run_in_foreground(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run one command on this terminal and return its status; it ends when this process does."""
    tied = tie_to(os.getpid(), signal.SIGTERM)
    task = subprocess.Popen(command, env=dict(environment), cwd=REPOSITORY, preexec_fn=tied)
    try:
        return task.wait()
    except KeyboardInterrupt:
        _wait_at_most(task, 20)  # Ctrl-C reached it too: let it say its last words
        raise
    finally:
        if task.poll() is None:
            task.terminate()
            _wait_at_most(task, 10)
            task.kill()
            task.wait()


def _wait_at_most(task: "subprocess.Popen[bytes]", seconds: float) -> None:
    with contextlib.suppress(subprocess.TimeoutExpired):
        task.wait(seconds)


def _leave(number: int, _: FrameType | None) -> None:
    """Turn a signal into an ordinary way out, so that every `with` is left in order."""
    raise SystemExit(128 + number)
