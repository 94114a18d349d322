"""A copy of the source in which guards are taken away, and pytest runs on it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jiangxue.project.env import face_models
from scripts.layout import REPOSITORY
from scripts.proof.guard import Guard
from scripts.terminal import Refusal

_COPIED = ("src", "tests", "scripts", "docs", "ops", "pyproject.toml")
_PATIENCE_S = 180
_BY_ASSERTION = {"AssertionError", "ExceptionGroup", "FlakyFailure"}


@dataclass(frozen=True)
class Found:
    """How tests ended: `reds` failed by an assertion, `oddities` in any other way; `said` is what pytest printed."""

    greens: int
    reds: int
    oddities: tuple[str, ...]
    said: str


class Tree:
    """A copy of the repository at `root`."""

    def __init__(self, root: Path, environment: Mapping[str, str]) -> None:
        self._root = root
        self._environment = {
            **environment,
            "PYTHONPATH": f"{root / 'src'}:{root}",
            "JIANGXUE_DATA": str(root / "data"),
            "JIANGXUE_MODELS": str(face_models()),
        }
        root.mkdir()
        for name in _COPIED:
            here = REPOSITORY / name
            if here.is_dir():
                shutil.copytree(here, root / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
            else:
                shutil.copy2(here, root / name)

    def run(self, tests: Sequence[str]) -> Found:
        """Run tests on the copy; refuse when anything but the copy was tested."""
        witness = self._root / "witness.json"
        witness.unlink(missing_ok=True)
        options = ["-q", "-x", "-p", "tests.endings", "-p", "no:randomly", "--tb=short", f"--witness={witness}"]
        command = [sys.executable, "-m", "pytest", *options, *tests]
        try:
            done = subprocess.run(
                command,
                cwd=self._root,
                env=self._environment,
                capture_output=True,
                text=True,
                timeout=_PATIENCE_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Found(0, 0, (f"took more than {_PATIENCE_S} s",), "")
        said = done.stdout[-3_000:] + done.stderr[-1_000:]
        if not witness.exists():
            return Found(0, 0, ("nothing was run",), said)
        saw = json.loads(witness.read_text())
        if not Path(saw["source"]).is_relative_to(self._root):
            raise Refusal(f"The tests ran on {saw['source']}, not on the copy in {self._root}.")
        return _found(saw["ends"], said)

    def run_without(self, guard: Guard) -> Found:
        """Take a guard away, run its test, and put it back."""
        file = self._root / guard.file
        source = file.read_text()
        if source.count(guard.fragment) != 1:
            raise Refusal(f"{guard.file} holds this {source.count(guard.fragment)} times, not once:\n{guard.fragment}")
        self._write(file, source.replace(guard.fragment, guard.without))
        try:
            return self.run([guard.test])
        finally:
            self._write(file, source)

    @staticmethod
    def _write(file: Path, source: str) -> None:
        """Write a module, and make sure that no compiled form of the former one is taken for it."""
        file.write_text(source)
        for compiled in (file.parent / "__pycache__").glob(f"{file.stem}.*.pyc"):
            compiled.unlink()


def _found(ends: Sequence[Mapping[str, str]], said: str) -> Found:
    failed = [end for end in ends if end["outcome"] == "failed"]
    reds = [end for end in failed if end["when"] == "call" and end["why"] in _BY_ASSERTION]
    odd = tuple(f"{end['when']}: {end['why']}" for end in failed if end not in reds)
    return Found(sum(end["outcome"] == "passed" for end in ends), len(reds), odd, said)
