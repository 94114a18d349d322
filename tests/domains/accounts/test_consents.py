"""Consents: each purpose by itself, by a text with a version, given and withdrawn and never edited (clause M2)."""

import hashlib
from dataclasses import replace

import pytest

from jiangxue.accounts.errors import ConsentTextChanged, NotAgreed
from jiangxue.accounts.models import Account, Consent
from jiangxue.accounts.queries import account_by_identifier
from jiangxue.accounts.queries.consents import TEXTS, agreements_of, has_agreed, last_said, require_learning, text_of
from jiangxue.accounts.rules import consents as rules
from jiangxue.accounts.rules.consents import PURPOSES, KeptConsent, Purpose
from jiangxue.accounts.services.consents import give_consent, withdraw_consent
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import PROGRAM, Actor
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories import people

pytestmark = pytest.mark.clause("M2")
WRITTEN = {
    "comments-1.md": "eaeb8b49cee888b7870d6cb0da15246183e6c7456d462c47879e70cc3cc79392",
    "face-1.md": "ef5b00e84ce7a0b9de8f0a15090b53633c71b591cdbd96c581176249cf6b5be2",
    "face-2.md": "23db006c0a9ecc19691a16929e11c72ca98066ef429b6032e88738a1e23074dd",
    "phone-1.md": "d30156ec2195228cfe076a2acb6a58074bac48420ff58cc4a2e7eb3e45db4c7b",
    "processing-1.md": "9514779293e2ce562d13a22f5838dca8420763f08441920077e3d5a77a2737f8",
    "processing-2.md": "eeab18ae47dd6cbe000e3e708dff77950c31f91a6d824921517979a44b11b328",
}
"""Every text that people were ever asked by, with its hash: one that says something else is a new file."""


@pytest.fixture
def learner(db: None) -> Account:
    return people.undecided(MORNING)


def _give(who: Account, purpose: Purpose = Purpose.COMMENTS) -> KeptConsent | None:
    version = PURPOSES[purpose].version
    return give_consent(account_id=who.pk, purpose=purpose, version=version, by=Actor(who.pk), now=MORNING)


def _withdraw(who: Account, purpose: Purpose = Purpose.COMMENTS) -> KeptConsent | None:
    return withdraw_consent(account_id=who.pk, purpose=purpose, by=Actor(who.pk), now=MORNING)


def _newer_text(purpose: Purpose, monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    """Let a purpose be asked for by another text, as a later release would."""
    older = PURPOSES[purpose]
    for file in TEXTS.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / f"{purpose}-{older.version + 1}.md").write_text("# 新的\n\n要点。\n\n全文。\n", encoding="utf-8")
    monkeypatch.setitem(rules.PURPOSES, purpose, replace(older, version=older.version + 1))
    monkeypatch.setattr("jiangxue.accounts.queries.consents.TEXTS", tmp_path)
    text_of.cache_clear()


@pytest.fixture(autouse=True)
def texts_read_anew():
    yield
    text_of.cache_clear()


def test_a_text_that_somebody_was_asked_by_is_never_changed() -> None:
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in TEXTS.iterdir()} == WRITTEN


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_text_says_who_what_how_long_and_how_to_withdraw(purpose: Purpose) -> None:
    text = text_of(purpose)
    assert text.title
    assert text.essence
    for heading in ("谁在处理", "处理哪些信息", "保存多久", "撤回会怎样"):
        assert heading in text.rest


def test_nobody_has_agreed_to_anything_before_they_say_so(learner: Account) -> None:
    assert last_said(learner.pk) == {}
    assert not any(has_agreed(learner.pk, purpose) for purpose in PURPOSES)
    with pytest.raises(NotAgreed):
        require_learning(learner.pk)


def test_an_agreement_is_kept_with_the_text_it_is_to(learner: Account) -> None:
    kept = _give(learner)
    row = Consent.objects.get(account=learner)
    assert kept == KeptConsent(learner.pk, Purpose.COMMENTS, 1, WRITTEN["comments-1.md"], is_given=True)
    assert (row.purpose, row.version, row.text_sha256) == ("comments", 1, WRITTEN["comments-1.md"])
    assert (row.is_given, row.way, row.at) == (True, "page", MORNING)
    assert agreements_of([learner.pk]) == {learner.pk: [kept]}


def test_each_purpose_stands_by_itself(learner: Account) -> None:
    _give(learner, Purpose.PROCESSING)
    require_learning(learner.pk)
    assert not has_agreed(learner.pk, Purpose.COMMENTS)


