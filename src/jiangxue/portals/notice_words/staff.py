"""What staff of institutions and reviewers are told."""

from django.utils.translation import gettext_lazy as _

from jiangxue.portals.notice_words.said import (
    ABOUT,
    ADMINISTRATOR,
    EDITOR,
    EVERYBODY_ON_A_STAFF,
    EXPORTERS,
    HEAD,
    OF_A_CLASS,
    OWN_REVIEWER,
    REVIEWER,
    SUPERVISOR,
    Said,
)

STAFF: dict[str, Said] = {
    "password.link_made": Said(
        _("Links for a new password"),
        _(
            "An administrator has made a link by which your password can be set anew. If you have not asked for it, speak to them and change your password."
        ),
        EVERYBODY_ON_A_STAFF,
        "signin:profile",
    ),
    "password.set_by_link": Said(
        _("Password set anew"),
        _(
            "Your password was set anew by a link and a code of your app. If that was not you, tell an administrator at once."
        ),
        EVERYBODY_ON_A_STAFF,
        "signin:profile",
    ),
    "second_factor.reset": Said(
        _("Second factor to be set up anew"),
        _(
            "An administrator has let your second factor be set up anew. If you have not asked for it, speak to them and change your password."
        ),
        EVERYBODY_ON_A_STAFF,
        "signin:profile",
    ),
    "recomputation.done": Said(
        _("Classes judged again"),
        _("“%(class_title)s” has been judged again. Open it to see whether everything agrees."),
        OF_A_CLASS,
        "institution:class",
        ABOUT,
    ),
    "appeal.opened": Said(
        _("New appeals"),
        _("A learner of “%(class_title)s” has appealed. Please propose a decision by %(due_on)s."),
        HEAD,
        "institution:appeal",
        ABOUT,
    ),
    "appeal.sent_back": Said(
        _("Appeals sent back"),
        _("Your proposal on an appeal of “%(class_title)s” was sent back. Please look at it again by %(due_on)s."),
        HEAD,
        "institution:appeal",
        ABOUT,
    ),
    "appeal.proposed": Said(
        _("Appeals to approve"),
        _("A proposal on an appeal of “%(class_title)s” waits for a second person until %(due_on)s."),
        ADMINISTRATOR,
        "institution:appeal",
        ABOUT,
    ),
    "appeal.to_approve": Said(
        _("Appeals to approve"),
        _("A proposal on an appeal of “%(class_title)s” waits for a second person until %(due_on)s."),
        SUPERVISOR,
        "regulator:appeal",
        ABOUT,
    ),
    "settlement.to_confirm": Said(
        _("Settlements to confirm"),
        _("The settlement of “%(class_title)s” waits for a second person."),
        SUPERVISOR,
        "regulator:settlement",
        ABOUT,
    ),
    "face_case.opened": Said(
        _("Face checks to review"),
        _("A face check of “%(class_title)s” could not be decided by machine. Please look at it by %(due_on)s."),
        HEAD,
        "institution:face_case",
        ABOUT,
    ),
    "face_case.sent_back": Said(
        _("Face checks sent back"),
        _("Your opinion on a face check of “%(class_title)s” was sent back. Please look at it again by %(due_on)s."),
        HEAD,
        "institution:face_case",
        ABOUT,
    ),
    "face_case.doubted": Said(
        _("Face checks to approve"),
        _("An opinion on a face check of “%(class_title)s” waits for a second person until %(due_on)s."),
        ADMINISTRATOR,
        "institution:face_case",
        ABOUT,
    ),
    "faces.waiting": Said(
        _("Enrolled faces to compare"),
        _("Enrolled faces of “%(class_title)s” wait to be held against identity documents: %(count)s."),
        HEAD,
        "institution:enrolled_faces",
        ABOUT,
    ),
    "class.to_settle": Said(
        _("Classes to settle"),
        _("“%(class_title)s” is over. Please propose the settlement of its hours."),
        HEAD,
        "institution:settlement",
        ABOUT,
    ),
    "settlement.sent_back": Said(
        _("Settlements sent back"),
        _("The settlement of “%(class_title)s” was sent back. Please look at it again."),
        HEAD,
        "institution:settlement",
        ABOUT,
    ),
    "settlement.proposed": Said(
        _("Settlements to confirm"),
        _("The settlement of “%(class_title)s” waits for a second person."),
        ADMINISTRATOR,
        "institution:settlement",
        ABOUT,
    ),
    "course.submitted": Said(
        _("Courses to review first"),
        _("The course “%(course_title)s” was handed in and waits for its first review."),
        OWN_REVIEWER,
        "reviewer:version",
        ABOUT,
    ),
    "course.to_review": Said(
        _("Courses to review"),
        _("The course “%(course_title)s” waits for the next review."),
        REVIEWER,
        "reviewer:version",
        ABOUT,
    ),
    "course.published": Said(
        _("Courses published"),
        _("The course “%(course_title)s” has passed all reviews and is published."),
        EDITOR,
        "institution:course",
        ("course",),
    ),
    "course.returned": Said(
        _("Courses to change"),
        _("The course “%(course_title)s” came back from review with things to change."),
        EDITOR,
        "institution:course",
        ("course",),
    ),
    "course.rejected": Said(
        _("Courses rejected"),
        _("The course “%(course_title)s” was rejected at a review. Open it to read the reasons."),
        EDITOR,
        "institution:course",
        ("course",),
    ),
    "upload.ready": Said(
        _("Files ready"),
        _("The file “%(file)s” has been converted and can be put into the outline."),
        EDITOR,
        "institution:file",
        ABOUT,
    ),
    "upload.refused": Said(
        _("Files refused"),
        _("The file “%(file)s” cannot be used as it is. Open it to read why."),
        EDITOR,
        "institution:file",
        ABOUT,
    ),
    "upload.failed": Said(
        _("Files not converted"),
        _("The file “%(file)s” could not be converted, through no fault of its own. Open it to try again."),
        EDITOR,
        "institution:file",
        ABOUT,
    ),
    "roster.ending": Said(
        _("Rosters that are erased soon"),
        _(
            "Nothing was done with the application “%(class_title)s”. Its roster is erased on %(ends_on)s unless you say that it is needed."
        ),
        OF_A_CLASS,
        "institution:opening",
        ("opening",),
    ),
    "roster.erased": Said(
        _("Rosters erased"),
        _(
            "The roster of the application “%(class_title)s” was erased, because nothing was done with it for a long time."
        ),
        OF_A_CLASS,
        "institution:opening",
        ABOUT,
    ),
    "export.asked": Said(
        _("Exports to release"),
        _("A colleague asks for “%(list_title)s” with full names and numbers. Please release it or say why not."),
        ADMINISTRATOR,
        "institution:export_request",
        ABOUT,
    ),
    "export.ready": Said(
        _("Exports ready"),
        _("“%(list_title)s” has been exported. Fetch the file within 24 hours."),
        EXPORTERS,
        "institution:export",
        ABOUT,
    ),
    "export.failed": Said(
        _("Exports not made"),
        _("“%(list_title)s” has not been exported. Open it to read why."),
        EXPORTERS,
        "institution:export",
        ABOUT,
    ),
}
