"""Somebody asks for a correction, an administrator of their institution decides, with reasons both (clause M2)."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.accounts.errors import (
    CorrectionDecided,
    CorrectionPending,
    NameUnfit,
    NoIdentity,
    NoSuchCorrection,
    NothingToCorrect,
    NumberTaken,
    NumberUnfit,
    OwnCorrection,
    ReasonMissing,
)
from jiangxue.accounts.models import Account, CorrectionDecision, CorrectionRequest
from jiangxue.accounts.queries import account_by_identifier
from jiangxue.accounts.queries.requests import own_corrections
from jiangxue.accounts.rules.corrections import CorrectedField, CorrectionDraft, Decision, fit_wanted
from jiangxue.accounts.rules.identifiers import check_digit, is_resident_number
from jiangxue.accounts.rules.number_flaws import NumberFault, NumberFlaw, flaw_of
from jiangxue.accounts.services.corrections import ask_for_correction, decide_correction
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import Actor
from jiangxue.djangokit.sealed import seal_for
from jiangxue.kernel.viewer import Role, Viewer
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories import people

pytestmark = pytest.mark.clause("M2")
RIGHT = "11010519491231002X"
TODAY = date(2026, 11, 24)


@pytest.fixture
def learner(db: None) -> Account:
    return people.account(now=MORNING)


@pytest.fixture
def administrator(db: None) -> Viewer:
    who = people.account((Role.REVIEWER, None), now=MORNING)
    return Viewer(who.pk, Role.INSTITUTION_ADMINISTRATOR, organisation_id=1)


def _ask(
    who: Account, wanted: str = "李晓明", field: CorrectedField = CorrectedField.NAME, reason: str = "同音字录错"
) -> CorrectionRequest:
    draft = CorrectionDraft(field, wanted, reason)
    return ask_for_correction(account_id=who.pk, draft=draft, by=Actor(who.pk, "learner"), now=MORNING)


def _decide(viewer: Viewer, request_id: UUID, *, is_granted: bool = True, reason: str = "已核对身份证") -> None:
    by = Actor(viewer.account_id, viewer.role)
    decide_correction(viewer=viewer, request_id=request_id, decision=Decision(is_granted, reason), by=by, now=MORNING)


@pytest.mark.parametrize(
    ("number", "flaw"),
    [
        (RIGHT, None),
        (RIGHT[:-1], NumberFlaw(NumberFault.LENGTH, 17)),
        (f"{RIGHT}0", NumberFlaw(NumberFault.LENGTH, 19)),
        ("", NumberFlaw(NumberFault.LENGTH, 0)),
        ("1101O519491231002X", NumberFlaw(NumberFault.NOT_A_DIGIT, 5)),
        ("X1010519491231002X", NumberFlaw(NumberFault.NOT_A_DIGIT, 1)),
        ("11010519491231002A", NumberFlaw(NumberFault.NOT_A_DIGIT, 18)),
        ("1101051949123١002X", NumberFlaw(NumberFault.NOT_A_DIGIT, 14)),
        ("11010519491331002X", NumberFlaw(NumberFault.NO_DATE, 7)),
        ("11010518991231002X", NumberFlaw(NumberFault.NO_DATE, 7)),
        ("11010520270101002X", NumberFlaw(NumberFault.NO_DATE, 7)),
        ("110105194912310021", NumberFlaw(NumberFault.CHECK, 18)),
    ],
)
def test_a_flaw_is_named_by_its_place(number: str, flaw: NumberFlaw | None) -> None:
    assert flaw_of(number, TODAY) == flaw


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999))
def test_every_right_number_has_no_flaw(born: date, serial: int) -> None:
    first_17 = f"440104{born:%Y%m%d}{serial:03d}"
    number = first_17 + check_digit(first_17)
    assert flaw_of(number, TODAY) is None
    assert is_resident_number(number)


@given(st.text(max_size=20))
def test_whatever_has_no_flaw_is_taken_at_the_registration_too(number: str) -> None:
    assert flaw_of(number, TODAY) is not None or is_resident_number(number)


@pytest.mark.parametrize("name", ["", "  ", "123", "李4明", "李\u200b明", "。。", "长" * 61])
def test_what_cannot_be_a_name_is_refused(name: str) -> None:
    with pytest.raises(NameUnfit):
        fit_wanted(CorrectedField.NAME, name, TODAY)


@pytest.mark.parametrize(("typed", "kept"), [(" 李  明 ", "李 明"), ("阿依古丽·买买提江", "阿依古丽·买买提江")])
def test_a_name_is_kept_without_space_around_it(typed: str, kept: str) -> None:
    assert fit_wanted(CorrectedField.NAME, typed, TODAY) == kept


def test_a_request_changes_nothing_and_is_kept_sealed(learner: Account) -> None:
    request = _ask(learner)
    learner.refresh_from_db()
    assert learner.name == "李小明"
    assert "李晓明".encode() not in bytes(CorrectionRequest.objects.get().wanted)
    assert own_corrections(learner.pk)[0].masked_wanted == "李**"
    assert AuditEntry.objects.get(action="correction.asked").object_id == str(request.pk)


def test_a_granted_name_is_registered(learner: Account, administrator: Viewer) -> None:
    _decide(administrator, _ask(learner).pk)
    learner.refresh_from_db()
    assert learner.name == "李晓明"
    entry = AuditEntry.objects.get(action="correction.granted")
    assert (entry.actor_id, entry.reason) == (administrator.account_id, "已核对身份证")


def test_a_granted_number_signs_in_and_the_old_one_no_longer(learner: Account, administrator: Viewer) -> None:
    old = people.id_number(int(learner.login_name.removeprefix("person")))
    _decide(administrator, _ask(learner, " 110105 19491231 002x", CorrectedField.ID_NUMBER).pk)
    assert account_by_identifier(RIGHT) == learner
    assert account_by_identifier(old) is None


def test_a_refused_request_changes_nothing_and_may_be_made_again(learner: Account, administrator: Viewer) -> None:
    _decide(administrator, _ask(learner).pk, is_granted=False, reason="与身份证不符")
    learner.refresh_from_db()
    assert learner.name == "李小明"
    assert AuditEntry.objects.get(action="correction.refused").reason == "与身份证不符"
    _ask(learner)


def test_one_of_a_kind_waits_at_a_time(learner: Account) -> None:
    _ask(learner)
    with pytest.raises(CorrectionPending):
        _ask(learner, "李明")
    _ask(learner, RIGHT, CorrectedField.ID_NUMBER)


def test_what_is_registered_already_is_no_correction(learner: Account) -> None:
    for wanted in ("李小明", " 李小明 "):
        with pytest.raises(NothingToCorrect):
            _ask(learner, wanted)


@pytest.mark.parametrize("reason", ["", "  ", "——", "长" * 201])
def test_both_sides_give_reasons(learner: Account, administrator: Viewer, reason: str) -> None:
    with pytest.raises(ReasonMissing):
        _ask(learner, reason=reason)
    request = _ask(learner)
    with pytest.raises(ReasonMissing):
        _decide(administrator, request.pk, reason=reason)
    assert not CorrectionDecision.objects.exists()


def test_a_wrong_number_is_refused_with_its_place(learner: Account) -> None:
    with pytest.raises(NumberUnfit) as refused:
        _ask(learner, "110105194912310021", CorrectedField.ID_NUMBER)
    assert (refused.value.fault, refused.value.at) == (NumberFault.CHECK, 18)


def test_somebody_without_a_number_asks_for_no_other(learner: Account) -> None:
    learner.identity.delete()
    with pytest.raises(NoIdentity):
        _ask(learner, RIGHT, CorrectedField.ID_NUMBER)


def test_a_number_of_somebody_else_stays_undecided(learner: Account, administrator: Viewer) -> None:
    other = people.account(now=MORNING)
    taken = people.id_number(int(other.login_name.removeprefix("person")))
    request = _ask(learner, taken, CorrectedField.ID_NUMBER)
    with pytest.raises(NumberTaken):
        _decide(administrator, request.pk)
    assert not CorrectionDecision.objects.exists()
    assert account_by_identifier(taken) == other


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.INSTITUTION_ADMINISTRATOR}))
def test_nobody_else_decides(learner: Account, administrator: Viewer, role: Role) -> None:
    request = _ask(learner)
    with pytest.raises(NoSuchCorrection):
        _decide(Viewer(administrator.account_id, role, 1, "44"), request.pk)


def test_nobody_decides_about_themselves(learner: Account) -> None:
    request = _ask(learner)
    with pytest.raises(OwnCorrection):
        _decide(Viewer(learner.pk, Role.INSTITUTION_ADMINISTRATOR, 1), request.pk)


def test_a_request_is_decided_once(learner: Account, administrator: Viewer) -> None:
    request = _ask(learner)
    _decide(administrator, request.pk, is_granted=False)
    with pytest.raises(CorrectionDecided):
        _decide(administrator, request.pk)
    learner.refresh_from_db()
    assert learner.name == "李小明"


def _row(of: Account, **other: object) -> CorrectionRequest:
    row = CorrectionRequest(
        **{"id": uuid4(), "account": of, "field": "name", "reason": "x", "asked_at": MORNING, **other}
    )
    seal_for(row, "wanted", "x")
    row.save(force_insert=True)
    return row


def test_a_request_is_of_a_known_field(learner: Account) -> None:
    with broken("accounts_correction_is_of_a_field"):
        _row(learner, field="login_name")


def test_a_request_has_a_reason(learner: Account) -> None:
    with broken("accounts_correction_has_a_reason"):
        _row(learner, reason=" ")


def test_a_decision_has_a_reason(learner: Account) -> None:
    row = _row(learner)
    with broken("accounts_correction_decided_for_a_reason"):
        CorrectionDecision.objects.create(request=row, by=learner, is_granted=False, reason="", at=MORNING)
