"""What parts of the platform are called."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from jiangxue.learning.queries.alarms import Disagreement


@dataclass(frozen=True, slots=True)
class PartLabel:
    """A part of the platform in words."""

    label: str | Promise
    good: str | Promise
    bad: str | Promise

    def sentence(self, works: bool) -> str:  # noqa: FBT001
        """Say what its state means."""
        return str(self.good if works else self.bad)


PARTS: dict[str, PartLabel] = {
    "database": PartLabel(_("Database"), _("It answers."), _("It does not answer: start it, or look at its log.")),
    "jobs": PartLabel(
        _("Background jobs"),
        _("A worker is doing them."),
        _("No worker has reported for a minute: automatic sign-outs wait until one runs."),
    ),
}

CLASSES_NAMED = 5


def judging_line(found: Sequence[Disagreement]) -> dict[str, object]:
    """Say whether judging again agreed with what was counted, and in which classes it did not."""
    label = _("Judging of learning time")
    if not found:
        return {
            "label": label,
            "works": True,
            "sentence": _("Every part sealed within the last 7 days agrees with what was counted while learning."),
        }
    named = _("; ").join(
        _("%(name)s (%(parts)d, latest on %(day)s)")
        % {"name": each.class_name, "parts": each.parts, "day": each.last_day.isoformat()}
        for each in found[:CLASSES_NAMED]
    )
    sentence = ngettext(
        "In %(count)d class sealed parts differ from what was counted while learning: %(named)s. Have it recomputed, and look for judged_again_differs in the worker's log.",
        "In %(count)d classes sealed parts differ from what was counted while learning: %(named)s. Have them recomputed, and look for judged_again_differs in the worker's log.",
        len(found),
    ) % {"count": len(found), "named": named}
    return {"label": label, "works": False, "sentence": sentence}
