"""Pictures of unknown origin are decoded in processes that may fall: each attack is made on real ones."""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import numpy as np
import pytest

from jiangxue.facecheck.vision.errors import Flaw, Full, LookFailed, NothingSeen, Unreadable
from jiangxue.facecheck.vision.pool import Bounds, Eyes
from jiangxue.facecheck.vision.weights import LIVENESS, MESH, SFACE, ModelMissing
from tests.facecheck.pictures import in_portrait, saved


def _children(process: int | None = None) -> set[int]:
    """Return the processes that a process has started and that still run."""
    of = process or os.getpid()
    tasks = Path(f"/proc/{of}/task").iterdir()
    children = {int(pid) for task in tasks for pid in (task / "children").read_text().split()}
    return {pid for pid in children if "facecheck.vision.worker" in Path(f"/proc/{pid}/cmdline").read_text()}


def _is_there(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


@contextlib.asynccontextmanager
async def _opened(models: Path, bounds: Bounds | None = None) -> AsyncIterator[Eyes]:
    eyes = Eyes(models, bounds or Bounds())
    await eyes.open()
    try:
        yield eyes
    finally:
        await eyes.close()


def _with_eyes(models: Path, act: Callable[[Eyes], Awaitable[None]], bounds: Bounds | None = None) -> None:
    async def run() -> None:
        async with _opened(models, bounds) as eyes:
            await act(eyes)

    asyncio.run(run())
    assert not _children()


def _one_child() -> int:
    (child,) = _children()
    return child


def test_eyes_tell_what_they_see_from_another_process(models: Path, jpeg: bytes) -> None:
    async def act(eyes: Eyes) -> None:
        look, portrait = await eyes.look(jpeg), await eyes.portray(jpeg)
        assert look.face is not None
        assert look.yaw_deg is not None
        assert portrait.look == look
        assert len(portrait.embedding) == 128
        assert (await eyes.look(jpeg, turn=False)).yaw_deg is None

    _with_eyes(models, act)


def test_several_processes_look_at_once(models: Path, jpeg: bytes) -> None:
    async def act(eyes: Eyes) -> None:
        await asyncio.gather(*(eyes.look(jpeg, turn=False) for _ in range(8)))
        await eyes.look(jpeg)
        assert len(_children()) == 2

    _with_eyes(models, act, Bounds(processes=2))


def test_the_process_that_decodes_holds_no_secret_and_sees_no_file_of_ours(models: Path, jpeg: bytes) -> None:
    async def act(eyes: Eyes) -> None:
        await eyes.look(jpeg)
        child = _one_child()
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

    _with_eyes(models, act)


def test_ten_thousand_junk_pictures_are_refused_and_the_same_process_goes_on(models: Path, jpeg: bytes) -> None:
    chance = np.random.default_rng(1)

    def junk(number: int) -> bytes:
        some = chance.bytes(int(chance.integers(0, 400)))
        return (some, jpeg[: int(chance.integers(0, len(jpeg)))], b"\xff\xd8" + some, jpeg[:200] + some)[number % 4]

    async def act(eyes: Eyes) -> None:
        await eyes.look(jpeg)
        child = _one_child()
        for number in range(10_000):
            with pytest.raises(Unreadable):
                await eyes.look(junk(number))
        assert (await eyes.look(jpeg)).face is not None
        assert _one_child() == child

    _with_eyes(models, act, Bounds(pictures=20_000))


def test_pictures_with_damaged_light_are_seen_or_refused_and_end_nothing(models: Path, jpeg: bytes) -> None:
    chance = np.random.default_rng(2)

    async def act(eyes: Eyes) -> None:
        await eyes.look(jpeg)
        child = _one_child()
        for _ in range(300):
            damaged = bytearray(jpeg)
            for place in chance.integers(620, len(jpeg) - 2, 20):
                damaged[place] = int(chance.integers(0, 255))
            with contextlib.suppress(Unreadable):
                await eyes.look(bytes(damaged), turn=False)
        assert _one_child() == child

    _with_eyes(models, act)


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

    _with_eyes(models, act)


def test_a_process_that_is_killed_while_it_looks_costs_one_picture_and_is_replaced(models: Path, jpeg: bytes) -> None:
    async def act(eyes: Eyes) -> None:
        child = _one_child()
        os.kill(child, signal.SIGSTOP)
        looking = asyncio.create_task(eyes.look(jpeg))
        await asyncio.sleep(0.1)
        os.kill(child, signal.SIGKILL)
        with pytest.raises(LookFailed):
            await looking
        assert (await eyes.look(jpeg)).face is not None
        assert _one_child() != child

    _with_eyes(models, act)


def test_a_process_that_is_killed_while_it_waits_costs_nothing(models: Path, jpeg: bytes) -> None:
    async def act(eyes: Eyes) -> None:
        os.kill(_one_child(), signal.SIGKILL)
        await asyncio.sleep(0.2)
        assert (await eyes.look(jpeg)).face is not None

    _with_eyes(models, act)


def test_a_process_that_takes_too_long_is_replaced(models: Path, jpeg: bytes) -> None:
    async def act(eyes: Eyes) -> None:
        child = _one_child()
        os.kill(child, signal.SIGSTOP)
        with pytest.raises(LookFailed):
            await eyes.look(jpeg)
        assert (await eyes.look(jpeg, turn=False)).face is not None
        assert not _is_there(child)

    _with_eyes(models, act, Bounds(patience_s=1))


def test_a_process_is_replaced_after_some_pictures_and_nobody_notices(models: Path, jpeg: bytes) -> None:
    async def act(eyes: Eyes) -> None:
        seen = set()
        for _ in range(7):
            assert (await eyes.look(jpeg, turn=False)).face is not None
            seen |= _children()
        assert len(seen) == 3

    _with_eyes(models, act, Bounds(pictures=3))


def test_who_comes_when_too_many_wait_is_told_so_at_once(models: Path, jpeg: bytes) -> None:
    async def act(eyes: Eyes) -> None:
        child = _one_child()
        os.kill(child, signal.SIGSTOP)
        waiting = [asyncio.create_task(eyes.look(jpeg, turn=False))]
        await asyncio.sleep(0.1)
        waiting += [asyncio.create_task(eyes.look(jpeg, turn=False)) for _ in range(2)]
        await asyncio.sleep(0.1)
        began = time.monotonic()
        with pytest.raises(Full):
            await eyes.look(jpeg)
        assert time.monotonic() - began < 0.1
        os.kill(child, signal.SIGCONT)
        assert all(look.face for look in await asyncio.gather(*waiting))

    _with_eyes(models, act, Bounds(waiting=2, patience_s=10))


def test_who_goes_away_leaves_their_answer_to_nobody(models: Path, jpeg: bytes) -> None:
    async def act(eyes: Eyes) -> None:
        child = _one_child()
        os.kill(child, signal.SIGSTOP)
        gone, waited, asked = (
            asyncio.create_task(eyes.look(picture)) for picture in (in_portrait(jpeg), in_portrait(jpeg), jpeg)
        )
        await asyncio.sleep(0.1)
        gone.cancel()
        waited.cancel()
        os.kill(child, signal.SIGCONT)
        assert (await asked).width == 640
        assert _one_child() == child

    _with_eyes(models, act, Bounds(patience_s=10))


def test_closing_turns_away_those_who_wait_and_ends_every_process(models: Path, jpeg: bytes) -> None:
    async def run() -> None:
        eyes = Eyes(models, Bounds(patience_s=10))
        await eyes.open()
        os.kill(_one_child(), signal.SIGSTOP)
        waiting = [asyncio.create_task(eyes.look(jpeg)) for _ in range(3)]
        await asyncio.sleep(0.1)
        await eyes.close()
        told = await asyncio.gather(*waiting, return_exceptions=True)
        assert [type(word) for word in told] == [Full] * 3
        with pytest.raises(Full):
            await eyes.look(jpeg)

    asyncio.run(run())
    assert not _children()


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
        (child,) = _children(parent.pid)
        parent.kill()
    until = time.monotonic() + 5
    while _is_there(child) and time.monotonic() < until:
        time.sleep(0.02)
    assert not _is_there(child)


@pytest.fixture
def folder(models: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(models, tmp_path / "models"))


def test_eyes_without_a_required_model_do_not_open(folder: Path) -> None:
    (folder / SFACE.file).unlink()
    with pytest.raises(ModelMissing, match=SFACE.file):
        asyncio.run(Eyes(folder).open())
    assert not _children()


def test_eyes_without_optional_models_say_so_once_and_leave_out_what_these_tell(
    folder: Path, jpeg: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / MESH.file).unlink()
    (folder / LIVENESS.file).write_bytes(b"something else")

    async def act(eyes: Eyes) -> None:
        portrait = await eyes.portray(jpeg)
        assert (portrait.live, portrait.look.mouth) == (None, None)
        assert portrait.look.yaw_deg is not None

    _with_eyes(folder, act, Bounds(processes=2))
    (record,) = [record for record in caplog.records if record.message == "models_missing"]
    assert record.__dict__["files"] == [MESH.file, LIVENESS.file]


def test_when_no_process_can_be_started_any_more_nobody_waits_for_ever(folder: Path, jpeg: bytes) -> None:
    async def act(eyes: Eyes) -> None:
        (folder / SFACE.file).unlink()
        os.kill(_one_child(), signal.SIGKILL)
        await asyncio.sleep(0.2)
        async with asyncio.timeout(10):
            with pytest.raises(NothingSeen):
                await eyes.look(jpeg)

    _with_eyes(folder, act)
