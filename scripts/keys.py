"""Secrets of an installation: made at random on the first start, kept in the data folder, never in the repository."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from scripts.layout import DataFolder

APPLICATION_KEYS = ("secret_key", "beat_master_key", "media_master_key", "seal_key", "index_key")
LOG_KEY = "log_key"
"""Shared by sealer and signer, and told to nobody else."""

ROLES = ("postgres", "jiangxue_owner", "jiangxue_app", "jiangxue_hot", "jiangxue_sealer", "jiangxue_signer")


def read_or_make(data: DataFolder) -> Mapping[str, str]:
    """Return every secret by its name; those that do not exist yet are made (32 random bytes, in hex)."""
    return {name: _secret(data.secrets / name) for name in (*APPLICATION_KEYS, LOG_KEY, *ROLES)}


def as_environment(keys: Mapping[str, str]) -> dict[str, str]:
    """Return the application's keys as the environment variables that the settings read."""
    return {f"JIANGXUE_{name.upper()}": keys[name] for name in APPLICATION_KEYS}


def _secret(path: Path) -> str:
    if not path.exists():
        _write_durably(path, secrets.token_hex(32))
    return path.read_text().strip()


def _write_durably(path: Path, text: str) -> None:
    """Write so that a crash leaves the whole secret or none: half a key would lock the data away for good."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
