"""The words of reports that no other page has: where classes and places stand, ages, and what stands where nothing is told."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Words = str | Promise

CLASS_STATES: dict[str, Words] = {
    "upcoming": _("not begun"),
    "running": _("class running"),
    "over": _("ended"),
    "settled": _("hours recognised"),
}
ATTEMPTS: dict[str, Words] = {
    "passed": _("test passed"),
    "failed": _("test not passed"),
    "expired": _("not handed in"),
}
LEARNER_STATES: dict[str, Words] = {
    "learning": _("learning"),
    "finished": _("all lessons finished"),
    "unfinished": _("over without finishing"),
    "left": _("left the class"),
}
