"""Secrets of an installation: made at random on the first start, kept in the data folder, never in the repository."""

import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from scripts.layout import DataFolder

APPLICATION_KEYS = ("secret_key", "beat_master_key", "media_master_key", "seal_key", "index_key")
LOG_KEY = "log_key"
"""Shared by sealer and signer, and told to nobody else."""

SEAL_KEY, SEAL_KEY_CURRENT = "seal_key", "seal_key_current"
"""The first sealing key and, once there were others (`seal_key_2` and so on), the number of the one that seals. docs/keys.md."""

_NUMBERED = re.compile(r"seal_key_([1-9][0-9]*)")
ROLES = ("postgres", "jiangxue_owner", "jiangxue_app", "jiangxue_hot", "jiangxue_sealer", "jiangxue_signer")


def read_or_make(data: DataFolder) -> Mapping[str, str]:
    """Return every secret by its name; those that do not exist yet are made (32 random bytes, in hex)."""
    keys = {path.name: path.read_text().strip() for path in data.secrets.glob("seal_key_*") if path.suffix != ".new"}
    made = [*APPLICATION_KEYS, LOG_KEY, *ROLES]
    if SEAL_KEY_CURRENT in keys and not (data.secrets / SEAL_KEY).exists():
        made.remove(SEAL_KEY)  # it was taken away
    return {**keys, **{name: _secret(data.secrets / name) for name in made}}


def as_environment(keys: Mapping[str, str]) -> dict[str, str]:
    """Return the application's keys as the environment variables that the settings read."""
    others = {f"JIANGXUE_{name.upper()}": keys[name] for name in APPLICATION_KEYS if name != SEAL_KEY}
    return {**others, **sealing(keys)}


def sealing(keys: Mapping[str, str]) -> dict[str, str]:
    """Return the sealing keys as environment variables, for the application and for the sealer."""
    numbered = {found[1]: key for name, key in keys.items() if (found := _NUMBERED.fullmatch(name))}
    told = {"JIANGXUE_SEAL_KEY": keys.get(SEAL_KEY, "")}
    if numbered:
        told["JIANGXUE_SEAL_KEYS"] = ",".join(f"{number}:{key}" for number, key in numbered.items())
        told["JIANGXUE_SEAL_KEY_CURRENT"] = keys.get(SEAL_KEY_CURRENT, "1")
    return told


def _secret(path: Path) -> str:
    if not path.exists():
        write_durably(path, secrets.token_hex(32))
    return path.read_text().strip()


def write_durably(path: Path, text: str) -> None:
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
