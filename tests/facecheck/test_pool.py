"""Pictures of unknown origin are decoded in processes of their own; whatever is in them, these go on."""

import asyncio
import contextlib
from pathlib import Path

import numpy as np
import pytest

from jiangxue.facecheck.vision.errors import Flaw, Unreadable
from jiangxue.facecheck.vision.pool import Bounds, Eyes
from tests.facecheck.pictures import saved
from tests.facecheck.pooling import children, one_child, with_eyes


def test_eyes_tell_what_they_see_from_another_process(models: Path, jpeg: bytes) -> None:
    async def act(eyes: Eyes) -> None:
        look, portrait = await eyes.look(jpeg), await eyes.portray(jpeg)
        assert look.face is not None
        assert look.yaw_deg is not None
        assert portrait.look == await eyes.look(jpeg, turn=False)
        assert len(portrait.embedding) == 128
        assert (await eyes.look(jpeg, turn=False)).yaw_deg is None

    with_eyes(models, act)


def test_a_picture_to_be_kept_is_made_anew_and_small(models: Path, jpeg: bytes) -> None:
    async def act(eyes: Eyes) -> None:
        kept = await eyes.small(jpeg)
        assert kept.startswith(b"\xff\xd8")
        assert kept != jpeg
        assert len(kept) < len(jpeg) / 2
        with pytest.raises(Unreadable):
            await eyes.small(jpeg[:-2])

    with_eyes(models, act)


def test_several_processes_look_at_once(models: Path, jpeg: bytes) -> None:
    async def act(eyes: Eyes) -> None:
        await asyncio.gather(*(eyes.look(jpeg, turn=False) for _ in range(8)))
        await eyes.look(jpeg)
        assert len(children()) == 2

    with_eyes(models, act, Bounds(processes=2))


def test_the_process_that_decodes_holds_no_secret_and_sees_no_file_of_ours(models: Path, jpeg: bytes) -> None:
    async def act(eyes: Eyes) -> None:
        await eyes.look(jpeg)
        child = one_child()
        environment = Path(f"/proc/{child}/environ").read_text().split("\0")
        assert {line.partition("=")[0] for line in environment if line} == {
            "LC_ALL",
            "OPENBLAS_NUM_THREADS",
            "OPENCV_LOG_LEVEL",
        }
        root = Path(f"/proc/{child}/root")
        assert not (root / "proc").exists()
        assert not (root / str(Path.home()).lstrip("/") / ".ssh").exists()
        assert Path(f"/proc/{child}/ns/net").readlink() != Path("/proc/self/ns/net").readlink()

    with_eyes(models, act)


def test_ten_thousand_junk_pictures_are_refused_at_the_door_and_disturb_nobody(models: Path, jpeg: bytes) -> None:
    chance = np.random.default_rng(1)

    def junk(number: int) -> bytes:
        some = chance.bytes(int(chance.integers(0, 400)))
        return (some, jpeg[: int(chance.integers(0, len(jpeg)))], b"\xff\xd8" + some, jpeg[:200] + some)[number % 4]

    async def act(eyes: Eyes) -> None:
        await eyes.look(jpeg)
        child = one_child()
        for number in range(10_000):
            with pytest.raises(Unreadable):
                await eyes.look(junk(number))
        assert (await eyes.look(jpeg)).face is not None
        assert one_child() == child

    with_eyes(models, act, Bounds(pictures=20_000))


def test_pictures_with_damaged_light_are_seen_or_refused_and_end_nothing(models: Path, jpeg: bytes) -> None:
    chance = np.random.default_rng(2)

    async def act(eyes: Eyes) -> None:
        await eyes.look(jpeg)
        child = one_child()
        for _ in range(300):
            damaged = bytearray(jpeg)
            for place in chance.integers(620, len(jpeg) - 2, 20):
                damaged[place] = int(chance.integers(0, 255))
            with contextlib.suppress(Unreadable):
                await eyes.look(bytes(damaged), turn=False)
        assert one_child() == child

    with_eyes(models, act)


def test_a_refusal_says_why(models: Path) -> None:
    async def act(eyes: Eyes) -> None:
        for jpeg, flaw in (
            (b"", Flaw.NOT_JPEG),
            (bytes(8 * 1024**2), Flaw.TOO_LARGE),
            (saved(kind="PNG"), Flaw.NOT_JPEG),
        ):
            with pytest.raises(Unreadable) as refused:
                await eyes.look(jpeg)
            assert refused.value.flaw is flaw
        with pytest.raises(Unreadable) as refused:
            await eyes.portray(saved())
        assert refused.value.flaw is Flaw.NO_FACE

    with_eyes(models, act)
