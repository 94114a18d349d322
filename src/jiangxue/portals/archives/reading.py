"""What an archive says, in words, for the page and the paper alike, so that the two cannot differ. Clauses T8.1, T1.3."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from jiangxue.archive.rules.dossier import Dossier, Promised, Verified
from jiangxue.portals.archives import days, faces, lines
from jiangxue.portals.archives.attendance import attendance_lines
from jiangxue.portals.archives.case_lines import case_lines
from jiangxue.portals.archives.frame import Archive
from jiangxue.portals.archives.hours import settlements
from jiangxue.portals.archives.people_said import people_said
from jiangxue.portals.figures import figures_of
from jiangxue.portals.subsidy_words import group_said
from jiangxue.ui.course_words import LEVELS, PROJECT_TYPES
from jiangxue.ui.id_types import ID_TYPES
from jiangxue.ui.masking import masked_name
from jiangxue.ui.moments import moment_of_ms
from jiangxue.ui.real_name import verification_said
from jiangxue.ui.roster_words import EDUCATIONS


def whole(dossier: Dossier, archive: Archive) -> dict[str, object]:
    """Return what the page of an archive shows of its content."""
    people = lines.people_of(dossier)
    return {
        "identity": identity(dossier, masked=not archive.around.is_own),
        "figures": figures_of(dossier.stretches),
        "checks": days.outcomes(dossier.checks),
        "days": [
            {**line, "url": archive.of("archive_day", line["day"].isoformat())} for line in days.day_lines(dossier)
        ],
        "lessons": lines.lesson_lines(dossier),
        "attendance": attendance_lines(dossier, people),
        "attempts": lines.attempt_lines(dossier),
        "faces": faces.face_lines(dossier),
        "stored_faces": faces.stored_lines(dossier),
        "people_said": people_said(dossier, people),
        "appeals": lines.appeal_lines(dossier, people),
        "cases": case_lines(dossier, people),
        "ratings": lines.rating_lines(dossier, masked=not archive.around.is_own),
        "consents": lines.consent_lines(dossier),
        "changes": lines.change_lines(dossier),
        "settlements": settlements(dossier, people),
        "records": {"count": dossier.records, "waiting": dossier.waiting, "unread": len(dossier.unread)},
        "records_url": archive.of("archive_records"),
    }


def identity(dossier: Dossier, *, masked: bool) -> list[tuple[str, str]]:
    """Return whose archive it is and what is taught, as written down last; the name masked for those who have not asked to see it."""
    said = dossier.described
    if not said:
        return []
    learner, course, of_class = said["learner"], said["course"], said["class"]
    version = _("{serial} (SHA-256 of its content {digest}…)")
    facts = (
        (_("Learner"), masked_name(learner["name"]) if masked else learner["name"]),
        (_("Identity document"), _document(learner)),
        (_("Registered before as"), "；".join(_registered_before(dossier, masked=masked))),
        (_("Real-name verification"), "；".join(_verified(each) for each in dossier.verifications)),
        (_("Class"), f"{of_class['name']} · {of_class['code']}"),
        (_("Dates"), f"{of_class['opens_on']} – {of_class['closes_on']}"),
        (_("Institution"), said["institution"]["name"]),
        (_("Course"), course["title"]),
        (_("Occupation"), " ".join(course["occupation"]) or course["special_ability"]),
        (_("Level"), str(LEVELS.get(course["level"], ""))),
        (_("Project type"), str(PROJECT_TYPES.get(course["project_type"], ""))),
        (_("Version of the course"), version.format(serial=course["serial"], digest=course["sha256"][:16])),
        *_background(said),
        (_("Approval of the class"), said.get("opening", {}).get("approval_no", "")),
        (_("Promises"), "；".join(_promised(each) for each in dossier.promises)),
        (_("Enrolled at"), moment_of_ms(dossier.opened_at_ms) if dossier.opened_at_ms else ""),
    )
    return [(label, value) for label, value in facts if value]


def _background(said: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what the institution told of the learner; archives from before that was written down say nothing."""
    told = said.get("background", {})
    return [
        (_("Priority group"), group_said(told.get("group", ""))),
        (_("Education"), str(EDUCATIONS.get(told.get("education", ""), ""))),
        (_("Employer"), told.get("employer", "")),
    ]


def _promised(promised: Promised) -> str:
    """Return whose promise it is, its version, and when it was signed."""
    words = {"institution": _("Promise of the institution"), "learner": _("Promise of the learner")}
    said = _("{promise} (version {version}, {time})")
    return said.format(
        promise=words.get(promised.party, promised.party), version=promised.version, time=moment_of_ms(promised.at_ms)
    )


def _registered_before(dossier: Dossier, *, masked: bool) -> list[str]:
    """Return the names and documents under which the archive was kept before: whose hours these were stays plain after a correction."""
    registered = dict.fromkeys(
        (each.values["learner"]["name"], _document(each.values["learner"])) for each in dossier.descriptions
    )
    present = dossier.described["learner"]
    registered.pop((present["name"], _document(present)))
    return [f"{masked_name(name) if masked else name} · {document}" for name, document in registered]


def _verified(verified: Verified) -> str:
    return verification_said(verified.source, moment_of_ms(verified.at_ms), is_matched=verified.is_matched)


def _document(learner: Mapping[str, Any]) -> str:
    if not learner["masked_number"]:
        return _("none is registered")
    return f"{ID_TYPES.get(learner['id_type'], learner['id_type'])} {learner['masked_number']}"
