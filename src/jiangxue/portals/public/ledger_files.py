"""The programs that anybody may take away, the texts of the guides and of what those name: static files, each with the hash of the very bytes that are served."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.contrib.staticfiles.storage import staticfiles_storage

VERIFIER = "verify.pyz"
WITNESS = "witness.pyz"
_FOLDER = "ledger"


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take away: its name, address, place on the disk, SHA-256 in hexadecimal, and size in bytes."""

    name: str
    url: str
    path: str
    sha256: str
    size: int


def download(name: str) -> Download | None:
    """Return a file that is served, or None where this installation was made without it."""
    try:
        url = staticfiles_storage.url(f"{_FOLDER}/{name}")
        path = staticfiles_storage.path(_stored(f"{_FOLDER}/{name}"))
        return _hashed(name, url, path)
    except (ValueError, OSError):
        return None


def _stored(name: str) -> str:
    """Return under which name a file lies in the folder of collected files."""
    stored = getattr(staticfiles_storage, "stored_name", None)
    return str(stored(name)) if stored else name


@cache
def _hashed(name: str, url: str, path: str) -> Download:
    """Return the file with its hash, reckoned once: the name of a collected file changes with its content."""
    content = Path(path).read_bytes()
    return Download(name, url, path, hashlib.sha256(content).hexdigest(), len(content))
