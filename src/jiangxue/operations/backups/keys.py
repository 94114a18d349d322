"""By which keys of the application a backup can be read: eight bytes tell whether it is the same key, and nothing about it."""

import hashlib
from collections.abc import Mapping

from django.conf import settings

_PURPOSE = b"jiangxue backup: which key\x00"


def key_marks() -> dict[str, str]:
    """Return the mark of each key without which what a backup holds cannot be read, found or played."""
    keys: Mapping[str, bytes] = {
        "JIANGXUE_BEAT_MASTER_KEY": settings.BEAT_MASTER_KEY,
        "JIANGXUE_INDEX_KEY": settings.INDEX_KEY,
        "JIANGXUE_MEDIA_MASTER_KEY": settings.MEDIA_MASTER_KEY,
        "JIANGXUE_SEAL_KEY": settings.SEAL_KEYS[settings.SEAL_KEY_CURRENT],
    }
    return {
        name: hashlib.sha256(_PURPOSE + name.encode() + b"\x00" + key).hexdigest()[:16] for name, key in keys.items()
    }
