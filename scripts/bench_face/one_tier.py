"""Measure one tier in a process of its own: python -m scripts.bench_face.one_tier TIER FOLDER. Prints what a `Cost` is made of."""

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import msgspec

from jiangxue.facecheck.vision.sight import Sight
from jiangxue.facecheck.vision.weights import found_in
from jiangxue.project.env import face_models
from scripts.bench_face.cost import Cost

_ROUNDS = 3


def main() -> None:
    """Look at every picture of the folder some times over, warm, and print the medians."""
    tier, folder = int(sys.argv[1]), Path(sys.argv[2])
    begun = time.process_time()
    sight = Sight({weights: content for weights, content in found_in(face_models()).items() if weights.tier <= tier})
    start_s = time.process_time() - begun
    frames = [path.read_bytes() for path in sorted(folder.glob("*.jpg"))]
    cost = Cost(
        tier=tier,
        start_s=start_s,
        look_ms=_median_ms(lambda jpeg: sight.look(jpeg, turn=False), frames),
        turn_ms=_median_ms(sight.look, frames),
        portrait_ms=_median_ms(sight.portray, frames),
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )
    sys.stdout.buffer.write(msgspec.json.encode(cost))


def _median_ms(act: Callable[[bytes], object], frames: list[bytes]) -> float:
    for jpeg in frames[:5]:
        act(jpeg)
    return median(_ms(act, jpeg) for _ in range(_ROUNDS) for jpeg in frames)


def _ms(act: Callable[[bytes], object], jpeg: bytes) -> float:
    begun = time.process_time()
    act(jpeg)
    return (time.process_time() - begun) * 1000


if __name__ == "__main__":
    main()
