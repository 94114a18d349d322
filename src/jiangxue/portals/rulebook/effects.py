"""What each parameter means for a learner, in one sentence with its value."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from jiangxue.policies.rules.layers import longest_beat_ms
from jiangxue.policies.rules.time_policy import DAY_MIN, HOUR_UNIT_MS, TimePolicy
from jiangxue.portals.rulebook.parameters import PARAMETERS
from jiangxue.ui.durations import duration

type Effect = Callable[[TimePolicy], str]


def effect(name: str, policy: TimePolicy) -> str:
    """Say what one parameter does under a policy."""
    return EFFECTS[name](policy)


def said(name: str, policy: TimePolicy) -> str:
    """Return a parameter's value as people say it."""
    return PARAMETERS[name].said(getattr(policy, name))


def clock_said(minutes: int) -> str:
    """Return minutes since midnight as a clock shows them."""
    return PARAMETERS["hours_from_min"].said(minutes)


def _hours(ms: int) -> str:
    return _("%(duration)s (%(units).2f class hours)") % {"duration": duration(ms), "units": ms / HOUR_UNIT_MS}


def _share(weight: int, policy: TimePolicy) -> int:
    return round(100 * weight / (policy.check_confirm_weight + policy.check_simple_weight + policy.check_course_weight))


def _mean(policy: TimePolicy) -> str:
    return _(
        "On average one check-in for every %(mean)s of learning, at the latest after %(most)s; about %(count)d in %(day)s."
    ) % {
        "mean": average_said(policy),
        "most": said("check_most_ms", policy),
        "count": round(policy.day_cap_ms / policy.check_expected_ms),
        "day": duration(policy.day_cap_ms),
    }


