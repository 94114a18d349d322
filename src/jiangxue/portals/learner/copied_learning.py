"""What somebody learned, how they were checked and tested, and what they said of it: the parts of a copy that are learning."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from jiangxue.assessment.queries.own_copy import CopiedAttempt, copied_attempts
from jiangxue.attendance.queries.own import Held, own_attendance
from jiangxue.attendance.rules.codes import Side
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.queries import all_own_places
from jiangxue.enrolment.queries.promises import Signed, own_promises
from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.models import Check, FaceReviewStep, IdentityStatement, StudySession
from jiangxue.learning.queries.appeals import Appealed
from jiangxue.learning.queries.days import Day, SessionDay
from jiangxue.learning.queries.own_copy import (
    own_appeals,
    own_checks,
    own_days,
    own_reviews,
    own_sessions,
    own_statements,
)
from jiangxue.learning.rules.face_reviews import ReviewStep
from jiangxue.portals.attendance_words import SIDES, steps_said
from jiangxue.portals.case_words import STEPS as CASE_STEPS
from jiangxue.portals.case_words import days_said, result_said
from jiangxue.portals.face_words import STEPS
from jiangxue.portals.figures import figures_of
from jiangxue.portals.identity_words import seen_said
from jiangxue.portals.learner.told_of_me import roster_parts
from jiangxue.portals.subsidy_words import group_said
from jiangxue.rating.models import CourseRating
from jiangxue.rating.queries.own_copy import held_ratings
from jiangxue.supervision.queries.cases import Filed, cases, with_steps
from jiangxue.ui.checks import CHECK_KINDS, CHECK_OUTCOMES
from jiangxue.ui.endings import ENDINGS
from jiangxue.ui.kinds import KINDS
from jiangxue.ui.roster_words import EDUCATIONS

type Lines = Iterable[Mapping[str, object]]
SECOND_MS = 1_000


def learning_parts(viewer: Viewer) -> Iterator[tuple[str, Lines]]:
    """Return the parts with their names, each as lines."""
    yield _("Classes"), (_place(each) for each in all_own_places(viewer))
    yield _("Entries on rosters"), roster_parts(viewer)
    yield _("Promises signed"), (_promise(each) for each in own_promises(viewer))
    yield _("Study sessions"), (_session(each) for each in own_sessions(viewer).iterator(chunk_size=500))
    yield _("Learning time by day"), (_part(day, part) for day in own_days(viewer) for part in day.parts)
    yield _("Random check-ins"), (_check(each) for each in own_checks(viewer).iterator(chunk_size=500))
    yield _("Lesson tests"), (_attempt(each) for each in copied_attempts(viewer))
    yield _("Appeals"), (_appeal(each) for each in own_appeals(viewer))
    yield _("Hours being looked into"), (_case(each) for each in with_steps(list(cases(viewer))))
    yield _("Reviews of face checks"), (_review(each) for each in own_reviews(viewer))
    yield _("Confirmed by staff"), (_statement(each) for each in own_statements(viewer))
    yield _("Live and practice lessons"), (_attendance(each) for each in own_attendance(viewer))
    yield _("Ratings of courses"), (_rating(each) for each in held_ratings(viewer))


def _place(place: Enrolment) -> dict[str, object]:
    of = place.training_class
    return {
        _("Class"): of.name,
        _("Code of the class"): of.code,
        _("Institution"): of.institution.name,
        _("Course"): of.version.title,
        _("First day"): of.opens_on,
        _("Last day"): of.closes_on,
        _("In the class since"): place.enrolled_at,
        _("Left the class"): place.left_at,
        _("Priority group"): group_said(place.group),
        _("Education"): str(EDUCATIONS.get(place.education, "")),
        _("Region of domicile (code of six digits)"): place.domicile,
        _("Employer"): place.employer,
        _("Code of the employer"): place.employer_uscc,
        _("Number of the archive"): place.aid,
    }


def _promise(signed: Signed) -> dict[str, object]:
    return {
        _("Class"): signed.enrolment.training_class.name if signed.enrolment else "",
        _("Version"): signed.version,
        _("Signed at"): signed.at,
        _("Hash"): signed.text_sha256,
    }


def _session(session: StudySession) -> dict[str, object]:
    return {
        _("Class"): session.enrolment.training_class.name,
        _("Lesson"): session.lesson.title,
        _("Signed in"): session.opened_at,
        _("Signed out"): session.closed_at,
        _("Reason"): str(ENDINGS[session.end_reason].label) if session.closed_at else _("learning now"),
        _("Device"): session.device,
        _("Network address"): session.address,
    }


def _part(day: Day, part: SessionDay) -> dict[str, object]:
    figures = figures_of(part.share.stretches)
    return {
        _("Day"): day.day,
        _("Class"): part.session.enrolment.training_class.name,
        _("Lesson"): part.session.lesson.title,
        _("Signed in"): part.session.opened_at,
        _("Time online, in seconds"): figures.raw_ms // SECOND_MS,
        _("Credited, in seconds"): figures.credited_ms // SECOND_MS,
        _("Of this confirmed, in seconds"): figures.confirmed_ms // SECOND_MS,
        _("Corrected by hand, in seconds"): figures.corrected_ms // SECOND_MS,
        _("Not counted, in seconds by reason"): {
            str(KINDS[each.kind].label): each.ms // SECOND_MS for each in figures.refused
        },
    }


def _check(check: Check) -> dict[str, object]:
    return {
        _("Asked at"): check.asked_at,
        _("Lesson"): check.session.lesson.title,
        _("Kind"): str(CHECK_KINDS[check.kind]),
        _("Result"): str(CHECK_OUTCOMES[check.outcome]),
        _("Ended at"): check.settled_at,
        _("Answered after, in ms"): check.reaction_ms,
        _("Pressed wrongly"): check.wrong_presses,
    }


def _attempt(copied: CopiedAttempt) -> dict[str, object]:
    attempt = copied.attempt
    return {
        _("Class"): attempt.enrolment.training_class.name,
        _("Lesson"): attempt.lesson.title,
        _("Begun at"): attempt.begun_at,
        _("Ended at"): attempt.ended_at,
        _("Score"): attempt.score,
        _("Passed"): attempt.passed,
        _("Questions"): [
            {
                _("Question"): item.text,
                _("Options"): list(item.options),
                _("Chosen"): None if item.chosen is None else item.options[item.chosen],
            }
            for item in copied.items
        ],
    }


def _appeal(found: Appealed) -> dict[str, object]:
    appeal = found.appeal
    return {
        _("Handed in"): appeal.opened_at,
        _("Day"): appeal.day,
        _("Lesson"): appeal.session.lesson.title,
        _("Why it did not count"): str(KINDS[appeal.reason].label),
        _("Your words"): appeal.text,
        _("With a picture"): found.has_picture,
        _("Steps"): [{_("Time"): step.at, _("Result"): step.result, _("Reason"): step.text} for step in found.steps],
    }


def _case(filed: Filed) -> dict[str, object]:
    case = filed.case
    return {
        _("Opened at"): case.opened_at,
        _("Class"): filed.place.training_class.name,
        _("Days in question"): days_said(case.freeze.first_day, case.freeze.last_day),
        _("Why the hours are looked at"): case.grounds,
        _("What is to be explained"): case.question,
        _("Steps"): [
            {
                _("Time"): step.at,
                _("Result"): result_said(step.result, step.days) or str(CASE_STEPS[step.kind]),
                _("Reason"): step.text,
            }
            for step in filed.steps
        ],
    }


def _review(step: FaceReviewStep) -> dict[str, object]:
    return {
        _("Asked at"): step.check_made.asked_at,
        _("Time"): step.at,
        _("Result"): str(STEPS[ReviewStep(step.kind)]),
        _("Reason"): step.text,
    }


def _statement(statement: IdentityStatement) -> dict[str, object]:
    review = getattr(statement, "review", None)
    agreed = _("signs") if review and review.agrees else _("sends back")
    return {
        _("Day"): statement.day,
        _("Class"): statement.enrolment.training_class.name,
        _("Time"): statement.at,
        _("Result"): seen_said(statement.how, statement.seen_at, statement.document, statement.at),
        _("Remark"): statement.text,
        _("Steps"): [{_("Time"): review.at, _("Result"): agreed, _("Reason"): review.text}] if review else [],
    }


def _attendance(held: Held) -> dict[str, object]:
    marks = [
        {
            _("Time"): mark.at,
            _("Result"): str(SIDES[Side(mark.side)]),
            _("Device"): mark.device,
            _("Network address"): mark.address,
        }
        for mark in held.entry.marks
    ]
    steps = [
        {_("Time"): step["at"], _("Result"): str(step["act"]), _("Reason"): step["text"]}
        for step in steps_said(held.entry, names=False)
    ]
    return {
        _("Class"): held.place.training_class.name,
        _("Lesson"): held.item.title,
        _("Begins at"): held.item.starts_at,
        _("Ends at"): held.item.ends_at,
        _("Codes that were scanned"): marks,
        _("Steps"): steps,
    }


def _rating(rating: CourseRating) -> dict[str, object]:
    return {
        _("Course"): rating.course.title,
        _("Class"): rating.enrolment.training_class.name,
        _("Rated at"): rating.rated_at,
        _("Stars"): rating.stars,
        _("Comment"): rating.comment,
        _("Stars for teachers"): {each.lecturer.name: each.stars for each in rating.lecturers.all()},
        _("Earlier versions"): [
            {_("Time"): each.at, _("Stars"): each.stars, _("Comment"): each.comment} for each in rating.changes.all()
        ],
    }
