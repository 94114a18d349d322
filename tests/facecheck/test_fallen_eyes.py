"""Processes that look may fall: each is brought down for real, costs at most one picture, and leaves nothing behind."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from jiangxue.facecheck.vision.errors import Full, LookFailed, NothingSeen
from jiangxue.facecheck.vision.pool import Bounds, Eyes
from jiangxue.facecheck.vision.weights import LIVENESS, MESH, SFACE, ModelMissing
from tests.facecheck.pictures import in_portrait
from tests.facecheck.pooling import children, one_child, with_eyes
from tests.loops import in_a_loop
from tests.processes import wait_until_gone

_PATIENCE_S = 10


def test_a_process_that_is_killed_while_it_looks_costs_one_picture_and_is_replaced(models: Path, jpeg: bytes) -> None:
    async def act(eyes: Eyes) -> None:
        child = one_child()
        os.kill(child, signal.SIGSTOP)
        looking = asyncio.create_task(eyes.look(jpeg))
        await asyncio.sleep(0.1)
        os.kill(child, signal.SIGKILL)
        with pytest.raises(LookFailed):
            await looking
        assert (await eyes.look(jpeg)).face is not None
        assert one_child() != child

    with_eyes(models, act)


def test_a_process_that_is_killed_while_it_waits_costs_nothing(models: Path, jpeg: bytes) -> None:
    async def act(eyes: Eyes) -> None:
        os.kill(one_child(), signal.SIGKILL)
        await asyncio.sleep(0.2)
        assert (await eyes.look(jpeg)).face is not None

    with_eyes(models, act)


def test_a_process_that_takes_too_long_is_replaced(models: Path, jpeg: bytes) -> None:
    async def act(eyes: Eyes) -> None:
        child = one_child()
        os.kill(child, signal.SIGSTOP)
        with pytest.raises(LookFailed):
            await eyes.look(jpeg)
        assert (await eyes.look(jpeg, turn=False)).face is not None
        wait_until_gone(child)

    with_eyes(models, act, Bounds(patience_s=1))


def test_a_process_is_replaced_after_some_pictures_and_nobody_notices(models: Path, jpeg: bytes) -> None:
    async def act(eyes: Eyes) -> None:
        seen = set()
        for _ in range(7):
            assert (await eyes.look(jpeg, turn=False)).face is not None
            seen |= children()
        assert len(seen) == 3

    with_eyes(models, act, Bounds(pictures=3))


def test_who_comes_when_too_many_wait_is_told_so_at_once(models: Path, jpeg: bytes) -> None:
    async def act(eyes: Eyes) -> None:
        child = one_child()
        os.kill(child, signal.SIGSTOP)
        waiting = [asyncio.create_task(eyes.look(jpeg, turn=False))]
        await asyncio.sleep(0.1)
        waiting += [asyncio.create_task(eyes.look(jpeg, turn=False)) for _ in range(2)]
        await asyncio.sleep(0.1)
        began = time.monotonic()
        with pytest.raises(Full):
            await eyes.look(jpeg)
        assert time.monotonic() - began < _PATIENCE_S / 2
        os.kill(child, signal.SIGCONT)
        assert all(look.face for look in await asyncio.gather(*waiting))

    with_eyes(models, act, Bounds(waiting=2, patience_s=_PATIENCE_S))


def test_who_goes_away_leaves_their_answer_to_nobody(models: Path, jpeg: bytes) -> None:
    async def act(eyes: Eyes) -> None:
        child = one_child()
        os.kill(child, signal.SIGSTOP)
        gone, waited, asked = (
            asyncio.create_task(eyes.look(picture)) for picture in (in_portrait(jpeg), in_portrait(jpeg), jpeg)
        )
        await asyncio.sleep(0.1)
        gone.cancel()
        waited.cancel()
        os.kill(child, signal.SIGCONT)
        assert (await asked).width == 640
        assert one_child() == child

    with_eyes(models, act, Bounds(patience_s=10))


def test_closing_turns_away_those_who_wait_and_ends_every_process(models: Path, jpeg: bytes) -> None:
    async def run() -> None:
        eyes = Eyes(models, Bounds(patience_s=10))
        await eyes.open()
        os.kill(one_child(), signal.SIGSTOP)
        waiting = [asyncio.create_task(eyes.look(jpeg)) for _ in range(3)]
        await asyncio.sleep(0.1)
        await eyes.close()
        told = await asyncio.gather(*waiting, return_exceptions=True)
        assert [type(word) for word in told] == [Full] * 3
        with pytest.raises(Full):
            await eyes.look(jpeg)

    in_a_loop(run())
    assert not children()


def test_a_parent_that_is_killed_leaves_no_process_behind(models: Path) -> None:
    program = textwrap.dedent(
        """
        import asyncio, sys
        from pathlib import Path
        from jiangxue.facecheck.vision.pool import Eyes
        async def run():
            eyes = Eyes(Path(sys.argv[1]))
            await eyes.open()
            print("open", flush=True)
            await asyncio.sleep(60)
        asyncio.run(run())
        """
    )
    with subprocess.Popen([sys.executable, "-c", program, str(models)], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"open\n"
        (child,) = children(parent.pid)
        parent.kill()
    wait_until_gone(child)


@pytest.fixture
def folder(models: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(models, tmp_path / "models"))


def test_eyes_without_a_required_model_do_not_open(folder: Path) -> None:
    (folder / SFACE.file).unlink()
    with pytest.raises(ModelMissing, match=SFACE.file):
        in_a_loop(Eyes(folder).open())
    assert not children()


def test_eyes_without_optional_models_say_so_once_and_leave_out_what_these_tell(
    folder: Path, jpeg: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / MESH.file).unlink()
    (folder / LIVENESS.file).write_bytes(b"something else")

    async def act(eyes: Eyes) -> None:
        portrait = await eyes.portray(jpeg)
        assert (portrait.live, portrait.look.mouth) == (None, None)
        assert (await eyes.look(jpeg)).yaw_deg is not None

    with_eyes(folder, act, Bounds(processes=2))
    (record,) = [record for record in caplog.records if record.message == "models_missing"]
    assert record.__dict__["files"] == [MESH.file, LIVENESS.file]


def test_when_no_process_can_be_started_any_more_nobody_waits_for_ever(folder: Path, jpeg: bytes) -> None:
    async def act(eyes: Eyes) -> None:
        (folder / SFACE.file).unlink()
        os.kill(one_child(), signal.SIGKILL)
        await asyncio.sleep(0.2)
        async with asyncio.timeout(10):
            with pytest.raises(NothingSeen):
                await eyes.look(jpeg)

    with_eyes(folder, act)
