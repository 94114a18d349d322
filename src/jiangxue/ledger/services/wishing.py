"""Asking for heads before the day is over, so that an archive can be given out complete up to now."""

from datetime import datetime

from jiangxue.kernel.clock import to_ms
from jiangxue.ledger.models import HeadsWish


def wish_for_heads(*, now: datetime) -> None:
    """Ask the sealer to enter heads soon; it does so when the last ones are witnessed."""
    HeadsWish.objects.create(at_ms=to_ms(now))
