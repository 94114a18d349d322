"""Registering oneself: one person, one account, and nothing that a stranger learns by trying (clauses M1, M2)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError
from django.test import override_settings

from jiangxue.accounts.errors import (
    AccountRefusal,
    CodeOver,
    CodeWrong,
    ConsentTextChanged,
    NameUnfit,
    NotMatched,
    NumberTaken,
    NumberUnfit,
    PhoneTaken,
    RegistrationClosed,
    TooManyAttempts,
    TooYoung,
)
from jiangxue.accounts.models import Account, Identity, IdentityVerification
from jiangxue.accounts.queries import account_by_identifier, memberships
from jiangxue.accounts.queries.consents import has_agreed
from jiangxue.accounts.queries.persons import person_in_full
from jiangxue.accounts.queries.verification import verification_of
from jiangxue.accounts.rules.consents import PURPOSES, Purpose
from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.rules.verification import Answer, Outcome
from jiangxue.accounts.services import Person, create_account, sign_in
from jiangxue.accounts.services.registering import Application, register
from jiangxue.audit.models import AuditEntry
from jiangxue.kernel.viewer import Role
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories import people
from tests.factories.registering import (
    APPLICATION,
    CONTRADICTING,
    FROM,
    NUMBER,
    PHONE,
    SILENT,
    SilentSource,
    code_for,
    registered,
)
from tests.refusals import refusal_of

OTHER_PHONE = "13900003333"
AGAIN = MORNING + timedelta(minutes=2)


def _refused(refusal: type[AccountRefusal], **other: object) -> None:
    before = Account.objects.count()
    assert refusal_of(lambda: registered(AGAIN, **other)) is refusal
    assert Account.objects.count() == before


@pytest.mark.clause("M1", "M2")
def test_who_registers_is_a_learner_with_a_verified_identity_and_has_agreed(db: None) -> None:
    account = registered(MORNING, id_number="１１０１０５１９４９１２３１００２ｘ", name=" 王建国 ")
    assert [each.role for each in memberships(account.pk)] == [Role.LEARNER]
    person = person_in_full(account.pk)
    assert (person.name, person.id_number, person.phone, person.id_type) == ("王建国", NUMBER, PHONE, "居民身份证")
    assert all(has_agreed(account.pk, purpose) for purpose in (Purpose.PROCESSING, Purpose.PHONE))
    assert not has_agreed(account.pk, Purpose.COMMENTS)
    known = verification_of(account.pk)
    assert known is not None
    assert (known.outcome, known.source) == (Outcome.MATCHED, "演示核验源")
    assert known.reference
    acts = set(AuditEntry.objects.filter(actor_id=account.pk).values_list("action", flat=True))
    assert {"account.registered", "consent.given", "identity.verified"} <= acts


@pytest.mark.parametrize("identifier", [NUMBER.lower(), PHONE])
def test_who_has_registered_signs_in_by_number_and_by_mobile(db: None, identifier: str) -> None:
    account = registered(MORNING)
    signed = sign_in(identifier=identifier, password=people.PASSWORD, address=None, now=MORNING)
    assert signed == account


@pytest.mark.parametrize(
    ("id_type", "typed", "signs_in_as"),
    [
        (IdType.HK_MACAO_PERMIT, "H12345678", "h1234567801"),
        (IdType.TAIWAN_PERMIT, "12345678", "1234567801(B)"),
        (IdType.FOREIGN_PERMANENT, "USA110085010112", "usa110085010112"),
        (IdType.PASSPORT, "E12345678", " e1234 5678"),
    ],
)
def test_a_document_of_any_kind_registers_and_signs_in(db: None, id_type: IdType, typed: str, signs_in_as: str) -> None:
    account = registered(MORNING, id_type=id_type, id_number=typed)
    assert account_by_identifier(signs_in_as) == account


@pytest.mark.clause("M1")
def test_the_same_number_a_second_time_is_told_to_who_knows_the_name_too(db: None) -> None:
    registered(MORNING)
    _refused(NumberTaken, phone=OTHER_PHONE)
    refused = AuditEntry.objects.get(action="account.registered", result="refused")
    assert refused.actor_id is None


@pytest.mark.clause("M1")
def test_who_knows_only_the_number_hears_what_they_hear_of_any_wrong_pair(db: None) -> None:
    registered(MORNING)
    _refused(NotMatched, phone=OTHER_PHONE, name="李四")


@pytest.mark.clause("M1")
def test_one_number_is_one_person_whatever_the_document_is_called(db: None) -> None:
    registered(MORNING, id_type=IdType.HK_MACAO_PERMIT, id_number="H12345678")
    _refused(NumberTaken, phone=OTHER_PHONE, id_type=IdType.PASSPORT, id_number="H12345678")


def test_a_mobile_number_of_somebody_else_is_told_to_who_has_proved_it(db: None) -> None:
    registered(MORNING)
    other = people.id_number(1)
    _refused(PhoneTaken, id_number=other)
    with pytest.raises(CodeWrong):
        register(replace(APPLICATION, id_number=other, code="000000"), by=FROM, now=AGAIN)


def test_who_does_not_want_the_mobile_number_kept_registers_without_it(db: None) -> None:
    registered(MORNING)
    processing = {Purpose.PROCESSING: PURPOSES[Purpose.PROCESSING].version}
    second = registered(AGAIN, id_number=people.id_number(1), agreed=processing)
    assert person_in_full(second.pk).phone == ""
    assert not has_agreed(second.pk, Purpose.PHONE)


@override_settings(IDENTITY_SOURCE=CONTRADICTING)
def test_whom_the_source_contradicts_is_not_registered(db: None) -> None:
    _refused(NotMatched)
    assert not IdentityVerification.objects.exists()


@override_settings(IDENTITY_SOURCE=CONTRADICTING)
def test_a_number_that_is_free_and_one_that_is_taken_sound_alike(db: None) -> None:
    with override_settings(IDENTITY_SOURCE=SILENT):
        registered(MORNING)
    _refused(NotMatched, phone=OTHER_PHONE)


@override_settings(IDENTITY_SOURCE=SILENT)
def test_a_source_that_is_silent_keeps_nobody_out(db: None) -> None:
    account = registered(MORNING)
    known = verification_of(account.pk)
    assert known is not None
    assert known.outcome is Outcome.UNAVAILABLE


@pytest.mark.parametrize("setting", ["IDENTITY_SOURCE", "CODE_SENDER"])
def test_without_a_source_or_a_sender_nobody_registers_themselves(db: None, setting: str) -> None:
    with override_settings(**{setting: ""}):
        _refused(RegistrationClosed)


def test_a_code_is_not_lost_by_a_refusal_and_is_used_up_by_success(db: None) -> None:
    registered(MORNING, phone=OTHER_PHONE)
    code = code_for(PHONE, AGAIN)
    with pytest.raises(NumberTaken):
        register(replace(APPLICATION, code=code), by=FROM, now=AGAIN)
    mended = replace(APPLICATION, code=code, id_number=people.id_number(1))
    register(mended, by=FROM, now=AGAIN)
    third = replace(
        mended, id_number=people.id_number(2), agreed={Purpose.PROCESSING: PURPOSES[Purpose.PROCESSING].version}
    )
    assert refusal_of(lambda: register(third, by=FROM, now=AGAIN)) is CodeOver


@pytest.mark.parametrize(
    ("refusal", "other"),
    [
        (NameUnfit, {"name": "123"}),
        (NumberUnfit, {"id_number": "110105194912310021"}),
        (TooYoung, {"id_number": "110105201301010012"}),
        (ConsentTextChanged, {"agreed": {}}),
        (ConsentTextChanged, {"agreed": {Purpose.PROCESSING: 0}}),
        (ConsentTextChanged, {"agreed": {Purpose.PROCESSING: PURPOSES[Purpose.PROCESSING].version, Purpose.PHONE: 0}}),
    ],
)
def test_what_cannot_be_registered_is_refused(
    db: None, refusal: type[AccountRefusal], other: dict[str, object]
) -> None:
    _refused(refusal, **other)


@pytest.mark.clause("M1")
def test_a_number_is_not_tried_without_end(db: None) -> None:
    registered(MORNING)
    for attempt in range(9):
        _refused(NotMatched, name="李四", phone=f"1390000{attempt:04d}")
    _refused(TooManyAttempts, name="李四", phone="13900008888")


def test_who_has_no_code_does_not_use_up_what_somebody_may_try(db: None) -> None:
    for attempt in range(20):
        _tried(replace(APPLICATION, phone=f"1390000{attempt:04d}"))
        _tried(APPLICATION)
    assert registered(MORNING)


@pytest.mark.clause("M1")
def test_an_address_does_not_try_one_number_after_the_other(db: None) -> None:
    for attempt in range(60):
        _tried(replace(APPLICATION, phone=f"1390000{attempt:04d}", id_number=people.id_number(attempt)))
    assert refusal_of(lambda: _tried(APPLICATION)) is TooManyAttempts
    _tried(APPLICATION, MORNING + timedelta(hours=1))


class Nameless(SilentSource):
    """A source that breaks its word: it says yes without a reference."""

    def verify(self, name: str, id_type: IdType, number: str) -> Answer:
        """Say yes."""
        return Answer(Outcome.MATCHED)


@override_settings(IDENTITY_SOURCE=f"{__name__}.Nameless")
def test_a_fault_of_a_source_is_not_taken_for_a_number_that_is_taken(db: None) -> None:
    with pytest.raises(IntegrityError, match="accounts_verification_names_its_source"):
        registered(MORNING)
    assert not Account.objects.exists()


def _tried(application: Application, now: datetime = MORNING) -> None:
    try:
        register(application, by=FROM, now=now)
    except (CodeOver, CodeWrong):
        return


def test_a_document_is_of_a_known_kind(db: None) -> None:
    account = people.account(now=MORNING)
    with broken("accounts_id_type_known"):
        Identity.objects.filter(pk=account.pk).update(id_type="library_card")


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("accounts_verification_outcome_known", {"outcome": "perhaps"}),
        ("accounts_verification_names_its_source", {"source": " "}),
        ("accounts_verification_names_its_source", {"reference": ""}),
    ],
)
def test_a_verification_says_who_said_what(db: None, name: str, changed: dict[str, str]) -> None:
    account = people.account(now=MORNING)
    right = {"source": "x", "outcome": "matched", "reference": "1", "at": MORNING}
    with broken(name):
        IdentityVerification.objects.create(account=account, **{**right, **changed})


def test_staff_make_no_account_of_a_wrong_number(db: None) -> None:
    person = Person("someone", "王建国", people.PASSWORD, "T12345678", id_type=IdType.HK_MACAO_PERMIT)
    with pytest.raises(ValueError, match="not a number"):
        create_account(person, roles=[(Role.LEARNER, None)], now=MORNING)
