"""What the database keeps of organisations and regions."""

import pytest

from jiangxue.organisations.models import Organisation, Region
from tests.domains.constraints import broken


@pytest.mark.parametrize("code", ["4", "444", "044", "44010", "4401x4", "44\n"])
def test_a_region_code_names_province_city_or_district(db: None, code: str) -> None:
    with broken("organisations_region_code_shape"):
        Region.objects.create(code=code, name="某地")


def test_an_organisation_is_an_institution_or_an_authority(db: None) -> None:
    region = Region.objects.create(code="44", name="广东省")
    with broken("organisations_kind_known"):
        Organisation.objects.create(kind="club", name="某会", region=region)
