"""What learners are told."""

from django.utils.translation import gettext_lazy as _

from jiangxue.portals.notice_words.said import ABOUT, LEARNER, Said

LEARNERS: dict[str, Said] = {
    "appeal.decided": Said(
        _("Appeals decided"),
        _("Your appeal about %(day_on)s has been decided. Open it to read the result and the reason."),
        LEARNER,
        "learner:appeal",
        ABOUT,
    ),
    "correction.granted": Said(
        _("Corrections decided"),
        _("Your name or number has been corrected as you asked."),
        LEARNER,
        "learner:my_data",
    ),
    "correction.refused": Said(
        _("Corrections not made"),
        _("Your request for a correction was not granted. Open it to read the reason."),
        LEARNER,
        "learner:my_data",
    ),
    "face_check.confirmed": Said(
        _("Face checks confirmed"),
        _("A person has looked at your face check of %(day_on)s: it was you. The time before it is confirmed."),
        LEARNER,
        "learner:record_day",
        ("day_on",),
    ),
    "face_check.not_confirmed": Said(
        _("Face checks not confirmed"),
        _(
            "Two persons have looked at your face check of %(day_on)s and could not confirm you. The time before it does not count; you can appeal."
        ),
        LEARNER,
        "learner:record_day",
        ("day_on",),
    ),
    "face.not_theirs": Said(
        _("Enrolled faces to renew"),
        _(
            "The face that was enrolled could not be matched with your identity document and has been deleted. Please choose anew how your identity is confirmed."
        ),
        LEARNER,
        "learner:face",
    ),
    "settlement.made": Said(
        _("Recognised hours"),
        _("The hours of “%(class_title)s” have been recognised. Open your archive to see what they come to."),
        LEARNER,
        "learner:archive",
        ABOUT,
    ),
    "class.ending": Said(
        _("Classes about to end"),
        _(
            "“%(class_title)s” ends on %(closes_on)s, and %(open_ms)s of yours still wait to be confirmed. Go on learning until the next check is passed."
        ),
        LEARNER,
        "learner:class",
        ABOUT,
    ),
    "consent.renewed": Said(
        _("Renewed texts"),
        _("A text that you agreed to has been renewed. Please read it and say whether you agree."),
        LEARNER,
        "learner:consents",
    ),
}
