"""What an archive says of itself: whose it is, in which class, taught by what. Clauses T8.1, C2."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from jiangxue.accounts.rules.registered import Registered
from jiangxue.courseware.rules.content import CourseContent, TaughtModule
from jiangxue.enrolment.rules.background import Background
from jiangxue.kernel.canonical import Value


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """A class and whose it is, as they stood when they were written down."""

    pk: int
    code: str
    name: str
    opens_on: date
    closes_on: date
    institution_id: int
    institution: str
    version_id: int
    version_serial: int
    version_sha256: str


def description(of: ClassFacts, content: CourseContent, learner: Registered) -> dict[str, Value]:
    """Return what is sealed of an enrolment so that its archive can be read without any other table; lengths in ms, hours in hundredths."""
    facts = content.facts
    return {
        "learner": {
            "account": learner.account_id,
            "name": learner.name,
            "id_type": learner.id_type,
            "masked_number": learner.masked_number,
        },
        "class": {
            "id": of.pk,
            "code": of.code,
            "name": of.name,
            "opens_on": of.opens_on.isoformat(),
            "closes_on": of.closes_on.isoformat(),
        },
        "institution": {"id": of.institution_id, "name": of.institution},
        "course": {
            "version": of.version_id,
            "serial": of.version_serial,
            "sha256": of.version_sha256,
            "title": facts.title,
            "occupation": [facts.occupation.code, facts.occupation.name] if facts.occupation else [],
            "level": facts.level.value if facts.level else "",
            "special_ability": facts.special_ability,
            "project_type": facts.project_type.value if facts.project_type else "",
            "hours": {"online": facts.hours.online, "live": facts.hours.live, "practice": facts.hours.practice},
        },
        "outline": [_module(module) for module in content.modules],
    }


def told(background: Background) -> dict[str, Value]:
    """Return what is sealed of a learner's background for one class; empty where untold."""
    return {
        "group": background.group.value if background.group else "",
        "education": background.education.value if background.education else "",
        "domicile": background.domicile,
        "employer": background.employer,
        "employer_uscc": background.employer_uscc,
    }


def opened_by(
    application: Mapping[str, Value], sha256: str, approval_no: str, approved_by: int | None
) -> dict[str, Value]:
    """Return what is sealed of the application from which a class came: all that was handed in, its hash, and who approved it under which number."""
    return {"application": application, "sha256": sha256, "approval_no": approval_no, "approved_by": approved_by}


def _module(module: TaughtModule) -> dict[str, Value]:
    lessons: list[Value] = [
        {
            "lesson": lesson.ref,
            "title": lesson.title,
            "kind": lesson.kind.value,
            "length_ms": lesson.length_ms,
            "pages": lesson.pages,
        }
        for lesson in module.lessons
    ]
    return {"title": module.title, "lessons": lessons}
