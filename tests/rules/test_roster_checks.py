"""What is found wrong with the people of a roster. docs/rules/openings.md."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jiangxue.courseware.rules.content import Mode
from jiangxue.enrolment.rules.applications import Meeting
from jiangxue.enrolment.rules.opening_checks import Busy
from jiangxue.enrolment.rules.opening_findings import Finding, Flaw
from jiangxue.enrolment.rules.roster_checks import Candidate, Elsewhere, Holder, roster_findings

OPENS = date(2026, 12, 1)
NINE = datetime(2026, 12, 10, 1, 0, tzinfo=UTC)
MEETINGS = (Meeting(Mode.PRACTICE, "实操", 200, "实训室", 1, NINE, NINE + timedelta(hours=3)),)
LI = Candidate(entry=1, name="李四", number=b"1", phone="13800000001", born=date(1990, 1, 1))
WU = Candidate(entry=2, name="吴五", number=b"2", phone="13800000002", born=date(1990, 1, 1))


def found(*roster: Candidate, busy: tuple[Busy, ...] = ()) -> list[Finding]:
    return list(roster_findings(roster, OPENS, MEETINGS, busy))


def flaws(*roster: Candidate, busy: tuple[Busy, ...] = ()) -> list[Flaw]:
    return [finding.what for finding in found(*roster, busy=busy)]


def test_two_people_who_fit_are_fine() -> None:
    assert flaws(LI, WU) == []


def test_nobody_is_too_few() -> None:
    assert flaws() == [Flaw.ROSTER_EMPTY]


def test_sixteen_is_old_enough_on_the_first_day_and_a_day_less_is_not() -> None:
    assert flaws(replace(LI, born=date(2010, 12, 1))) == []
    assert flaws(replace(LI, born=date(2010, 12, 2))) == [Flaw.TOO_YOUNG]


def test_nobody_is_refused_for_being_old() -> None:
    (finding,) = found(replace(LI, born=date(1966, 12, 1)))
    assert (finding.what, finding.is_blocking) == (Flaw.OVER_AGE, False)


def test_a_document_without_a_date_of_birth_says_nothing_of_age() -> None:
    assert flaws(replace(LI, born=None)) == []


def test_the_same_number_is_the_same_person() -> None:
    (finding,) = found(LI, replace(WU, number=LI.number))
    assert (finding.what, finding.entry) == (Flaw.PERSON_TWICE, WU.entry)


def test_the_same_name_and_mobile_is_the_same_person_with_another_document() -> None:
    assert flaws(LI, replace(WU, name=LI.name, phone=LI.phone)) == [Flaw.PERSON_TWICE]


def test_of_two_newcomers_only_one_can_sign_in_by_a_mobile_number() -> None:
    assert flaws(LI, replace(WU, phone=LI.phone)) == [Flaw.PHONE_TAKEN]
    assert flaws(LI, replace(WU, phone=LI.phone, holder=Holder(7, WU.name))) == [Flaw.PHONE_TWICE]


def test_a_number_under_another_name_is_named_and_not_whose() -> None:
    (finding,) = found(replace(LI, holder=Holder(7, "王五")))
    assert (finding.what, finding.named) == (Flaw.OTHER_NAME, "")


def test_who_may_not_be_processed_cannot_be_enrolled_and_why_is_not_said() -> None:
    assert flaws(replace(LI, holder=Holder(7, LI.name, may_learn=False))) == [Flaw.NOT_POSSIBLE]


def test_a_newcomer_needs_a_mobile_number_of_their_own() -> None:
    assert flaws(replace(LI, phone="")) == [Flaw.NO_PHONE]
    assert flaws(replace(LI, is_phone_taken=True)) == [Flaw.PHONE_TAKEN]
    assert flaws(replace(LI, phone="", holder=Holder(7, LI.name))) == []


def test_who_learns_for_the_same_elsewhere_is_named_and_the_other_institution_is_not() -> None:
    (own,) = found(replace(LI, elsewhere=Elsewhere("电工一班")))
    (other,) = found(replace(LI, elsewhere=Elsewhere()))
    assert (own.what, own.named, own.is_blocking) == (Flaw.LEARNS_ELSEWHERE, "电工一班", True)
    assert (other.what, other.named, other.is_blocking) == (Flaw.LEARNS_ELSEWHERE, "", True)


def test_who_is_taken_at_the_same_time_is_pointed_out() -> None:
    known = replace(LI, holder=Holder(7, LI.name))
    (finding,) = found(known, busy=(Busy(7, NINE, NINE + timedelta(minutes=1)),))
    assert (finding.what, finding.is_blocking) == (Flaw.LEARNER_BUSY, False)
    assert flaws(known, busy=(Busy(7, NINE - timedelta(hours=1), NINE),)) == []
    assert flaws(known, busy=(Busy(8, NINE, NINE + timedelta(hours=1)),)) == []


@given(st.lists(st.integers(0, 5), min_size=1, max_size=8))
def test_each_further_entry_of_a_number_is_named_once(numbers: list[int]) -> None:
    roster = [
        Candidate(entry=at, name=f"学员{at}", number=bytes([number]), phone=f"1380000{at:04d}")
        for at, number in enumerate(numbers)
    ]
    twice = [finding.entry for finding in found(*roster) if finding.what is Flaw.PERSON_TWICE]
    assert twice == [at for at, number in enumerate(numbers) if number in numbers[:at]]
