"""What people are told of classes that are applied for and opened, of rosters, attendance, papers and staff."""

from django.utils.translation import gettext_lazy as _

from jiangxue.portals.notice_words.said import (
    ABOUT,
    ADMINISTRATOR,
    HEAD,
    LEARNER,
    OF_A_CLASS,
    STATERS,
    SUPERVISOR,
    SYSTEM,
    Said,
)

_ITEM = ("class", "about")
_JOINED = (_("Invitations accepted"), _("Somebody whom you invited has accepted and works with you now."))

OPENINGS: dict[str, Said] = {
    "opening.submitted": Said(
        _("Applications to decide"),
        _("%(institution)s applies to open “%(class_title)s”. Please approve it or give it back with the reasons."),
        SUPERVISOR,
        "regulator:opening",
        ABOUT,
    ),
    "opening.approved": Said(
        _("Applications approved"),
        _("The application for “%(class_title)s” is approved. The class can be opened now."),
        OF_A_CLASS,
        "institution:opening",
        ABOUT,
    ),
    "opening.returned": Said(
        _("Applications to change"),
        _("The application for “%(class_title)s” came back with things to change. Open it to read the reasons."),
        OF_A_CLASS,
        "institution:opening",
        ABOUT,
    ),
    "class.opened": Said(
        _("Classes opened"),
        _("“%(class_title)s”, which you lead, has been opened."),
        HEAD,
        "institution:class",
        ABOUT,
    ),
    "promise.due": Said(
        _("Promises to sign"),
        _(
            "You have a place in “%(class_title)s”, which begins on %(opens_on)s. Please read the promise and sign it: then you can learn."
        ),
        LEARNER,
        "learner:promise",
        ABOUT,
    ),
    "opening.opened": Said(
        _("Classes opened"),
        _("The class “%(class_title)s” is open. People who have a place in it: %(people)s."),
        OF_A_CLASS,
        "institution:opening",
        ABOUT,
    ),
    "opening.stopped": Said(
        _("Classes not opened"),
        _("The class “%(class_title)s” has not been opened. Open the application to read why."),
        OF_A_CLASS,
        "institution:opening",
        ABOUT,
    ),
    "roster.saved": Said(
        _("Rosters saved"),
        _("The roster of the application “%(class_title)s” has been saved. Rows that were left out: %(left_out)s."),
        OF_A_CLASS,
        "institution:opening_roster",
        ABOUT,
    ),
    "roster.taken_in": Said(
        _("Rosters taken in"),
        _("Your roster for “%(class_title)s” has been taken in: %(added)s people added, %(left_out)s rows left out."),
        OF_A_CLASS,
        "institution:class_roster_file",
        ABOUT,
    ),
    "class.joined": Said(
        _("People added to approved classes"),
        _(
            "%(institution)s has added people to “%(class_title)s” since it was opened: %(joined)s so far. The approval did not name them."
        ),
        SUPERVISOR,
        "regulator:class",
        ABOUT,
    ),
    "lesson.planned": Said(
        _("Lessons planned or moved"),
        _("“%(item_title)s” (%(class_title)s) is planned for %(starts_at)s. Open it to see where."),
        LEARNER,
        "learner:plan_item",
        _ITEM,
    ),
    "lesson.cancelled": Said(
        _("Lessons cancelled"),
        _("“%(item_title)s” (%(class_title)s) on %(starts_at)s does not take place."),
        LEARNER,
        "learner:plan_item",
        _ITEM,
    ),
    "lesson.yours": Said(
        _("Lessons you hold"),
        _("You hold “%(item_title)s” (%(class_title)s) on %(starts_at)s. Open it to see where."),
        STATERS,
        "institution:plan_item",
        _ITEM,
    ),
    "lesson.not_yours": Said(
        _("Lessons you hold no more"),
        _("You do not hold “%(item_title)s” (%(class_title)s) any more. Open it to read why."),
        STATERS,
        "institution:plan_item",
        _ITEM,
    ),
    "attendance.stated": Said(
        _("Attendance to sign"),
        _("Attendance of “%(item_title)s” (%(class_title)s) waits for a second person."),
        OF_A_CLASS,
        "institution:plan_item",
        _ITEM,
    ),
    "attendance.sent_back": Said(
        _("Attendance sent back"),
        _("Attendance of “%(item_title)s” (%(class_title)s) was sent back. Open it to read why."),
        STATERS,
        "institution:plan_item",
        _ITEM,
    ),
    "attendance.disputed": Said(
        _("Objections to attendance"),
        _(
            "A learner of “%(class_title)s” says that their attendance of “%(item_title)s” is wrong. Please look at it by %(due_on)s."
        ),
        HEAD,
        "institution:plan_item",
        _ITEM,
    ),
    "attendance.recorded": Said(
        _("Attendance recorded"),
        _(
            "Your attendance of “%(item_title)s” (%(class_title)s) has been recorded. Open it to see what counts, and say so if it is wrong."
        ),
        LEARNER,
        "learner:plan_item",
        _ITEM,
    ),
    "paper.expiring": Said(
        _("Papers running out"),
        _("A paper of %(institution)s runs out on %(ends_on)s. Please renew it and write the new one down."),
        ADMINISTRATOR,
        "institution:own",
    ),
    "paper.expired": Said(
        _("Papers that have run out"),
        _("A paper of %(institution)s ran out on %(ends_on)s. Please write the new one down."),
        ADMINISTRATOR,
        "institution:own",
    ),
    "paper.expiring_watched": Said(
        _("Papers running out"),
        _("A paper of %(institution)s runs out on %(ends_on)s, and no newer one is written down."),
        SUPERVISOR,
        "regulator:overview",
    ),
    "paper.expired_watched": Said(
        _("Papers that have run out"),
        _("A paper of %(institution)s ran out on %(ends_on)s, and no newer one is written down."),
        SUPERVISOR,
        "regulator:overview",
    ),
    "staff.joined": Said(*_JOINED, ADMINISTRATOR, "institution:staff"),
    "staff.joined_authority": Said(*_JOINED, SUPERVISOR, "regulator:staff"),
    "staff.joined_first": Said(*_JOINED, SYSTEM, "operator:organisation_staff", ("organisation",)),
    "staff.joined_platform": Said(*_JOINED, SYSTEM, "operator:platform_staff"),
}
