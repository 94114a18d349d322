"""What audit entries and parts of the platform are called."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from jiangxue.learning.queries.alarms import Disagreement

ACTIONS: dict[str, str | Promise] = {
    "sign_in": _("Signing in"),
    "sign_in.locked": _("Signing in while locked"),
    "sign_out": _("Signing out"),
    "role.chosen": _("Choosing a role"),
    "password.changed": _("Changing the password"),
    "password.confirmed": _("Confirming the password"),
    "numbers.revealed": _("Showing numbers in full"),
    "account.created": _("Creating an account"),
    "class.opened": _("Opening a class"),
    "class.recomputed": _("Having a class recomputed"),
    "appeal.proposed": _("Proposing a decision on an appeal"),
    "appeal.approved": _("Approving a decision on an appeal"),
    "appeal.sent_back": _("Sending a decision on an appeal back"),
    "question.added": _("Adding a course question"),
    "question.replaced": _("Changing a course question"),
    "question.retired": _("Retiring a course question"),
    "upload.created": _("Beginning to send a file"),
    "upload.dropped": _("Giving up a file"),
    "upload.ready": _("Making a file ready"),
    "upload.refused": _("Refusing a file"),
    "upload.failed": _("Failing to convert a file"),
    "upload.retried": _("Trying a file again"),
    "upload.captioned": _("Adding captions to a file"),
    "upload.placed": _("Putting a file into the outline"),
    "rating.given": _("Rating a course"),
    "rating.changed": _("Changing the rating of a course"),
    "rating.comment_shown": _("Showing a comment on a course"),
    "rating.comment_hidden": _("Hiding a comment on a course"),
    "policy.set": _("Setting rules"),
    "occupations.drafted": _("Sending a table of occupations"),
    "occupations.imported": _("Importing a table of occupations"),
    "occupations.discarded": _("Discarding a table of occupations"),
    "words.imported": _("Importing the list of sensitive words"),
    "hit.harmless": _("Calling a sensitive word harmless"),
    "hit.to_change": _("Asking for a sensitive word to be changed"),
}
OBJECTS: dict[str, str | Promise] = {
    "account": _("account"),
    "class": _("class"),
    "question": _("course question"),
    "upload": _("file of a course"),
    "course_rating": _("rating of a course"),
    "policy_version": _("version of rules"),
    "appeal": _("appeal"),
    "occupation_table": _("table of occupations"),
    "occupation_draft": _("table of occupations that was sent"),
    "word_list": _("list of sensitive words"),
    "hit": _("sensitive word found"),
}


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
