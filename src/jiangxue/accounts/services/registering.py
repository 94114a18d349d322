"""Registering oneself: name, identity document and a proved mobile number. Clauses M1, M2; decision 0028."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from jiangxue.accounts.errors import (
    AccountRefusal,
    ConsentTextChanged,
    NotMatched,
    NumberTaken,
    PhoneTaken,
    RegistrationClosed,
)
from jiangxue.accounts.models import Account
from jiangxue.accounts.queries.providers import identity_source
from jiangxue.accounts.rules import limits
from jiangxue.accounts.rules.consents import PURPOSES, Purpose
from jiangxue.accounts.rules.corrections import fit_name
from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.rules.one_time_codes import CodePurpose
from jiangxue.accounts.rules.self_registration import fit_document
from jiangxue.accounts.rules.verification import Answer, IdentitySource, Outcome, Verification
from jiangxue.accounts.services import Person, create_account
from jiangxue.accounts.services.claiming import claimed
from jiangxue.accounts.services.codes import ProvedPhone, prove_phone, spend_code
from jiangxue.accounts.services.consents import give_consent
from jiangxue.accounts.services.limiting import claim_attempt
from jiangxue.accounts.services.numbers import take_turns
from jiangxue.accounts.services.verifying import keep
from jiangxue.audit import services as audit
from jiangxue.audit.services import REFUSED, Actor
from jiangxue.djangokit.sealed import blind_index
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.ids import new_id
from jiangxue.kernel.viewer import Role


@dataclass(frozen=True, slots=True)
class Application:
    """What somebody registers with, as typed; `agreed` are the versions of the texts that they agree to."""

    name: str
    id_type: IdType
    id_number: str
    phone: str
    code: str
    password: str
    agreed: dict[Purpose, int]


@dataclass(frozen=True, slots=True)
class _Who:
    """Whom an account is made of: name, document and number as they are kept."""

    name: str
    id_type: IdType
    number: str


@dataclass(frozen=True, slots=True)
class _Grounds:
    """On what an account is made: who it is, the number they have proved, and what which source answered."""

    who: _Who
    proved: ProvedPhone
    source: str
    answer: Answer


def register(application: Application, *, by: Actor, now: datetime) -> tuple[Account, Verification]:
    """Make a learner's account of somebody who has proved a mobile number and whom the source does not contradict, or give them the one that an institution wrote down.

    Raises what `fit_name`, `fit_document`, `prove_phone` and `claim_attempt` raise; `ConsentTextChanged`; `NotMatched` where the source says no, and also where the
    number is registered under another name, so that nobody learns of a number whether it is registered; `NumberTaken` to who knows the
    name too; `PhoneTaken`, which only the number's holder hears; and `RegistrationClosed`.
    """
    source = identity_source()
    if source is None:
        raise RegistrationClosed
    name = fit_name(application.name)
    number = fit_document(application.id_type, application.id_number, learning_day(now))
    who = _Who(name, application.id_type, number)
    if application.agreed.get(Purpose.PROCESSING) != PURPOSES[Purpose.PROCESSING].version:
        raise ConsentTextChanged
    proved = _proved(application, number, by=by, now=now)
    try:
        grounds = _Grounds(who, proved, source.name, _believed(source, who))
        return _registered(application, grounds, by=by, now=now)
    except (NotMatched, NumberTaken, PhoneTaken):
        audit.record("account.registered", by=by, at=now, result=REFUSED)
        raise


def _proved(application: Application, number: str, *, by: Actor, now: datetime) -> ProvedPhone:
    """Return the proved mobile number; what is counted of both numbers is counted of holders of a code, or strangers could use it up."""
    if by.address:
        claim_attempt({f"register/address/{by.address}": limits.REGISTERING_FROM_AN_ADDRESS}, now=now)
    proved = prove_phone(purpose=CodePurpose.REGISTER, phone=application.phone, code=application.code, now=now)
    of_both = {
        f"register/number/{number}": limits.REGISTERING_A_NUMBER,
        f"register/phone/{proved.phone}": limits.REGISTERING_BY_A_PHONE,
    }
    claim_attempt(of_both, now=now)
    return proved


def _believed(source: IdentitySource, who: _Who) -> Answer:
    """Return the source's answer, which is not a no; it is asked before anything is looked up here, so that time tells nothing either."""
    answer = source.verify(who.name, who.id_type, who.number)
    if answer.outcome is Outcome.NOT_MATCHED:
        raise NotMatched
    return answer


def _registered(application: Application, on: _Grounds, *, by: Actor, now: datetime) -> tuple[Account, Verification]:
    keeps_phone = Purpose.PHONE in application.agreed
    person = Person(
        login_name=f"u{new_id().hex[:12]}",
        name=on.who.name,
        password=application.password,
        id_number=on.who.number,
        phone=on.proved.phone if keeps_phone else "",
        id_type=on.who.id_type,
    )
    try:
        with transaction.atomic():
            take_turns([blind_index("id_number", on.who.number), blind_index("phone", on.proved.phone)])
            spend_code(on.proved, now=now)
            account = claimed(person, proved=on.proved.phone, now=now)
            if account is None:
                account = create_account(person, roles=[(Role.LEARNER, None)], now=now)
            own = Actor(account.pk, Role.LEARNER, by.address)
            for purpose, version in application.agreed.items():
                give_consent(account_id=account.pk, purpose=purpose, version=version, by=own, now=now)
            verification = keep(account.pk, on.source, on.answer, by=own, now=now)
            audit.record("account.registered", by=own, at=now, about=("account", account.pk))
    except IntegrityError as fault:
        raise _taken(on.who, on.proved.phone) or fault from None
    return account, verification


def _taken(who: _Who, phone: str) -> AccountRefusal | None:
    """Return what is said where the database holds the number or the phone already; None where it refuses something else."""
    holder = Account.objects.filter(identity__id_number_index=blind_index("id_number", who.number)).first()
    if holder is not None:
        return NumberTaken() if holder.name == who.name else NotMatched()
    is_phone_taken = Account.objects.filter(identity__phone_index=blind_index("phone", phone)).exists()
    return PhoneTaken() if is_phone_taken else None
