"""What supervisors and the three administrators are told."""

from django.utils.translation import gettext_lazy as _

from jiangxue.portals.notice_words.said import ABOUT, ADMINISTRATORS, AUDITOR, FACES, SECURITY, SUPERVISOR, SYSTEM, Said
from jiangxue.portals.notice_words.staff import STAFF

PLATFORM: dict[str, Said] = {
    "recomputation.watched": Said(
        _("Classes judged again"),
        _("“%(class_title)s” has been judged again. Open it to see whether everything agrees."),
        SUPERVISOR,
        "regulator:class",
        ABOUT,
    ),
    "face_case.not_confirmed": Said(
        _("Face checks not confirmed"),
        _("Two persons could not confirm a learner at a face check of “%(class_title)s”."),
        SUPERVISOR,
        "regulator:face_case",
        ABOUT,
    ),
    "deletion.asked": Said(
        _("Requests for deletion"),
        _(
            "Somebody has asked that what is held of them be deleted. What is over its term goes with the next retention run."
        ),
        SYSTEM,
        "operator:retention",
    ),
    "retention.due": Said(
        _("Archives over their term"),
        _("Archives are over their term of retention: %(count)s. Please list them for erasure."),
        SYSTEM,
        "operator:retention",
    ),
    "retention.reported": Said(
        _("Lists of archives to confirm"),
        _("A list of archives whose term is over waits for your word."),
        SECURITY,
        "operator:retention_run",
        ABOUT,
    ),
    "ledger.alarm": Said(
        _("Alarms of the ledger"),
        _("The ledger has raised an alarm at %(raised_at)s. Please look at once what it is about."),
        ADMINISTRATORS,
        "operator:ledger",
    ),
    "faces.many": Said(
        _("Stored face data"),
        _("Face data of %(count)s persons are stored. From 100,000 on a filing is due within 30 working days."),
        FACES,
        "operator:state",
    ),
    "faces.filing_due": Said(
        _("Filing of face data due"),
        _("Face data of %(count)s persons are stored: the filing with the authority is due within 30 working days."),
        FACES,
        "operator:state",
    ),
    "export.asked_supervisor": Said(
        STAFF["export.asked"].label, STAFF["export.asked"].sentence, SUPERVISOR, "regulator:export_request", ABOUT
    ),
    "export.ready_supervisor": Said(
        STAFF["export.ready"].label, STAFF["export.ready"].sentence, SUPERVISOR, "regulator:export", ABOUT
    ),
    "export.failed_supervisor": Said(
        STAFF["export.failed"].label, STAFF["export.failed"].sentence, SUPERVISOR, "regulator:export", ABOUT
    ),
    "export.ready_auditor": Said(
        STAFF["export.ready"].label, STAFF["export.ready"].sentence, AUDITOR, "operator:export", ABOUT
    ),
    "export.failed_auditor": Said(
        STAFF["export.failed"].label, STAFF["export.failed"].sentence, AUDITOR, "operator:export", ABOUT
    ),
}
