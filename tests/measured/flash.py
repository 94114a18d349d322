"""How long it takes to weigh a flash of 8 colours in 60 frames against 120 decoys.

`python -m scripts.test tests/measured/flash.py -q -n 0 -s -p no:randomly`
"""

from time import process_time

import numpy as np

from jiangxue.facecheck.rules.flash import weigh_flash
from jiangxue.facecheck.rules.thresholds import Thresholds
from tests.rules.face.light import Scene, sent, sequence


def test_milliseconds_of_weighing() -> None:
    rng = np.random.default_rng(1)
    shown = sent(sequence(rng), rng)
    frames = Scene(every_ms=78).seen(shown, rng)
    decoys = [sequence(rng) for _ in range(120)]
    taken = []
    for _ in range(21):
        began = process_time()
        weigh_flash(shown, frames, decoys, Thresholds())
        taken.append(process_time() - began)
    print(f"\n{len(frames)} frames: median {sorted(taken)[10] * 1_000:.1f} ms of processor time")
