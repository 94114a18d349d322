"""Ways around the reviews of courses, around taking down, and around what learners are asked and say (clauses T0, T1.4, M6)."""

import zipfile
from dataclasses import fields, replace
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest

from jiangxue.assessment.errors import CourseTakenDown
from jiangxue.assessment.queries.lesson_tests import Seat
from jiangxue.assessment.queries.recognition import recognition
from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.errors import OutOfReach
from jiangxue.courseware.models import CourseLecturer, Upload
from jiangxue.courseware.queries.teaching import questions_asked, version_in_force
from jiangxue.courseware.rules.content import Basis, Facts, Lecturer, Purpose
from jiangxue.courseware.rules.questions import QuestionDraft
from jiangxue.courseware.rules.screened import texts_of
from jiangxue.courseware.rules.versions import State
from jiangxue.courseware.services import add_question, retire_question
from jiangxue.courseware.services.facts import put_lecturers
from jiangxue.courseware.services.outline import replace_courseware
from jiangxue.courseware.services.uploading import take_chunk
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.policies.rules.time_policy import TimePolicy
from jiangxue.rating.queries.comments import public_comments
from jiangxue.rating.queries.figures import lecturers_of_course
from jiangxue.rating.rules.drafts import Standing
from jiangxue.rating.services.deciding import SeenComment, hide_comment
from jiangxue.review.errors import MayNotReview, NotTakenDown, ReviewOver
from jiangxue.review.models import TakeDown
from jiangxue.review.queries.showing import down_now
from jiangxue.review.rules.opinions import Step
from jiangxue.review.services.signing import LookedAt, sign_review
from jiangxue.review.services.taking_down import put_back, take_down
from jiangxue.screening.models import Hit
from tests.conftest import MORNING
from tests.factories import assessment, people, uploads
from tests.factories.classes import Classroom, classroom, teach_anew
from tests.factories.classes import published as in_force
from tests.factories.content import complete_content
from tests.factories.courses import PASS, Desk, desk, published, signed, submitted
from tests.factories.ratings import finished, lecturer, moderator, rated
from tests.factories.words import word_list
from tests.portals.clients import client_of
from tests.refusals import refusal_of

LATER = MORNING + timedelta(hours=1)
QUESTION = QuestionDraft("先做什么？", ("停电", "验电"), 0)


@pytest.fixture
def at(db: None) -> Desk:
    return desk(MORNING)


@pytest.fixture
def room(db: None) -> Classroom:
    return classroom(MORNING)


def changed(at: Desk) -> None:
    add_question(viewer=people.viewer(at.editor), lesson_id=at.lessons[0].pk, draft=QUESTION, by=PROGRAM, now=MORNING)


def down(version_id: int, who) -> None:
    take_down(viewer=people.viewer(who), version_id=version_id, reason="违法内容", by=PROGRAM, now=LATER)


@pytest.mark.clause("M6")
def test_a_review_that_was_going_on_does_not_undo_a_taking_down(at: Desk) -> None:
    first = published(at, MORNING)
    changed(at)
    second = submitted(at, MORNING)
    for reviewer in at.reviewers[:2]:
        signed(reviewer, second, MORNING)
    down(first.pk, at.reviewers[2])
    assert refusal_of(lambda: signed(at.reviewers[2], second, LATER)) is ReviewOver
    second.refresh_from_db()
    assert (second.state, version_in_force(at.course.pk)) == (State.WITHDRAWN, None)


