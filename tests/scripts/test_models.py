"""Set-up lays down the models that look at faces: what is right stays, what cannot be had is said. Nothing is fetched here: uv and npm are out of reach."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from jiangxue.facecheck.vision.weights import ALL, LIVENESS, SFACE, Weights
from jiangxue.project.env import REPOSITORY, face_models

_UNREACHABLE = "/bin/false"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of its own with the models that this machine has."""
    return Path(shutil.copytree(face_models(), tmp_path / "models"))


def _set_up(folder: Path, programs: Path = Path("/nowhere")) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scripts.models", _UNREACHABLE],
        env={**os.environ, "JIANGXUE_MODELS": str(folder), "PATH": str(programs)},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )


def _alter(folder: Path, weights: Weights) -> None:
    content = (folder / weights.file).read_bytes()
    (folder / weights.file).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))


def test_what_was_brought_by_hand_needs_no_network(folder: Path) -> None:
    done = _set_up(folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_required_model_that_cannot_be_had_stops_set_up_with_one_sentence(folder: Path) -> None:
    (folder / SFACE.file).unlink()
    done = _set_up(folder)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert f"needs {SFACE.file}, which could not be fetched" in done.stderr
    assert "docs/models.md" in done.stderr


def test_a_required_model_that_was_altered_counts_as_missing(folder: Path) -> None:
    _alter(folder, SFACE)
    assert _set_up(folder).returncode == 1


def test_without_an_optional_model_set_up_goes_on_and_says_so(folder: Path) -> None:
    _alter(folder, LIVENESS)
    done = _set_up(folder)
    assert done.returncode == 3
    assert f"does without {LIVENESS.file}" in done.stdout


def test_all_models_are_on_this_machine() -> None:
    """The other tests of faces need them."""
    assert not [weights.file for weights in ALL if not (face_models() / weights.file).exists()]


def test_an_archive_that_is_another_one_than_was_measured_is_not_opened(folder: Path, tmp_path: Path) -> None:
    (folder / LIVENESS.file).unlink()
    npm = tmp_path / "programs" / "npm"
    npm.parent.mkdir()
    npm.write_text('#!/bin/sh\necho junk >"$5/package.tgz"\n')
    npm.chmod(0o755)
    done = _set_up(folder, programs=npm.parent)
    assert done.returncode == 3
    assert "package.tgz is not the archive that was measured" in done.stdout
    assert not (folder / LIVENESS.file).exists()
