"""Codes of provinces, cities and districts."""

import pytest

from jiangxue.kernel.regions import is_region_code, lies_in


@pytest.mark.parametrize("code", ["44", "4401", "440103"])
def test_provinces_cities_and_districts_have_codes(code: str) -> None:
    assert is_region_code(code)


@pytest.mark.parametrize("code", ["", "4", "440", "44010", "4401031", "044", "04", "4a", "44 ", "44\n", "٤٤"])
def test_anything_else_is_no_code(code: str) -> None:
    assert not is_region_code(code)


def test_a_district_lies_in_its_city_and_province_and_in_itself() -> None:
    assert all(lies_in("440103", region) for region in ("44", "4401", "440103"))


def test_a_district_lies_in_no_neighbour_and_a_province_in_no_district() -> None:
    assert not lies_in("440103", "4403")
    assert not lies_in("440103", "43")
    assert not lies_in("44", "440103")