def average_said(policy: TimePolicy) -> str:
    """Say how far apart checks are on average, in whole minutes, or seconds where it is short."""
    ms = policy.check_expected_ms
    return PARAMETERS["check_mean_ms"].said(round(ms / 60_000) * 60_000 if ms >= 120_000 else ms // 1_000 * 1_000)


def _least(policy: TimePolicy) -> str:
    if not policy.check_least_ms:
        return _("After a check-in the next one may come at any time.")
    return _("After a check-in there is none for %(time)s of learning.") % {"time": said("check_least_ms", policy)}


def _void(policy: TimePolicy) -> str:
    if not policy.check_void_ms:
        return _("The first missed check-in of a day costs no time, only later ones do.")
    return _(
        "At the first missed check-in of a day up to %(time)s before it are not counted; at later ones all time that waits for confirmation."
    ) % {"time": said("check_void_ms", policy)}


def _hours_of_day(policy: TimePolicy) -> str:
    if (policy.hours_from_min, policy.hours_until_min) == (0, DAY_MIN):
        return _("Time counts at any hour of the day.")
    values = {"begins": said("hours_from_min", policy), "ends": said("hours_until_min", policy)}
    if not policy.has_hours:
        return _("The hours begin at %(begins)s but end at %(ends)s already: nothing counts at any hour.") % values
    return (
        _("Time counts from %(begins)s to %(ends)s only; outside of these hours nobody can sign in to a lesson.")
        % values
    )


def _plain(name: str, sentence: Callable[[], str]) -> Effect:
    return lambda policy: sentence() % {"value": said(name, policy)}


def _shared(name: str, sentence: Callable[[], str]) -> Effect:
    return lambda policy: sentence() % {"percent": _share(getattr(policy, name), policy)}


def _switch(name: str, on: Callable[[], str], off: Callable[[], str]) -> Effect:
    return lambda policy: on() if getattr(policy, name) else off()


EFFECTS: dict[str, Effect] = {
    "day_cap_ms": lambda policy: (
        _("One person is credited at most %(hours)s a day, over all classes; what exceeds it is not counted.")
        % {"hours": _hours(policy.day_cap_ms)}
    ),
    "class_day_cap_ms": lambda policy: (
        _("In one class at most %(hours)s are credited a day.") % {"hours": _hours(policy.class_day_cap_ms)}
    ),
    "hours_from_min": _hours_of_day,
    "hours_until_min": _hours_of_day,
    "max_gap_ms": _plain(
        "max_gap_ms",
        lambda: _("When no signal comes from the page for longer than %(value)s, the rest is not counted."),
    ),
    "complete_permille": _plain(
        "complete_permille", lambda: _("A lesson is finished when %(value)s of it has been learned.")
    ),
    "silent_close_ms": _plain(
        "silent_close_ms",
        lambda: _(
            "After %(value)s without a signal (no network, screen locked, page closed) the learner is signed out."
        ),
    ),
    "paused_close_ms": _plain("paused_close_ms", lambda: _("After a pause of %(value)s the learner is signed out.")),
    "jumps_to_close": lambda policy: (
        _("Who jumps ahead %(times)d times within %(time)s is signed out.")
        % {"times": policy.jumps_to_close, "time": said("jumps_window_ms", policy)}
    ),
    "jumps_window_ms": _plain("jumps_window_ms", lambda: _("Jumps are forgotten after %(value)s.")),
    "check_least_ms": _least,
    "check_mean_ms": _mean,
    "check_most_ms": _plain("check_most_ms", lambda: _("Nobody learns longer than %(value)s without a check-in.")),
    "check_answer_ms": _plain("check_answer_ms", lambda: _("From its appearance there are %(value)s to answer.")),
    "check_expiry_ms": _plain(
        "check_expiry_ms", lambda: _("It ends at the latest %(value)s after the server asked, also on a slow network.")
    ),
    "check_attempts": lambda policy: _("One check-in may be tried %(times)d times.") % {"times": policy.check_attempts},
    "check_void_ms": _void,
    "check_confirm_weight": _shared(
        "check_confirm_weight", lambda: _("About %(percent)d%% of check-ins only ask to press a button.")
    ),
    "check_simple_weight": _shared(
        "check_simple_weight", lambda: _("About %(percent)d%% of check-ins are a simple question.")
    ),
    "check_course_weight": _shared(
        "check_course_weight", lambda: _("About %(percent)d%% of check-ins are a question on the course.")
    ),
    "review_misses": lambda policy: (
        _(
            "Who misses %(times)d or more check-ins on a day, and more than %(percent)d%% of them, is looked at by the head teacher."
        )
        % {"times": policy.review_misses, "percent": policy.review_missed_percent}
    ),
    "review_missed_percent": lambda policy: (
        _("Up to %(percent)d%% of a day's check-ins may be missed without a review.")
        % {"percent": policy.review_missed_percent}
    ),
    "page_ms": _plain(
        "page_ms", lambda: _("Each page of a document counts %(value)s; then the next one may be turned to.")
    ),
    "idle_ask_ms": _plain(
        "idle_ask_ms",
        lambda: _("Who reads a document and touches nothing for %(value)s is asked; until the answer nothing counts."),
    ),
    "test_pass_percent": _plain(
        "test_pass_percent", lambda: _("A lesson test has 100 points and is passed with %(value)s.")
    ),
    "test_attempts_a_day": lambda policy: (
        _("A lesson test may be begun %(times)d times a day, and again on the next day; none is closed for ever.")
        % {"times": policy.test_attempts_a_day}
    ),
    "face_checks": _switch(
        "face_checks",
        lambda: _(
            "While somebody learns, their face is checked from time to time; without face data staff confirm who they are."
        ),
        lambda: _("Faces are not checked."),
    ),
    "face_least_ms": _plain("face_least_ms", lambda: _("After a face check there is none for %(value)s of learning.")),
    "face_mean_ms": _plain(
        "face_mean_ms",
        lambda: _("On average one face check for every %(value)s of learning, at a moment nobody knows."),
    ),
    "face_most_ms": _plain("face_most_ms", lambda: _("Nobody learns longer than %(value)s without a face check.")),
    "face_first_of_day": _switch(
        "face_first_of_day",
        lambda: _("The first lesson of a day begins with a face check."),
        lambda: _("The first lesson of a day begins without a face check."),
    ),
    "face_lesson_start": _switch(
        "face_lesson_start",
        lambda: _("Each lesson begins with a face check."),
        lambda: _("A new lesson does not by itself bring a face check."),
    ),
    "face_lesson_end": _switch(
        "face_lesson_end",
        lambda: _("Each lesson ends with a face check."),
        lambda: _("The end of a lesson does not by itself bring a face check."),
    ),
    "face_device_change": _switch(
        "face_device_change",
        lambda: _("Who goes on learning on another device shows their face there."),
        lambda: _("A change of device does not by itself bring a face check."),
    ),
    "face_break_ms": _plain(
        "face_break_ms",
        lambda: _("After a break of more than %(value)s there is a face check, if the last one lies long enough ago."),
    ),
    "face_long_percent": _plain(
        "face_long_percent",
        lambda: _("%(value)s of face checks, drawn by lot, are long ones with colours and several actions."),
    ),
    "face_attempts": lambda policy: (
        _("A face check may be tried %(times)d times; then a person decides.") % {"times": policy.face_attempts}
    ),
    "face_answer_ms": _plain(
        "face_answer_ms", lambda: _("Each attempt takes at most %(value)s, counted from when the camera runs.")
    ),
    "face_expiry_ms": _plain(
        "face_expiry_ms", lambda: _("A face check ends at the latest %(value)s after the server asked.")
    ),
    "face_pass_permille": _plain(
        "face_pass_permille", lambda: _("From a similarity of %(value)s on it is the same person.")
    ),
    "face_unclear_permille": _plain(
        "face_unclear_permille",
        lambda: _(
            "Below a similarity of %(value)s it is another person; between the two values the check is repeated and longer."
        ),
    ),
    "face_camera_labels": _switch(
        "face_camera_labels",
        lambda: _("A camera that bears the name of camera software is refused."),
        lambda: _("A camera that bears the name of camera software brings a longer check instead of a refusal."),
    ),
    "face_unavailable_most": lambda policy: (
        _(
            "Who could not be checked %(times)d times in a row, for want of a camera or the like, is confirmed by staff before they go on."
        )
        % {"times": policy.face_unavailable_most}
    ),
    "class_approval": _switch(
        "class_approval",
        lambda: _("A class opens once the supervisor of the region has approved the application."),
        lambda: _(
            "A class opens as soon as the administrator of the institution hands in an application without flaws."
        ),
    ),
    "class_licence": _switch(
        "class_licence",
        lambda: _("An institution without a licence in force hands in no application and opens no class."),
        lambda: _("An application without a licence in force can be handed in; whoever decides is told."),
    ),
    "outside_checker": _switch(
        "outside_checker",
        lambda: _("The authority of the region decides settlements and appeals that the head teacher proposes."),
        lambda: _("An administrator decides settlements and appeals that the head teacher proposes."),
    ),
    "case_answer_days": _plain(
        "case_answer_days", lambda: _("Learner and institution are asked to explain a case within %(value)s.")
    ),
    "case_days": _plain("case_days", lambda: _("A case is decided within %(value)s; after that it is overdue.")),
    "case_freeze_days": _plain(
        "case_freeze_days", lambda: _("Hours that nobody has decided about within %(value)s are recognised again.")
    ),
    "beat_ms": lambda policy: (
        _("The page reports every %(value)s; the longest interval that is paid in full is %(longest)s.")
        % {"value": said("beat_ms", policy), "longest": PARAMETERS["beat_ms"].said(longest_beat_ms(policy.to_values()))}
    ),
    "beat_jitter_percent": _plain(
        "beat_jitter_percent", lambda: _("The interval is drawn up to %(value)s shorter or longer.")
    ),
    "min_beat_ms": _plain("min_beat_ms", lambda: _("Signals closer than %(value)s are not taken.")),
    "event_beats": lambda policy: (
        _("Pause, seek and the like may add %(times)d signals within %(time)s.")
        % {"times": policy.event_beats, "time": said("event_window_ms", policy)}
    ),
    "event_window_ms": _plain("event_window_ms", lambda: _("Extra signals are counted over %(value)s.")),
    "max_carry_ms": _plain(
        "max_carry_ms", lambda: _("Up to %(value)s of unused time make up for signals that come early or late.")
    ),
    "jump_ms": _plain("jump_ms", lambda: _("A picture more than %(value)s ahead of time is a jump.")),
    "dead_after_ms": _plain(
        "dead_after_ms", lambda: _("A window whose signal is overdue by %(value)s is replaced without asking.")
    ),
}
BRIEF_OF_FACES = ("face_first_of_day", "face_mean_ms", "face_most_ms", "face_attempts")
BRIEF = (
    "day_cap_ms",
    "class_day_cap_ms",
    "hours_from_min",
    "max_gap_ms",
    "complete_permille",
    "page_ms",
    "silent_close_ms",
    "paused_close_ms",
    "idle_ask_ms",
    "check_mean_ms",
    "check_answer_ms",
    "check_void_ms",
    "review_misses",
    "face_checks",
    *BRIEF_OF_FACES,
    "test_pass_percent",
    "test_attempts_a_day",
)
"""What people in a class need to know, in this order; of faces no more than that they are not checked, where they are not."""
