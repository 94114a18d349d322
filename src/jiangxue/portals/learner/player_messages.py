"""The words of the player, translated for the island that shows them (keys: web/islands/player/messages.ts)."""

from django.utils.translation import gettext as _

from jiangxue.ui.kinds import KINDS


def player_messages() -> dict[str, str]:
    """Return every message of the player by its key; `{name}` stands for a value that the page fills in."""
    kinds = {f"kind_{name}": str(kind.label) for name, kind in KINDS.items()}
    return _main_action() | _status() | _notices() | _figures() | kinds


def _main_action() -> dict[str, str]:
    return {
        "start": _("Start learning"),
        "continue_from": _("Continue from {time}"),
        "play": _("Go on playing"),
        "pause": _("Pause"),
        "wait": _("One moment…"),
        "watch": _("Watch (not counted)"),
        "reload": _("Load the page anew"),
    }


def _status() -> dict[str, str]:
    return {
        "ready": _("Not counting: press the button above to sign in and start."),
        "opening": _("Signing in…"),
        "opening_failed": _("Not counting: the server cannot be reached, trying again…"),
        "asking": _("Not counting: you are learning in another place."),
        "uncounted": _("Not counting: what you watch now earns no time."),
        "signing_out": _("Signing out…"),
        "fault": _("Not counting: page and server disagree; load the page anew. All credited time is kept."),
        "counting": _("This window is counting"),
        "hidden": _("Not counting: the page is not in front, so it paused."),
        "was_hidden": _("Not counting: you left this page, so it paused. Press play to go on."),
        "tap_needed": _("Not counting: press play once, please."),
        "paused": _("Not counting: paused."),
        "ended": _("Not counting: the lesson has played to its end."),
        "silence": _("Not counting: no connection for too long, so it paused. Counting resumes with the connection."),
        "network_lost": _("Connection lost, trying again… An outage of up to a minute costs nothing."),
        "refused": _("Not counting: {reason}."),
        "repeating": _("Not counting: you have seen this part; review is not counted twice."),
        "buffering": _("Not counting: the picture is loading…"),
    }


def _notices() -> dict[str, str]:
    return {
        "went_back": _("Back at the place you have reached"),
        "no_forward": _("What you have not seen yet cannot be skipped"),
        "no_speed": _("Only normal speed counts"),
        "connected_again": _("Connected again, counting goes on"),
        "picture_trouble": _("The picture does not load, trying again…"),
        "picture_failed": _("The video cannot be played; load the page anew or use another browser"),
    }


def _figures() -> dict[str, str]:
    return {
        "position_spoken": _("{position} of {length}, reached {reached}"),
        "day_of_cap": _("{day}, limit {cap}"),
        "hours_minutes": _("{hours} h {minutes} min"),
        "hours": _("{hours} h"),
        "minutes_seconds": _("{minutes} min {seconds} s"),
        "minutes": _("{minutes} min"),
        "seconds": _("{seconds} s"),
        "less_than_second": _("less than 1 s"),
        "bar_text": _("Minute bar: {parts}"),
        "bar_empty": _("Minute bar: no time in this lesson today"),
        "bar_comma": _("; "),
        "not_counted": _("not counted"),
    }
