"""Rotating the sealing key: everything sealed is sealed anew under the current one. Decision 0023; docs/keys.md."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import DONE, PROGRAM, REFUSED
from jiangxue.djangokit.resealing import SOME, At, Step, not_changeable, opens_what_it_sealed, reseal
from jiangxue.djangokit.sealed import key_ring
from jiangxue.kernel import crypto
from jiangxue.kernel.clock import Clock
from jiangxue.operations.errors import KeyIsUnproven, KeysAreLacking, MayNotReseal, WrongKey
from jiangxue.operations.queries import SealingKeys, sealing_keys

type Said = Callable[[Step], None]


@dataclass(slots=True)
class Rotation:
    """What came of it: how the keys stand now, how many values were sealed anew, and which did not open (column, row)."""

    keys: SealingKeys
    resealed: int = 0
    unopened: set[tuple[str, object]] = field(default_factory=set)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is sealed under another key than the current one any more."""
        return not self.keys.waiting


def require_rotatable(fingerprint: str = "") -> SealingKeys:
    """Return how the keys stand, or refuse before anything is changed.

    `fingerprint` is that of the current key as the platform shows it; it is needed while nothing is sealed under that key.
    Raises `KeysAreLacking`, `WrongKey`, `KeyIsUnproven` or `MayNotReseal`.
    """
    keys, ring = sealing_keys(), key_ring()
    if keys.lacking:
        raise KeysAreLacking(keys.lacking)
    for number in sorted({*keys.values, ring.current} & set(ring.keys)):
        if opens_what_it_sealed(ring, number) is False:
            raise WrongKey(number)
    shown = crypto.fingerprint(ring.keys[ring.current])
    if fingerprint and fingerprint.strip().lower() != shown:
        raise WrongKey(ring.current)
    if keys.waiting and not fingerprint and opens_what_it_sealed(ring, ring.current) is None:
        raise KeyIsUnproven
    if keys.waiting and (closed := not_changeable()):
        raise MayNotReseal(closed)
    return keys


def rotate_seal_key(
    *, fingerprint: str, clock: Clock, said: Said = lambda _: None, at: At = lambda _: None
) -> Rotation:
    """Seal everything anew under the current key and return what came of it; may be killed at any moment and begun again.

    Raises what `require_rotatable` raises.
    """
    keys = require_rotatable(fingerprint)
    rotation = Rotation(keys)
    if rotation.is_complete:
        return rotation
    audit.record("seal_key.rotation_begun", by=PROGRAM, at=clock.now(), about=("seal_key", keys.current))
    for some in (SOME, 1):  # what others held at first is waited for, one row at a time
        for step in reseal(key_ring(), at=at, some=some):
            rotation.resealed += step.resealed
            rotation.unopened |= {(step.title, row) for row in step.unopened}
            said(step)
    with transaction.atomic():
        rotation.keys = sealing_keys()
        result = DONE if rotation.is_complete else REFUSED
        audit.record("seal_key.rotated", by=PROGRAM, at=clock.now(), about=("seal_key", keys.current), result=result)
    return rotation
