"""One process that looks at pictures of unknown origin, one after the other: python -I -m jiangxue.facecheck.vision.worker FOLDER PROCESSOR_S.

It confines itself before anything foreign comes in: no network, no files but programs and models, bounded memory. Nothing secret
is in its environment. What it remembers of one picture could still reach the answers about later ones, were its decoder
taken over; therefore it is replaced from time to time, and its answers are parsed strictly.
"""

import os
import sys
from pathlib import Path
from typing import BinaryIO

from jiangxue.facecheck.vision.errors import Unreadable
from jiangxue.facecheck.vision.sight import Sight
from jiangxue.facecheck.vision.weights import ModelMissing, found_in
from jiangxue.facecheck.vision.wire import Ask, Ready, Seen, framed, received
from jiangxue.kernel.cage import Walls, confine
from jiangxue.kernel.view import View

_ADDRESS_SPACE_BYTES = 1024**3


def main() -> int:
    """Look until the other side ends."""
    folder, processor_s = Path(sys.argv[1]), int(sys.argv[2])
    confine(Walls(_ADDRESS_SPACE_BYTES, processor_s, file_bytes=0), View(read=(folder,)))
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    try:
        models = found_in(folder)
    except ModelMissing as why:
        answers.write(framed(Ready(refusal=str(why))))
        return 1
    sight = Sight(models)
    _silence_decoders()
    answers.write(framed(Ready(tuple(weights.id for weights in models))))
    _answer_all(sight, answers)
    return 0


def _answer_all(sight: Sight, answers: BinaryIO) -> None:
    while (ask := received(sys.stdin.buffer, Ask)) is not None:
        try:
            if ask.small:
                seen = Seen(small=sight.small(ask.jpeg))
            elif ask.portrait:
                seen = Seen(portrait=sight.portray(ask.jpeg, of_source=ask.of_source))
            else:
                seen = Seen(look=sight.look(ask.jpeg, turn=ask.turn))
        except Unreadable as why:
            seen = Seen(flaw=why.flaw)
        answers.write(framed(seen))


def _silence_decoders() -> None:
    """Let only Python speak on the terminal: libjpeg warns there of every broken picture, whoever sends it."""
    sys.stderr = os.fdopen(os.dup(2), "w")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


if __name__ == "__main__":
    sys.exit(main())
