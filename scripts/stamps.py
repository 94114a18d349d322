"""Stamps: what was made from which files, so that a step is skipped when nothing changed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from scripts.layout import REPOSITORY


def fingerprint(files: Iterable[Path], *more: str) -> str:
    """Return a digest of the names and contents of files, and of any further words."""
    digest = hashlib.sha256("\0".join(more).encode())
    for file in sorted(set(files)):
        digest.update(f"\0{file.relative_to(REPOSITORY)}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_current(stamp: Path, value: str) -> bool:
    """Tell whether a stamp holds this value."""
    return stamp.exists() and stamp.read_text() == value


def mark(stamp: Path, value: str) -> None:
    """Set a stamp after its step has succeeded."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value)


def program_files() -> list[Path]:
    """Return all Python files of the product."""
    return list((REPOSITORY / "src").rglob("*.py"))


def schema_files() -> list[Path]:
    """Return what decides the shape of the database: migrations, models, roles and the versions of the packages."""
    package = REPOSITORY / "src" / "jiangxue"
    patterns = ("**/migrations/**/*", "**/models.py", "**/models/**/*.py")
    found = [file for pattern in patterns for file in package.glob(pattern) if file.is_file() and file.suffix != ".pyc"]
    return [*found, REPOSITORY / "ops" / "postgres" / "roles.sql", REPOSITORY / "uv.lock"]


def static_files() -> list[Path]:
    """Return the files that collectstatic gathers from the build and from the packages."""
    folders = [REPOSITORY / "build" / "static", *(REPOSITORY / "src").rglob("static")]
    return [*(file for folder in folders for file in folder.rglob("*") if file.is_file()), REPOSITORY / "uv.lock"]
