"""One parent: whatever happens to it, no child is left, and they end in order."""

import os
import signal
import subprocess
import sys
import time

import pytest

from scripts.supervisor import run_in_foreground


def pids_in(folder, count):
    """Return the process ids that the stand-in children wrote down, once all have."""
    file = folder / "pids"
    until_s = time.monotonic() + 30
    while not file.exists() or len(file.read_text().split()) < count:
        assert time.monotonic() < until_s, "the children did not start"
        time.sleep(0.05)
    return [int(word) for word in file.read_text().split()]


def leash_of(pid):
    shown = subprocess.run(["ps", "-o", "ppid=", "-p", str(pid)], capture_output=True, text=True, check=True)
    return int(shown.stdout)


def test_a_killed_parent_takes_its_children_and_theirs_along(folder, start_program, eventually, lives):
    parent = start_program("keep_children.py", folder, "obedient", "obedient", "stubborn")
    pids = pids_in(folder, 6)
    parent.kill()
    eventually(lambda: not any(map(lives, pids)))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
def test_a_killed_leash_takes_its_child_along(folder, start_program, eventually, lives):
    start_program("keep_children.py", folder, "stubborn")
    child, _ = pids_in(folder, 2)
    os.kill(leash_of(child), signal.SIGKILL)
    eventually(lambda: not lives(child))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_the_parent_ends_the_children_the_first_one_last(folder, start_program, lives, number):
    parent = start_program("keep_children.py", folder, "obedient", "obedient", "obedient")
    pids = pids_in(folder, 6)
    parent.send_signal(number)
    parent.communicate(timeout=30)
    assert (folder / "ended").read_text().splitlines() == ["child 3", "child 2", "child 1"]
    assert not any(map(lives, pids))


def test_impatience_does_not_cut_the_orderly_end_short(folder, start_program, lives):
    parent = start_program("keep_children.py", folder, "obedient", "stubborn")
    pids = pids_in(folder, 4)
    for _ in range(5):
        parent.send_signal(signal.SIGINT)
        time.sleep(0.1)
    parent.communicate(timeout=30)
    assert (folder / "ended").read_text().splitlines() == ["child 2", "child 1"]
    assert not any(map(lives, pids))


def test_a_child_that_falls_is_started_again_and_it_is_said_why(folder, start_program):
    parent = start_program("keep_children.py", folder, "falling")
    pids_in(folder, 4)
    parent.send_signal(signal.SIGINT)
    said, _ = parent.communicate(timeout=30)
    assert "child 1 ended by itself (status 3); starting it again in 0.5 s" in said
    assert "I fall" in said


def test_a_child_that_fell_leaves_nothing_of_its_group_behind(folder, start_program, eventually, lives):
    start_program("keep_children.py", folder, "falling")
    _, grandchild = pids_in(folder, 2)[:2]
    eventually(lambda: not lives(grandchild))


def test_a_command_in_the_foreground_gives_its_status():
    assert run_in_foreground([sys.executable, "-c", "raise SystemExit(7)"], dict(os.environ)) == 7