@pytest.mark.clause("M6")
def test_whoever_took_a_course_down_does_not_publish_its_mended_version(at: Desk) -> None:
    down(published(at, MORNING).pk, at.reviewers[2])
    changed(at)
    mended = submitted(at, LATER)
    for reviewer in at.reviewers[:2]:
        signed(reviewer, mended, LATER)
    assert refusal_of(lambda: signed(at.reviewers[2], mended, LATER)) is MayNotReview
    other = people.account((Role.REVIEWER, None), now=MORNING)
    assert "违法内容" in client_of(other).get(f"/review/versions/{mended.pk}/").content.decode()
    signed(other, mended, LATER)
    assert version_in_force(at.course.pk) == mended
    assert down_now(at.course.pk) is None, "what is shown again is not down"
    refused = refusal_of(
        lambda: put_back(
            viewer=people.viewer(other),
            version_id=mended.pk,
            act_id=TakeDown.objects.get().pk,
            reason="误会",
            by=PROGRAM,
            now=LATER,
        )
    )
    assert refused is NotTakenDown, "what was taken down is not put back beside the mended version"


@pytest.mark.clause("T1.4")
def test_of_two_who_open_the_second_review_one_does_not_sign_the_final_one(at: Desk) -> None:
    version = submitted(at, MORNING)
    signed(at.reviewers[0], version, MORNING)
    signed(at.reviewers[1], version, MORNING)
    opened_before = LookedAt(version.pk, version.sha256, Step.SECOND)
    viewer = people.viewer(at.reviewers[2])
    refused = refusal_of(
        lambda: sign_review(viewer=viewer, looked_at=opened_before, opinion=PASS, by=PROGRAM, now=MORNING)
    )
    assert refused is ReviewOver


@pytest.mark.clause("T1.4")
def test_nobody_sends_a_file_in_the_name_of_another(at: Desk) -> None:
    other = people.account((Role.INSTITUTION_ADMINISTRATOR, at.institution.pk), now=MORNING)
    upload = uploads.announced(at.course, at.editor, MORNING)

    def sent_by(who) -> Upload:
        return take_chunk(viewer=people.viewer(who), upload_id=upload.pk, offset=0, body=b"0" * 30, now=MORNING)

    assert refusal_of(lambda: sent_by(other)) is OutOfReach
    assert sent_by(at.editor).received == 30


def test_names_of_reviewers_are_masked_on_the_printed_sheet(at: Desk) -> None:
    version = submitted(at, MORNING)
    for reviewer in at.reviewers[:2]:
        signed(reviewer, version, MORNING)
    administrator = people.account((Role.INSTITUTION_ADMINISTRATOR, at.institution.pk), now=MORNING)
    sheet = client_of(administrator).get(f"/review/versions/{version.pk}/sheet.docx")
    words = zipfile.ZipFile(BytesIO(sheet.content)).read("word/document.xml").decode()
    assert at.reviewers[1].name not in words
    assert "黄**" in words


@pytest.mark.clause("T1.4")
def test_a_word_that_was_found_is_not_called_harmless_by_leaving_the_answer_out(at: Desk) -> None:
    word_list(MORNING, {"触电": "测试"})
    version = submitted(at, MORNING)
    hit = Hit.objects.order_by("pk")[0]
    client = client_of(at.reviewers[0])
    for said in ({"note": "要改"}, {"decision": "x"}):
        assert client.post(f"/review/versions/{version.pk}/hits/{hit.pk}/", said).status_code == 400
    hit.refresh_from_db()
    assert hit.decision == ""


@pytest.mark.clause("T1.4")
def test_every_text_of_the_facts_is_screened() -> None:
    facts = complete_content().facts
    marked = {field.name: f"标记{field.name}" for field in fields(Facts) if type(getattr(facts, field.name)) is str}
    basis = Basis("标记名称", "标记编号", "标记版本")
    content = complete_content(facts=replace(facts, **marked, basis=basis))
    screened = "\n".join(text.text for text in texts_of(content))
    assert all(words in screened for words in (*marked.values(), basis.name, basis.number, basis.edition))


