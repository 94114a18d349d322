"""Which models are taken: those that were measured, and no others."""

import shutil
from pathlib import Path

import pytest

from jiangxue.facecheck.vision.weights import ALL, MESH, SFACE, ModelMissing, found_in


@pytest.fixture
def folder(models: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(models, tmp_path / "models"))


def test_all_models_are_found(folder: Path) -> None:
    assert list(found_in(folder)) == list(ALL)


def test_a_required_model_that_is_missing_is_named_in_one_sentence(folder: Path) -> None:
    (folder / SFACE.file).unlink()
    with pytest.raises(ModelMissing) as refused:
        found_in(folder)
    assert SFACE.file in str(refused.value)
    assert "docs/models.md" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_required_model_that_was_altered_is_refused_as_well(folder: Path) -> None:
    content = (folder / SFACE.file).read_bytes()
    (folder / SFACE.file).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(ModelMissing):
        found_in(folder)


def test_an_optional_model_that_was_altered_is_left_out(folder: Path) -> None:
    (folder / MESH.file).write_bytes(b"something else")
    assert MESH not in found_in(folder)
