"""Which code proves a second factor (第二因子), and who must give one. Clause M3; GB/T 22239-2019 level 3; RFC 6238, RFC 4226."""

import re
import unicodedata
from base64 import b32encode
from collections.abc import Iterable, Sequence
from datetime import datetime
from hmac import compare_digest

from jiangxue.kernel.totp import DIGITS, code_at, step_at
from jiangxue.kernel.viewer import Role

DRIFT_STEPS = 1
"""How many steps of 30 seconds the clock of a phone may be wrong, before and after."""
RECOVERY_CODES = 10
RECOVERY_BYTES = 10
"""80 random bits: nobody guesses one, so its keyed index may be kept without slow hashing."""
_GROUP = 4


def needs_second_factor(roles: Iterable[Role]) -> bool:
    """Say whether somebody signs in with a second factor: whoever holds a role beside that of a learner."""
    return any(role is not Role.LEARNER for role in roles)


def typed_code(text: str) -> str:
    """Return a typed code without spaces and dashes, full width narrowed, letters large."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()


def accepted_step(secret: bytes, code: str, *, now: datetime, used: int) -> int | None:
    """Return the step whose code this is, within one step of `now` and after the last one that was `used`; None where there is none.

    Whoever watches a code being typed cannot use it again: a step counts once.
    """
    if len(code) != DIGITS or not code.isdecimal() or not code.isascii():
        return None
    near = range(step_at(now) - DRIFT_STEPS, step_at(now) + DRIFT_STEPS + 1)
    fits = [step for step in near if step > used and compare_digest(code_at(secret, step), code)]
    return fits[0] if fits else None


def usable_code(secret: bytes, *, now: datetime, used: int) -> str:
    """Return a code that is accepted now: what an app shows, or will show next where that was used; empty where both were."""
    steps = (step for step in (step_at(now), step_at(now) + DRIFT_STEPS) if step > used)
    step = next(steps, None)
    return "" if step is None else code_at(secret, step)


def recovery_code(random: bytes) -> str:
    """Return a code for who has lost their phone, in groups of four: `RECOVERY_BYTES` random bytes in base 32."""
    text = b32encode(random).decode()
    return "-".join(_groups(text))


def _groups(text: str) -> Sequence[str]:
    return [text[start : start + _GROUP] for start in range(0, len(text), _GROUP)]


def in_groups(secret: str) -> str:
    """Return a secret as it is read aloud or typed: in groups of four."""
    return " ".join(_groups(secret))
