"""A witness that kills itself at a chosen point: `python -m tests.witness.dying FOLDER POINT HOW-OFTEN-PASSED-BEFORE`.

Reads requests from its input, each a line of hexadecimal digits, and answers each with a line: status and body.
"""

import os
import signal
import sys
from pathlib import Path

from jiangxue_witness.folder import open_folder
from jiangxue_witness.witness import Witness
from tests.witness.places import NOW_S


class Death:
    """Comes when a point has been passed so many times."""

    def __init__(self, point: str, before: int) -> None:
        self._point, self._left = point, before

    def at(self, point: str) -> None:
        if point == self._point:
            self._left -= 1
        if self._left < 0:
            os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    place, point, before = sys.argv[1:]
    death = Death(point, int(before))
    with open_folder(Path(place)) as folder:
        witness = Witness(folder, lambda: NOW_S, lambda _: None, death.at)
        for line in sys.stdin:
            answer = witness.answer(bytes.fromhex(line))
            sys.stdout.write(f"{answer.status} {answer.body.hex()}\n")
            sys.stdout.flush()
            death.at("answered")


if __name__ == "__main__":
    main()
