"""By which keys of the application a backup can be read: eight bytes tell whether it is the same key, and nothing about it."""

import hashlib
from collections.abc import Iterable, Mapping

from django.conf import settings

from jiangxue.operations.queries import sealing_keys

_PURPOSE = b"jiangxue backup: which key\x00"
_SEALING = "JIANGXUE_SEAL_KEYS "
"""Before the number of a sealing key, whichever variable names it."""


def key_marks() -> dict[str, str]:
    """Return the mark of each key without which what is here cannot be read, found or played: of sealing keys, those that seal something."""
    needed = {settings.SEAL_KEY_CURRENT, *sealing_keys().values}
    return _marks(number for number in sorted(needed) if number in settings.SEAL_KEYS)


def known_marks() -> dict[str, str]:
    """Return the mark of each key that is known here."""
    return _marks(sorted(settings.SEAL_KEYS))


def _marks(sealing: Iterable[int]) -> dict[str, str]:
    keys: Mapping[str, bytes] = {
        "JIANGXUE_BEAT_MASTER_KEY": settings.BEAT_MASTER_KEY,
        "JIANGXUE_INDEX_KEY": settings.INDEX_KEY,
        "JIANGXUE_MEDIA_MASTER_KEY": settings.MEDIA_MASTER_KEY,
        **{f"{_SEALING}{number}": settings.SEAL_KEYS[number] for number in sealing},
    }
    return {
        name: hashlib.sha256(_PURPOSE + name.encode() + b"\x00" + key).hexdigest()[:16] for name, key in keys.items()
    }
