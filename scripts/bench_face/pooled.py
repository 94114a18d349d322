"""What a look costs by the clock through a caged process, with all that lies between."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

from jiangxue.facecheck.vision.pool import Eyes
from jiangxue.project.env import face_models


def measure(folder: Path) -> tuple[float, float, float]:
    """Return ms of a look without the turn, of one with it, and of a portrait."""
    return asyncio.run(_measure([path.read_bytes() for path in sorted(folder.glob("*.jpg"))]))


async def _measure(frames: list[bytes]) -> tuple[float, float, float]:
    eyes = Eyes(face_models())
    await eyes.open()
    try:
        await eyes.portray(frames[0])
        look = await _median_ms(lambda jpeg: eyes.look(jpeg, turn=False), frames)
        return look, await _median_ms(eyes.look, frames), await _median_ms(eyes.portray, frames)
    finally:
        await eyes.close()


async def _median_ms(act: Callable[[bytes], Awaitable[object]], frames: list[bytes]) -> float:
    taken = []
    for jpeg in frames:
        begun = time.perf_counter()
        await act(jpeg)
        taken.append((time.perf_counter() - begun) * 1000)
    return median(taken)
