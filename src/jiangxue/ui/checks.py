"""Kinds and outcomes of checks (随机打卡) as people read them; the names are those of learning/rules/checks.py."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHECK_KINDS: dict[str, str | Promise] = {
    "": "—",
    "confirm": _("press to confirm"),
    "simple_question": _("simple question"),
    "course_question": _("question about the course"),
}
"""What a check asks; it is drawn when the check is first shown, and there is none before."""

CHECK_OUTCOMES: dict[str, str | Promise] = {
    "": _("waiting for an answer"),
    "passed": _("passed"),
    "missed": _("missed"),
    "withdrawn": _("withdrawn by the server"),
}
"""How a check ended, or that it is open."""
