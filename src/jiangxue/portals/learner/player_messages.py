"""The words of the player, translated for the island that shows them (keys: web/islands/player/messages.ts)."""

from django.utils.translation import gettext as _

from jiangxue.ui.kinds import KINDS


def player_messages(kind: str) -> dict[str, str]:
    """Return every message of the player by its key, in the words of a kind of lesson; `{name}` stands for a value that the page fills in."""
    kinds = {f"kind_{name}": str(kind.label) for name, kind in KINDS.items()}
    words = _main_action() | _status() | _notices() | _pages() | _check() | _figures() | kinds
    return words | _OWN_WORDS.get(kind, dict)()


def _main_action() -> dict[str, str]:
    return {
        "start": _("Start learning"),
        "continue_from": _("Continue from {time}"),
        "play": _("Go on playing"),
        "pause": _("Pause"),
        "wait": _("One moment…"),
        "watch": _("Watch (not counted)"),
        "still_here": _("I am still learning"),
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
        "locked": _("Not counting: what comes now opens as you learn; it cannot be watched ahead."),
        "page_full": _("This page's time is full. Please turn to the next page."),
        "idle": _("Still there? Nothing was turned or touched for {minutes} minutes, so counting paused."),
        "check_waiting": _("Not counting: waiting for the check-in."),
    }


def _notices() -> dict[str, str]:
    return {
        "went_back": _("Back at the place you have reached"),
        "no_forward": _("What you have not seen yet cannot be skipped"),
        "no_speed": _("Only normal speed counts"),
        "connected_again": _("Connected again, counting goes on"),
        "picture_trouble": _("The picture does not load, trying again…"),
        "picture_failed": _("The video cannot be played; load the page anew or use another browser"),
        "check_passed": _("Check-in passed; the time before it is confirmed"),
        "check_was_wrong": _("Check-in passed. The right answer: {right} (a wrong answer costs no time)"),
        "check_put_off": _("This face check was put off; the time before it waits for the next one"),
        "check_settled": _("The check-in is over, learning goes on"),
    }


def _pages() -> dict[str, str]:
    return {
        "page_of": _("Page {page} of {pages}"),
        "page_spoken": _("Page {page} of {pages}"),
        "turn_in": _("{seconds} s until it can be turned"),
        "end_in": _("{seconds} s until the end"),
        "next_page": _("Next page"),
        "last_page": _("Last page"),
        "page_loading": _("Opening page {page}…"),
        "page_held_back": _(
            "Page {page} is not open yet: it opens by itself once the server has counted the page before it."
        ),
        "page_fails": _("Weak network: fetching page {page} again…"),
        "no_text": _("This page has no text."),
        "strip_spoken": _("Page {page} of {pages}, {finished} finished"),
    }


def _document_words() -> dict[str, str]:
    return {
        "continue_from": _("Continue from page {time}"),
        "play": _("Go on reading"),
        "watch": _("Read (not counted)"),
        "uncounted": _("Not counting: what you read now earns no time."),
        "was_hidden": _("Not counting: you left this page, so it paused. Press “Go on reading”."),
        "tap_needed": _("Not counting: press “Go on reading” once, please."),
        "ended": _("Not counting: all pages are read."),
        "repeating": _("Not counting: you have read this page; review is not counted twice."),
        "buffering": _("Not counting: the page is loading…"),
        "no_forward": _("A page opens when the time of the one before it is full"),
        "picture_trouble": _("The page does not load, trying again…"),
        "picture_failed": _("The page cannot be shown; load the lesson anew or use another browser"),
    }


def _audio_words() -> dict[str, str]:
    return {
        "watch": _("Listen (not counted)"),
        "uncounted": _("Not counting: what you listen to now earns no time."),
        "repeating": _("Not counting: you have heard this part; review is not counted twice."),
        "buffering": _("Not counting: the sound is loading…"),
        "no_forward": _("What you have not heard yet cannot be skipped"),
        "picture_trouble": _("The sound does not load, trying again…"),
        "picture_failed": _("The sound cannot be played; load the page anew or use another browser"),
    }


_OWN_WORDS = {"document": _document_words, "audio": _audio_words}


def _check() -> dict[str, str]:
    return {
        "check_title": _("Check in, please · {title}"),
        "check_fetching": _("One moment, the check-in's question is coming…"),
        "check_fetching_again": _("Weak network: fetching the question again…"),
        "check_hint": _("Press your answer; learning then goes on by itself."),
        "check_face": _("Please show your face; learning then goes on by itself."),
        "check_again": _("Please choose once more as the question asks; you can still choose {left} times."),
        "check_sending": _("Sending…"),
        "check_sending_again": _("Weak network: sending again. Please leave this page open."),
        "check_over": _("The time is over, waiting for the result…"),
        "check_left": _("{seconds} s left"),
        "check_spoken": _("Random check-in, {seconds} seconds left. {text}"),
    }


def _figures() -> dict[str, str]:
    return {
        "position_spoken": _("{position} of {length}, reached {reached}"),
        "day_of_cap": _("{day}, up to {cap} today in this class"),
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
