"""Run one command that cannot outlive the parent that started this process.

The parent holds the other end of `--pipe` and never writes: when the pipe closes, the parent has ended, however it
ended, and the command is ended too. Should the leash itself be killed, the kernel ends the command (on Linux).
Standard library only, since this runs as a bare file.
"""

import argparse
import contextlib
import ctypes
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1
_ASKED = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def main() -> int:
    """Start the command, wait for its end or the parent's, and return the command's status."""
    options = _options()
    stop = signal.Signals[options.stop]
    news = _news_of_signals()
    child = _start(options, stop)
    while child.poll() is None and not _parent_is_gone(options.pipe, news):
        pass
    return _end(child, stop, options.grace)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pipe", type=int, required=True, help="the read end of the parent's pipe")
    parser.add_argument("--stop", default="SIGTERM", help="the signal that asks the command to end")
    parser.add_argument("--grace", type=float, default=10, help="seconds before it is killed")
    parser.add_argument("--user", type=int, help="user id to run the command under")
    parser.add_argument("--group", type=int, help="group id to run the command under")
    parser.add_argument("command", nargs="+")
    return parser.parse_args()


def _news_of_signals() -> int:
    """Return a descriptor that becomes readable with each signal that matters here."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer)
    for number in (signal.SIGCHLD, *_ASKED):
        signal.signal(number, lambda *_: None)
    return reader


def _start(options: argparse.Namespace, stop: signal.Signals) -> "subprocess.Popen[bytes]":
    dropped = {} if options.user is None else {"user": options.user, "group": options.group, "extra_groups": []}
    # A killed leash cannot wait and then insist. PostgreSQL gets its orderly end; anything else is killed at once.
    last_word = stop if stop == signal.SIGINT else signal.SIGKILL
    return subprocess.Popen(options.command, process_group=0, preexec_fn=tie_to(os.getpid(), last_word), **dropped)


def tie_to(parent: int, number: signal.Signals) -> Callable[[], None]:
    """Return what a child does before its command begins: ask the kernel for a signal when its parent dies."""
    if sys.platform != "linux":
        return lambda: None
    libc = ctypes.CDLL(None)

    def tie() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(number))
        if os.getppid() != parent:  # it died before the kernel was asked
            os._exit(1)

    return tie


def _parent_is_gone(pipe: int, news: int) -> bool:
    ready, _, _ = select.select([pipe, news], [], [])
    if pipe in ready:
        return True
    return any(number in _ASKED for number in os.read(news, 64))


def _end(child: "subprocess.Popen[bytes]", stop: signal.Signals, grace_s: float) -> int:
    """Ask the command to end, insist after the grace, and end what it left in its group."""
    if child.poll() is None:
        # Only its leader is asked: a stop signal to all of PostgreSQL's processes would mean something else to each.
        child.send_signal(stop)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(grace_s)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    status = child.wait()
    return status if status >= 0 else 128 - status


if __name__ == "__main__":
    sys.exit(main())