def test_a_withdrawal_is_a_row_of_its_own(learner: Account) -> None:
    _give(learner)
    withdrawn = _withdraw(learner)
    assert withdrawn is not None
    assert not withdrawn.is_given
    assert not has_agreed(learner.pk, Purpose.COMMENTS)
    assert list(Consent.objects.filter(account=learner).order_by("pk").values_list("is_given", flat=True)) == [
        True,
        False,
    ]
    acts = AuditEntry.objects.filter(actor_id=learner.pk).order_by("pk").values_list("action", "object_id")
    assert list(acts) == [("consent.given", "comments/1"), ("consent.withdrawn", "comments/1")]


def test_it_can_be_given_again(learner: Account) -> None:
    for _ in range(2):
        assert _give(learner) is not None
        assert _withdraw(learner) is not None
    assert _give(learner) is not None
    assert has_agreed(learner.pk, Purpose.COMMENTS)


def test_saying_the_same_twice_is_kept_once(learner: Account) -> None:
    _give(learner)
    assert _give(learner) is None
    _withdraw(learner)
    assert _withdraw(learner) is None
    assert Consent.objects.filter(account=learner).count() == 2


def test_not_agreeing_is_an_answer_and_no_withdrawal(learner: Account) -> None:
    assert _withdraw(learner) is None
    assert not last_said(learner.pk)[Purpose.COMMENTS].is_given
    assert AuditEntry.objects.filter(actor_id=learner.pk, action="consent.declined").count() == 1


@pytest.mark.parametrize("later", [-1, 1])
def test_nobody_agrees_to_a_text_that_was_not_shown(learner: Account, later: int) -> None:
    version = PURPOSES[Purpose.PROCESSING].version + later
    with pytest.raises(ConsentTextChanged):
        give_consent(
            account_id=learner.pk, purpose=Purpose.PROCESSING, version=version, by=Actor(learner.pk), now=MORNING
        )
    assert not Consent.objects.filter(account=learner).exists()


def test_a_new_text_asks_again(learner: Account, monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    _give(learner, Purpose.PROCESSING)
    _newer_text(Purpose.PROCESSING, monkeypatch, tmp_path)
    with pytest.raises(NotAgreed):
        require_learning(learner.pk)
    assert last_said(learner.pk)[Purpose.PROCESSING].is_outdated
    _give(learner, Purpose.PROCESSING)
    require_learning(learner.pk)
    versions = Consent.objects.filter(account=learner).order_by("pk").values_list("version", flat=True)
    assert list(versions) == [2, 3]


def test_what_others_agreed_to_is_theirs(learner: Account) -> None:
    _give(people.undecided(MORNING))
    assert last_said(learner.pk) == {}


def test_without_consent_the_mobile_number_is_deleted_and_signs_nobody_in(learner: Account) -> None:
    phone = f"138{int(learner.login_name.removeprefix('person')):08d}"
    _give(learner, Purpose.PHONE)
    assert account_by_identifier(phone) == learner
    _withdraw(learner, Purpose.PHONE)
    learner.identity.refresh_from_db()
    assert (learner.identity.phone, learner.identity.phone_index) == (None, None)
    assert account_by_identifier(phone) is None
    assert account_by_identifier(learner.login_name) == learner


def test_what_the_program_keeps_is_told_apart_from_what_somebody_says(learner: Account) -> None:
    give_consent(account_id=learner.pk, purpose=Purpose.PHONE, version=1, by=PROGRAM, now=MORNING)
    assert Consent.objects.get(account=learner).way == "program"


@pytest.mark.parametrize(
    "wrong", [{"version": 0}, {"text_sha256": "F" * 64}, {"text_sha256": "f" * 63}, {"purpose": "Phone!"}]
)
def test_a_consent_names_its_text(learner: Account, wrong: dict[str, object]) -> None:
    with broken("accounts_consent_names_its_text"):
        _row(learner, **wrong)


def test_a_consent_says_how_it_was_said(learner: Account) -> None:
    with broken("accounts_consent_way_known"):
        _row(learner, way="somehow")


def _row(of: Account, **other: object) -> Consent:
    values = {"purpose": "phone", "version": 1, "text_sha256": "f" * 64, "is_given": True, "way": "page", "at": MORNING}
    return Consent.objects.create(account=of, **{**values, **other})
