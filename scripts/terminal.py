"""How the scripts speak: one line at a time, and a refusal instead of a traceback when a person can do something about it."""

import sys
from collections.abc import Callable


class Refusal(Exception):
    """A fault that the reader of the terminal can mend; its text says how."""


def say(message: str) -> None:
    """Print one message at once, also when the output is a file or a pipe."""
    print(message, flush=True)


def run_as_program(main: Callable[[], int]) -> None:
    """Run `main` and leave with its status; a refusal is printed plainly, Ctrl-C is no error worth a traceback."""
    try:
        status = main()
    except Refusal as refusal:
        print(f"\n{refusal}", file=sys.stderr, flush=True)
        status = 1
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)
