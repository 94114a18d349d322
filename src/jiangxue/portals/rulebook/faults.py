"""Why something cannot be set, and what to do instead."""

from django.utils.translation import gettext as _

from jiangxue.policies.errors import Fault, What
from jiangxue.policies.rules.strictness import STRICTER, Stricter
from jiangxue.portals.rulebook.parameters import PARAMETERS


def fault_sentence(fault: Fault) -> str:
    """Say what is wrong with one value, in the words of the form."""
    parameter = PARAMETERS[fault.name]
    values = {"label": parameter.label, "range": parameter.range_said}
    match fault.what:
        case What.OUT_OF_RANGE:
            return _("“%(label)s” must lie between %(range)s. Enter a number in this range.") % values
        case What.LOOSER:
            return _looser(fault)
        case What.CONTRADICTS:
            return _contradiction(fault)
        case What.NO_LOCK_HERE:
            return _("“%(label)s” cannot be locked here.") % values
        case What.MISSING:
            return _("Enter a number for “%(label)s”; the platform sets every value.") % values
        case _:
            return _("“%(label)s” is set for the whole platform only.") % values


def _looser(fault: Fault) -> str:
    parameter = PARAMETERS[fault.name]
    values = {"bound": parameter.said(fault.bound or 0), "label": parameter.label}
    if parameter.options:
        return _("The level above has fixed “%(label)s” at %(bound)s. Choose “as above”.") % values
    match STRICTER[fault.name]:
        case Stricter.LOWER:
            return _("The level above only allows tightening: “%(label)s” may be at most %(bound)s.") % values
        case Stricter.HIGHER:
            return _("The level above only allows tightening: “%(label)s” must be at least %(bound)s.") % values
        case Stricter.NEITHER:
            return _("The level above has fixed “%(label)s” at %(bound)s. Choose “as above”.") % values


def _contradiction(fault: Fault) -> str:
    mine, other = PARAMETERS[fault.name], PARAMETERS[fault.other]
    values = {"mine": mine.label, "other": other.label, "value": other.said(fault.bound or 0)}
    pair = {fault.name, fault.other}
    if "beat_ms" in pair:
        return _(
            "The page's signals come in longer intervals than that: “Longest silence that counts” must exceed the interval of signals with its spread, else honest time would be lost."
        )
    if pair == {"face_least_ms", "face_mean_ms"}:
        return _(
            "Face checks could be foreseen: “Least time between face checks” may be at most three quarters of “Average time between face checks”. Lower the least time, or raise the average."
        )
    if pair == {"check_least_ms", "check_mean_ms"}:
        return _(
            "Check-ins could be foreseen: “Least time between check-ins” may be at most three quarters of “Average time between check-ins”. Lower the least time, or raise the average."
        )
    if "hours_from_min" in pair:
        return _no_hours(fault)
    if (fault.name, fault.other) in _UPPER:
        return _("“%(mine)s” cannot exceed “%(other)s” (%(value)s). Lower it, or raise the other as well.") % values
    return _("“%(mine)s” cannot lie below “%(other)s” (%(value)s). Raise it, or lower the other as well.") % values


def _no_hours(fault: Fault) -> str:
    """Say that nothing would count; the bound of a beginning is the last minute before the end."""
    values = {"mine": PARAMETERS[fault.name].label, "other": PARAMETERS[fault.other].label}
    bound, said = fault.bound or 0, PARAMETERS[fault.other].said
    if fault.name == "hours_from_min":
        values["value"] = said(bound + 1)
        return _("“%(mine)s” must lie before “%(other)s” (%(value)s), else nothing would count at any hour.") % values
    values["value"] = said(bound)
    return _("“%(mine)s” must lie after “%(other)s” (%(value)s), else nothing would count at any hour.") % values


_UPPER = {
    ("check_mean_ms", "check_most_ms"),
    ("check_least_ms", "check_mean_ms"),
    ("check_answer_ms", "check_expiry_ms"),
    ("face_mean_ms", "face_most_ms"),
    ("face_least_ms", "face_mean_ms"),
    ("face_answer_ms", "face_expiry_ms"),
    ("class_day_cap_ms", "day_cap_ms"),
    ("max_gap_ms", "silent_close_ms"),
}
"""Pairs in which the first must not exceed the second."""
