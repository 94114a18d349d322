"""Charts as pictures: they fit, they need no colour, and what stands in them is words."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.ui.charts import WIDTH, Chart, Look, Series, drawn, nice

SVG = "{http://www.w3.org/2000/svg}"
_LOOKS = list(Look)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    many = draw(st.integers(0, 70))
    values = st.lists(st.floats(0, 10**7, allow_nan=False), min_size=many, max_size=many)
    series = [Series(f"种类 {at}", draw(values), look) for at, look in enumerate(_LOOKS[: draw(st.integers(1, 4))])]
    labels = [f"{at:02d}-{at:02d}" for at in range(many)]
    return Chart("time", "学习时长", "学时", labels, series, labels, rows=draw(st.booleans()))


def numbers(bar: ElementTree.Element) -> tuple[float, ...]:
    return tuple(float(bar.attrib[name]) for name in ("x", "y", "width", "height"))


@given(charts())
def test_every_bar_lies_within_the_picture(chart: Chart) -> None:
    root = ElementTree.fromstring(drawn(chart))
    height = float(root.attrib["viewBox"].split()[3])
    assert root.attrib["role"] == "img"
    assert "学习时长" in root.attrib["aria-label"]
    for bar in root.iter(f"{SVG}rect"):
        if "x" not in bar.attrib:
            continue  # the ground of a pattern
        x, y, wide, high = numbers(bar)
        assert x >= 0
        assert x + wide <= WIDTH + 0.2
        assert y >= 0
        assert y + high <= height + 0.2


def test_series_are_told_apart_without_colour() -> None:
    series = [Series(look.value, [1.0], look) for look in Look]
    root = ElementTree.fromstring(drawn(Chart("checks", "打卡", "次", ["11-24"], series)))
    bars = [bar.attrib for bar in root.iter(f"{SVG}rect") if "x" in bar.attrib]
    assert {bar["fill"] for bar in bars} == {"#1b2f4e", "#ffffff", "url(#checks-hatched)", "url(#checks-dotted)"}
    assert {pattern.attrib["id"] for pattern in root.iter(f"{SVG}pattern")} == {"checks-hatched", "checks-dotted"}


def test_words_stay_words() -> None:
    chart = Chart("x", "<b>", "&", ["<script>alert(1)</script>"], [Series("", [1.0])], ["1"], rows=True)
    root = ElementTree.fromstring(drawn(chart))
    assert "<script>" not in drawn(chart)
    assert "b" not in {each.tag for each in root.iter()}
    assert any((each.text or "").startswith("<script>alert") for each in root.iter(f"{SVG}text"))


def test_proof_alone_is_red() -> None:
    assert "#b3261e" not in drawn(Chart("x", "a", "b", ["1"], [Series("", [1.0])]))


@pytest.mark.parametrize(
    ("most", "scale"), [(0, 4), (4, 4), (5, 8), (9, 12), (22, 24), (41, 60), (400, 400), (401, 600)]
)
def test_scales_end_at_round_numbers(most: float, scale: float) -> None:
    assert nice(most) == scale


def test_a_chart_without_values_is_empty() -> None:
    assert Chart("x", "a", "b", ["1", "2"], [Series("", [0, 0])]).is_empty
    assert not Chart("x", "a", "b", ["1", "2"], [Series("", [0, 1])]).is_empty
