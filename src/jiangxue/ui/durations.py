"""How a length of time and a place in a film are written, the same on every page."""

from django.utils.translation import gettext as _


def duration(milliseconds: int) -> str:
    """Write a length of time as people say it (1 小时 20 分, 3 分 05 秒), always rounded down.

    Above an hour the seconds are left out: nobody plans an afternoon by them.
    """
    hours, minutes, seconds = _parts(milliseconds)
    if hours and minutes:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    if hours:
        return _("%(hours)d h") % {"hours": hours}
    if minutes and seconds:
        return _("%(minutes)d min %(seconds)02d s") % {"minutes": minutes, "seconds": seconds}
    if minutes or milliseconds <= 0:
        return _("%(minutes)d min") % {"minutes": minutes}
    if seconds:
        return _("%(seconds)d s") % {"seconds": seconds}
    return _("less than 1 s")


def exact_duration(milliseconds: int) -> str:
    """Write a length of time to the millisecond (1 分 9.674 秒), where two of them are compared."""
    hours, minutes, _seconds = _parts(milliseconds)
    values = {"hours": hours, "minutes": minutes, "seconds": max(0, milliseconds) % 60_000 / 1000}
    if hours:
        return _("%(hours)d h %(minutes)d min %(seconds).3f s") % values
    if minutes:
        return _("%(minutes)d min %(seconds).3f s") % values
    return _("%(seconds).3f s") % values


def seconds(milliseconds: int) -> str:
    """Write a short time in seconds to the tenth (4.2 秒), rounded down: how long somebody took to answer."""
    return _("%(seconds).1f s") % {"seconds": max(0, milliseconds) // 100 / 10}


def clock(milliseconds: int) -> str:
    """Write a place in a film as a clock shows it (03:05, 1:02:03), rounded down."""
    hours, minutes, seconds = _parts(milliseconds)
    if hours:
        return f"{hours}:{minutes:02d}:{seconds:02d}"
    return f"{minutes:02d}:{seconds:02d}"


def _parts(milliseconds: int) -> tuple[int, int, int]:
    seconds = max(0, milliseconds) // 1000
    return seconds // 3600, seconds // 60 % 60, seconds % 60
