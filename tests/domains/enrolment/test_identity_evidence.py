"""Who has verified an identity stands in each archive, and is asked again where it is to be (clauses M1, T8.2)."""

from datetime import timedelta

import pytest
from django.test import override_settings

from jiangxue.accounts.models import Account, IdentityVerification
from jiangxue.accounts.queries.persons import person_in_full
from jiangxue.accounts.queries.verification import verification_of, waiting
from jiangxue.accounts.rules.corrections import CorrectedField, CorrectionDraft, Decision
from jiangxue.accounts.rules.verification import Outcome
from jiangxue.accounts.services.corrections import ask_for_correction, decide_correction
from jiangxue.accounts.services.deletion import ask_for_deletion
from jiangxue.accounts.services.verifying import ask_about, keep_answer, portrait_reference, portrait_under
from jiangxue.audit.services import PROGRAM
from jiangxue.enrolment.evidence import append_verifications, verify_learner, verify_waiting
from jiangxue.enrolment.jobs import verify_identities
from jiangxue.kernel.clock import HandClock, to_ms
from jiangxue.kernel.viewer import Role
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.appeals import administrator
from tests.factories.archives import events_of
from tests.factories.classes import Classroom, classroom
from tests.factories.ratings import another
from tests.factories.registering import CONTRADICTING, PORTRAYING, SILENT

LATER = MORNING + timedelta(hours=1)


@pytest.fixture
def room(db: None) -> Classroom:
    return classroom(MORNING)


def _records(room: Classroom) -> list[dict[str, object]]:
    events = sorted(events_of(room.enrolment.aid), key=lambda event: event["at_ms"])
    return [event["data"] for event in events if event["kind"] == "identity.verified"]


@pytest.mark.clause("M1", "T8.2")
def test_an_answer_is_appended_with_who_gave_it_and_under_which_reference(room: Classroom) -> None:
    kept = verify_learner(room.learner.pk, by=PROGRAM, now=LATER)
    assert kept is not None
    expected = {
        "source": "演示核验源",
        "outcome": "matched",
        "reference": kept.reference,
        "verified_at_ms": to_ms(LATER),
    }
    assert _records(room) == [expected]


@override_settings(IDENTITY_SOURCE=SILENT)
def test_silence_is_kept_and_says_nothing_in_an_archive(room: Classroom) -> None:
    verify_learner(room.learner.pk, by=PROGRAM, now=LATER)
    assert _records(room) == []
    assert IdentityVerification.objects.get().outcome == Outcome.UNAVAILABLE


def test_a_no_stands_in_the_archive_too(room: Classroom) -> None:
    with override_settings(IDENTITY_SOURCE=CONTRADICTING):
        verify_learner(room.learner.pk, by=PROGRAM, now=LATER)
    assert [each["outcome"] for each in _records(room)] == ["not_matched"]
    assert room.learner.pk not in waiting(LATER + timedelta(days=9))


@pytest.mark.clause("M1")
def test_what_was_answered_before_stands_in_a_new_archive(room: Classroom) -> None:
    kept = verify_learner(room.learner.pk, by=PROGRAM, now=LATER)
    fresh = another(room.training_class, MORNING)
    append_verifications([room.enrolment, fresh], now=LATER + timedelta(days=1))
    assert [each["verified_at_ms"] for each in _records(room)] == [to_ms(LATER), to_ms(LATER)]
    assert kept is not None
    assert not [event for event in events_of(fresh.aid) if event["kind"] == "identity.verified"]


def test_the_job_asks_about_those_who_wait_and_about_each_once(room: Classroom) -> None:
    assert verify_waiting(clock=HandClock(LATER)) == 1
    assert verify_waiting(clock=HandClock(LATER)) == 0
    assert len(_records(room)) == 1
    verify_identities(0)
    assert len(_records(room)) == 1


