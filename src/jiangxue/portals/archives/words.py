"""The kinds of records of an archive, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RECORDS: dict[str, str | Promise] = {
    "enrolment.opened": _("Archive opened at the enrolment"),
    "enrolment.described": _("Learner, class and course written down"),
    "enrolment.version_changed": _("Class goes on by another version of the course"),
    "session.opened": _("Study session opened"),
    "segment.sealed": _("Learning time sealed"),
    "session.closed": _("Study session ended"),
    "time.judged": _("Credited time confirmed or no longer counted"),
    "check.settled": _("Check-in settled"),
    "face.judged": _("Face shown at a check"),
    "face.reviewed": _("Face check decided by people"),
    "face.compared": _("Enrolled face compared with the identity document"),
    "face.arranged": _("Face checks arranged for the learner"),
    "identity.stated": _("Confirmation by staff: stated"),
    "identity.reviewed": _("Confirmation by staff: signed or sent back"),
    "attendance.signed": _("Live or practice lesson: signed in or out"),
    "attendance.stated": _("Live or practice lesson: presence stated by staff"),
    "attendance.reviewed": _("Live or practice lesson: statement signed or sent back"),
    "attendance.disputed": _("Live or practice lesson: learner says that it is wrong"),
    "face.enrolled": _("Face enrolled"),
    "face.forgotten": _("Stored face data deleted"),
    "correction.appended": _("Minutes corrected by hand"),
    "appeal.opened": _("Appeal opened"),
    "appeal.proposed": _("Appeal: head teacher proposes"),
    "appeal.sent_back": _("Appeal: sent back"),
    "appeal.approved": _("Appeal: approved"),
    "case.opened": _("Case opened"),
    "case.explained": _("Case: explained"),
    "case.asked": _("Case: further question"),
    "case.proposed": _("Case: proposed"),
    "case.sent_back": _("Case: sent back"),
    "case.decided": _("Case: decided"),
    "case.lapsed": _("Case: time for freezing over"),
    "test.begun": _("Lesson test begun"),
    "test.submitted": _("Lesson test handed in and marked"),
    "test.expired": _("Lesson test: time was up"),
    "test.withdrawn": _("Lesson test withdrawn with its course"),
    "rating.given": _("Course rated"),
    "rating.changed": _("Rating changed"),
    "rating.comment_shown": _("Comment shown to everybody"),
    "rating.comment_hidden": _("Comment hidden"),
    "hours.settled": _("Hours settled"),
    "consent.given": _("Consent given"),
    "consent.withdrawn": _("Consent withdrawn"),
    "promise.signed": _("Promise signed"),
    "identity.verified": _("Identity verified by a source outside"),
    "archive.erased": _("Contents erased by law"),
}
"""By kind; tests/repository sees to it that no kind is missing."""


def record_label(kind: str) -> str:
    """Return what a kind of record is called; its own name where this program does not know it."""
    return str(RECORDS.get(kind, kind))
