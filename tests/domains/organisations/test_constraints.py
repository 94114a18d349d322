"""What the database itself keeps of organisations and invitations. Clauses C1, M3."""

from datetime import date

import pytest
from django.db import IntegrityError

from jiangxue.accounts.models import Invitation
from jiangxue.audit.services import PROGRAM
from jiangxue.organisations.models import Organisation, Paper, Region
from jiangxue.organisations.services import put_regions
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import institution

pytestmark = [pytest.mark.django_db, pytest.mark.clause("C1")]
USCC = "914403001922038216"


def organisation(**changed: object) -> Organisation:
    given = {"kind": "institution", "name": "学校", "uscc": USCC, "region": institution().region, **changed}
    return Organisation.objects.create(**given)


def test_an_organisation_is_one_of_three_kinds() -> None:
    with pytest.raises(IntegrityError, match="organisations_kind_known"):
        organisation(kind="club")


def test_a_code_names_one_organisation() -> None:
    organisation()
    with pytest.raises(IntegrityError, match="organisations_uscc_once"):
        organisation(name="另一所")


def test_a_code_has_the_signs_of_codes() -> None:
    with pytest.raises(IntegrityError, match="organisations_uscc_shape"):
        organisation(uscc="91440300192203821O")


def paper(**changed: object) -> Paper:
    given = {
        "organisation": organisation(),
        "kind": "filing",
        "reference": "1",
        "issuer": "局",
        "issued_on": date(2026, 1, 1),
        "added_by": 1,
        "added_at": MORNING,
        **changed,
    }
    return Paper.objects.create(**given)


def test_a_paper_is_of_a_known_kind() -> None:
    with pytest.raises(IntegrityError, match="organisations_paper_kind_known"):
        paper(kind="poem")


def test_a_paper_ends_after_its_issue() -> None:
    with pytest.raises(IntegrityError, match="organisations_paper_ends_after_issue"):
        paper(valid_until=date(2025, 12, 31))


def test_regions_are_imported_and_renamed_and_never_removed() -> None:
    assert put_regions({"44": "广东省", "4405": "汕头市"}, by=PROGRAM, now=MORNING) >= 1
    assert put_regions({"4405": "汕头"}, by=PROGRAM, now=MORNING) == 1
    assert Region.objects.get(code="4405").name == "汕头"
    assert Region.objects.filter(code="44").exists()


def test_a_code_of_a_region_has_its_shape() -> None:
    with pytest.raises(IntegrityError, match="organisations_region_code_shape"):
        put_regions({"4": "某地"}, by=PROGRAM, now=MORNING)


def invitation(**changed: object) -> Invitation:
    by = people.account(now=MORNING)
    given = {
        "role": "reviewer",
        "name": "张",
        "token_index": b"1" * 16,
        "invited_by": by,
        "made_at": MORNING,
        **changed,
    }
    return Invitation.objects.create(**given)


def test_a_link_leads_to_one_invitation() -> None:
    invitation()
    with pytest.raises(IntegrityError, match="accounts_invitation_token_once"):
        invitation()


def test_an_invitation_that_was_taken_is_ended() -> None:
    with pytest.raises(IntegrityError, match="accounts_invitation_taken_is_ended"):
        invitation(account=people.account(now=MORNING))