def test_a_source_that_was_silent_is_asked_again_after_half_an_hour(room: Classroom) -> None:
    with override_settings(IDENTITY_SOURCE=SILENT):
        verify_waiting(clock=HandClock(LATER))
    assert verify_waiting(clock=HandClock(LATER + timedelta(minutes=29))) == 0
    assert verify_waiting(clock=HandClock(LATER + timedelta(minutes=30))) == 1
    assert [each["outcome"] for each in _records(room)] == ["matched"]


def test_an_archive_of_a_class_that_is_over_is_not_prolonged_by_an_answer(room: Classroom) -> None:
    after = room.training_class.term.closes_at + timedelta(hours=1)
    assert verify_waiting(clock=HandClock(after)) == 0
    assert verify_waiting(clock=HandClock(after - timedelta(hours=2))) == 1


@override_settings(IDENTITY_SOURCE="")
def test_nobody_is_asked_where_there_is_no_source(room: Classroom) -> None:
    assert verify_waiting(clock=HandClock(LATER)) == 0


@pytest.mark.clause("M2")
def test_nothing_is_told_about_who_has_not_agreed_or_wants_to_be_deleted(room: Classroom) -> None:
    undecided = people.undecided(MORNING)
    ask_for_deletion(account_id=room.learner.pk, by=PROGRAM, now=MORNING)
    assert not {undecided.pk, room.learner.pk, room.head_teacher.pk} & set(waiting(LATER))


def _corrected(room: Classroom, name: str) -> None:
    draft = CorrectionDraft(CorrectedField.NAME, name, "写错了")
    asked = ask_for_correction(account_id=room.learner.pk, draft=draft, by=PROGRAM, now=LATER)
    second = people.viewer(administrator(room, HandClock(LATER)))
    assert second.role is Role.INSTITUTION_ADMINISTRATOR
    decision = Decision(is_granted=True, reason="已核对")
    decide_correction(viewer=second, request_id=asked.pk, decision=decision, by=PROGRAM, now=LATER)


@pytest.mark.clause("M1")
def test_a_corrected_registration_is_verified_anew_and_the_old_answer_holds_no_more(room: Classroom) -> None:
    verify_learner(room.learner.pk, by=PROGRAM, now=MORNING)
    _corrected(room, "不符者")
    assert verification_of(room.learner.pk) is None
    assert verify_waiting(clock=HandClock(LATER)) == 1
    known = verification_of(room.learner.pk)
    assert known is not None
    assert known.outcome is Outcome.NOT_MATCHED
    assert [each["outcome"] for each in _records(room)] == ["matched", "not_matched"]


@pytest.mark.clause("M1")
def test_an_answer_about_a_name_that_was_corrected_meanwhile_is_not_kept(room: Classroom) -> None:
    asked = ask_about(room.learner.pk)
    assert asked is not None
    _corrected(room, "李晓明")
    assert keep_answer(asked, by=PROGRAM, now=LATER) is None
    assert person_in_full(room.learner.pk).name == "李晓明"


def portrait_of(account_id: int) -> bytes | None:
    reference = portrait_reference(account_id)
    return None if reference is None else portrait_under(reference)


def test_a_picture_is_had_of_whom_the_present_source_has_matched_and_of_nobody_else(room: Classroom) -> None:
    who = room.learner.pk
    assert portrait_of(who) is None
    verify_learner(who, by=PROGRAM, now=MORNING)
    assert portrait_of(who) is None
    with override_settings(IDENTITY_SOURCE=PORTRAYING):
        assert portrait_of(who) is None
        verify_learner(who, by=PROGRAM, now=MORNING)
        assert portrait_of(who) == b"picture of yes-1"
        _corrected(room, "李晓明")
        assert portrait_of(who) is None


def test_of_somebody_without_a_number_nobody_is_asked(room: Classroom) -> None:
    Account.objects.get(pk=room.learner.pk).identity.delete()
    assert verify_learner(room.learner.pk, by=PROGRAM, now=LATER) is None