@pytest.mark.clause("T0", "T1.3")
def test_a_class_keeps_its_test_whatever_becomes_of_its_questions(room: Classroom) -> None:
    asked = assessment.with_test(room, MORNING)
    assessment.played(room, MORNING)
    keeper = people.viewer(people.account((Role.COURSE_EDITOR, room.institution.pk), now=MORNING))
    for question in asked:
        retire_question(viewer=keeper, question_id=question.pk, by=PROGRAM, now=LATER)
    version_id = room.training_class.version_id
    seat = Seat(room.enrolment.pk, version_id, TimePolicy())
    assert not recognition([seat], LATER)[room.enrolment.pk][0].is_recognised
    assert questions_asked(version_id, room.lesson.pk, Purpose.TEST).count() == len(asked)


@pytest.mark.clause("T1.4")
def test_putting_a_file_back_takes_no_question_from_a_class(at: Desk) -> None:
    keeper = people.viewer(at.editor)
    put = {"viewer": keeper, "by": PROGRAM, "now": MORNING}

    def ready(name: str) -> UUID:
        media = uploads.document(f"made/{name}/1")
        fields_ = {"state": "ready", "kind": "pdf", "finished_at": MORNING, "media": media}
        return uploads.kept(at.course, at.editor, MORNING, name=name, **fields_).pk

    first_file, other_file = ready("a"), ready("b")
    first = replace_courseware(lesson_id=at.lessons[0].pk, upload_id=first_file, **put)
    add_question(lesson_id=first.pk, draft=QUESTION, **put)
    version = in_force(at.course, MORNING)
    second = replace_courseware(lesson_id=first.pk, upload_id=other_file, **put)
    again = replace_courseware(lesson_id=second.pk, upload_id=first_file, **put)
    assert again.pk == first.pk
    assert questions_asked(version.pk, first.pk, Purpose.CHECK_IN).count() == 1


@pytest.mark.clause("M6")
def test_the_test_of_a_course_that_was_taken_down_is_neither_shown_nor_passed(room: Classroom) -> None:
    clock = HandClock(MORNING)
    assessment.with_test(room, MORNING)
    assessment.played(room, MORNING)
    attempt = assessment.begun(room, clock)
    down(room.training_class.version_id, moderator(MORNING))
    with pytest.raises(CourseTakenDown):
        assessment.submitted(room, attempt, clock, 4)
    answer = client_of(room.learner).get(f"/learn/attempts/{attempt.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/learn/classes/{room.training_class.pk}/")


def test_a_hidden_comment_does_not_come_back_through_an_empty_one(room: Classroom) -> None:
    word_list(MORNING)
    rating = rated(finished(room.enrolment, MORNING), MORNING, 1, "骂人的话")
    seen = SeenComment(rating.pk, rating.serial, Standing(rating.standing))
    hide_comment(viewer=people.viewer(moderator(MORNING)), seen=seen, reason="辱骂", by=PROGRAM, now=LATER)
    rated(room.enrolment, LATER, 1, "")
    assert rated(room.enrolment, LATER, 1, "骂人的话").standing == Standing.HELD
    assert not public_comments(rating.course_id).exists()


def test_what_learners_think_of_a_teacher_stays_with_the_person(room: Classroom) -> None:
    course = room.training_class.course
    one, other = lecturer(course, "王建国", 1), lecturer(course, "李铁", 2)
    teach_anew(room.training_class, MORNING)
    rated(finished(room.enrolment, MORNING), MORNING, 3, "", {one.pk: 1, other.pk: 5})
    keeper = people.viewer(people.account((Role.COURSE_EDITOR, room.institution.pk), now=MORNING))
    swapped = [Lecturer(one.pk, "李铁"), Lecturer(other.pk, "王建国")]
    put_lecturers(viewer=keeper, course_id=course.pk, lecturers=swapped, by=PROGRAM, now=LATER)
    assert {each.name: each.average.said for each in lecturers_of_course(course.pk) if each.average.count} in (
        {"王建国": "1.0", "李铁": "5.0"},
        {},
    )
    assert CourseLecturer.objects.get(pk=one.pk).name == "王建国"
