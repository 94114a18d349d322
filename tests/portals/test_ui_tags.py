import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.ui import durations, masking, minute_bar
from jiangxue.ui.kinds import KINDS, Look

MINUTE = 60_000
SOURCE = Path(minute_bar.__file__).parents[1]


@dataclass(frozen=True)
class Stretch:
    kind: str
    ms: int


def rendered(template: str, query: str = "", **context: object) -> str:
    return Template("{% load ui %}" + template).render(RequestContext(RequestFactory().get(f"/?{query}"), context))


@pytest.mark.parametrize(
    ("milliseconds", "words"),
    [(0, "0.000 秒"), (69_674, "1 分 9.674 秒"), (59_999, "59.999 秒"), (3_600_001, "1 小时 0 分 0.001 秒")],
)
def test_lengths_that_are_compared_are_written_to_the_millisecond(milliseconds: int, words: str) -> None:
    assert durations.exact_duration(milliseconds) == words


@pytest.mark.parametrize(
    ("milliseconds", "words"),
    [
        (0, "0 分"),
        (999, "不到 1 秒"),
        (45_999, "45 秒"),
        (3 * MINUTE + 5_000, "3 分 05 秒"),
        (20 * MINUTE, "20 分"),
        (60 * MINUTE, "1 小时"),
        (80 * MINUTE + 59_000, "1 小时 20 分"),
        (25 * 60 * MINUTE, "25 小时"),
    ],
)
def test_a_duration_is_written_as_people_say_it_and_rounded_down(milliseconds, words):
    assert durations.duration(milliseconds) == words


def test_a_place_in_a_film_is_written_as_a_clock():
    assert [durations.clock(ms) for ms in (0, 83_999, 3_723_000)] == ["00:00", "01:23", "1:02:03"]


def test_a_day_shows_its_weekday_and_an_instant_belongs_to_its_day_in_shanghai():
    assert rendered("{{ value|day }}", value=date(2026, 11, 24)) == "2026-11-24 周二"
    assert rendered("{{ value|day }}", value=datetime(2026, 11, 24, 16, 30, tzinfo=UTC)) == "2026-11-25 周三"


def test_masks_leave_little_and_may_be_applied_twice():
    assert masking.masked_name("王小明") == "王**"
    assert masking.masked_name("王") == "王"
    assert masking.masked_name(masking.restricted_name()) == "已限制处理"
    assert masking.masked_phone("13800000001") == "138****0001"
    assert masking.masked_identity("44010519880101123X") == "44**************3X"
    assert masking.masked_phone("12345") == "*****"
    for mask, value in (
        (masking.masked_name, "王小明"),
        (masking.masked_phone, "13800000001"),
        (masking.masked_identity, "44010519880101123X"),
    ):
        assert mask(mask(value)) == mask(value)


def test_neighbours_of_one_kind_become_one_piece_and_empty_stretches_none():
    bar = minute_bar.drawn(
        [Stretch("provisional", 1000), Stretch("hidden", 0), Stretch("provisional", 1000), Stretch("jumped", 2000)]
    )
    assert [(piece.look, piece.x, piece.width) for piece in bar.pieces] == [
        (Look.PROVISIONAL, "0.0", "500.0"),
        (Look.REFUSED, "500.0", "500.0"),
    ]
    assert bar.sums == ("待确认 · 2 秒", "未计入 · 跳播 · 2 秒")


def test_the_empty_part_of_the_bar_is_what_the_cap_leaves():
    bar = minute_bar.drawn([Stretch("confirmed", 2000), Stretch("paused", 1000)], cap_ms=3000)
    assert [piece.width for piece in bar.pieces] == ["500.0", "250.0"]


def test_time_seen_again_is_not_called_refused():
    assert minute_bar.titled("repeat", 60_000) == "重复观看 · 1 分"


def test_a_kind_nobody_declared_is_a_fault_and_not_a_guess():
    with pytest.raises(KeyError):
        minute_bar.drawn([Stretch("mistyped", 1000)])


@given(
    st.lists(st.builds(Stretch, st.sampled_from(sorted(KINDS)), st.integers(0, 10**9)), max_size=300),
    st.integers(0, 10**9),
)
def test_every_piece_can_be_seen_and_all_fit_side_by_side(stretches, cap_ms):
    bar = minute_bar.drawn(stretches, cap_ms)
    widths = [float(piece.width) for piece in bar.pieces]
    narrowest = min(minute_bar.NARROWEST, minute_bar.WIDTH / (len(widths) + 1))
    assert all(width >= narrowest - 0.1 for width in widths)
    assert sum(widths) <= minute_bar.WIDTH + 0.1 * len(widths)


def test_the_bar_has_a_picture_a_reason_to_point_at_and_a_text():
    html = rendered("{% minute_bar stretches %}", stretches=[Stretch("provisional", MINUTE), Stretch("silent", MINUTE)])
    assert 'role="img"' in html
    assert re.search(r'class="bar-provisional"[^>]*fill="url\(#hatch\)"', html)
    assert "<title>未计入 · 断线 · 1 分</title>" in html
    assert "<li>未计入 · 断线 · 1 分</li>" in html


@dataclass(frozen=True)
class Placed(Stretch):
    start_ms: int

    @property
    def end_ms(self) -> int:
        return self.start_ms + self.ms


@pytest.mark.parametrize(
    ("at_ms", "before_ms"),
    [(0, 0), (30_000, 30_000), (90_000, None), (600_000, MINUTE), (630_000, 90_000), (999_999, None)],
)
def test_a_moment_is_placed_by_the_time_that_the_bar_shows_before_it(at_ms, before_ms):
    line = [Placed("confirmed", MINUTE, 0), Placed("silent", 999, 500_000), Placed("confirmed", MINUTE, 600_000)]
    assert minute_bar.shown_before_ms(line, at_ms) == before_ms


def test_a_check_stands_on_the_bar_as_a_seal_and_in_the_text():
    marks = [minute_bar.Mark(MINUTE, "14:05 随机打卡 · 通过", hollow=False), minute_bar.Mark(0, "未打卡", hollow=True)]
    line = [Stretch("confirmed", MINUTE), Stretch("silent", MINUTE)]
    bar = minute_bar.drawn(line, marks=marks)
    assert [(seal.x, seal.hollow) for seal in bar.seals] == [("500.0", False), ("0.0", True)]
    html = rendered("{% minute_bar line marks=marks %}", line=line, marks=marks)
    assert "<li>14:05 随机打卡 · 通过</li>" in html
    assert html.count("bar-seal-hollow") == 1
    assert "打卡通过" in rendered("{% legend checks=True %}")
    assert "打卡通过" not in rendered("{% legend %}")


def test_the_part_that_a_page_speaks_of_is_underlined():
    line = [Placed("confirmed", MINUTE, 0), Placed("silent", MINUTE, MINUTE)]
    assert minute_bar.part_of(line, MINUTE, 2 * MINUTE) == (MINUTE, 2 * MINUTE)
    assert minute_bar.part_of(line, MINUTE, 9 * MINUTE) is None
    bar = minute_bar.drawn(line, line=(MINUTE, 2 * MINUTE))
    assert bar.underline == minute_bar.Underline("500.0", "500.0")
    assert minute_bar.drawn(line).underline is None


def test_a_piece_leads_to_what_its_first_stretch_is_about():
    @dataclass(frozen=True)
    class Linked(Stretch):
        url: str

    bar = minute_bar.drawn([Linked("paused", 2000, "/a"), Linked("paused", 2000, "/b"), Stretch("confirmed", 2000)])
    assert [piece.url for piece in bar.pieces] == ["/a", ""]
    html = rendered("{% minute_bar line %}", line=[Linked("paused", 2000, "/a")])
    assert '<a href="/a" tabindex="-1">' in html
    assert 'role="img"' not in html  # a picture may hold no links; the text beside it says the same
    assert re.search(r'<svg class="bar"[^>]*aria-hidden="true"', html)


@given(
    st.lists(st.builds(Stretch, st.sampled_from(sorted(KINDS)), st.integers(0, 10**7)), max_size=60),
    st.lists(st.integers(0, 10**9), max_size=5),
)
def test_a_seal_never_stands_off_the_bar(stretches, moments):
    bar = minute_bar.drawn(stretches, marks=[minute_bar.Mark(ms, "", hollow=False) for ms in moments])
    assert all(0 <= float(seal.x) <= minute_bar.WIDTH for seal in bar.seals)


def test_what_was_given_back_is_ruled_and_named():
    html = rendered("{% minute_bar line %}", line=[Stretch("corrected", MINUTE)])
    assert re.search(r'class="bar-corrected"[^>]*fill="url\(#rules\)"', html)
    assert "<li>人工更正 · 1 分</li>" in html


def test_a_bar_without_time_says_so():
    assert "没有学习时间" in rendered("{% minute_bar stretches %}", stretches=[])


def test_every_kind_has_a_word_a_sentence_and_a_look():
    for kind in KINDS:
        html = rendered("{{ k|kind_label }}|{{ k|kind_sentence }}|{{ k|kind_look }}", k=kind)
        label, sentence, look = html.split("|")
        assert re.search("[\u4e00-\u9fff]", label)
        assert sentence.endswith("。")
        assert look in {each.value for each in Look}


def test_every_icon_that_a_template_names_is_in_the_sprite_and_none_is_kept_for_nothing():
    named = {
        name
        for path in SOURCE.rglob("templates/**/*.html")
        for name in re.findall(r'{% icon "([^"]+)" %}', path.read_text())
    }
    kept = set(re.findall(r'<symbol id="([^"]+)"', (SOURCE / "ui/static/ui/icons.svg").read_text()))
    assert named == kept


class Sample(forms.Form):
    name = forms.CharField(label="姓名", help_text="与身份证一致")
    note = forms.CharField(label="备注", required=False)
    agree = forms.BooleanField(label="同意")


def test_a_field_joins_label_help_and_error_to_its_control():
    html = rendered("{% field form.name autocomplete='name' %}", form=Sample({}))
    assert '<label for="id_name">姓名</label>' in html
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described is not None
    for element in described[1].split():
        assert f'id="{element}"' in html
    assert 'aria-invalid="true"' in html
    assert 'autocomplete="name"' in html


def test_only_what_may_be_left_out_is_marked():
    form = Sample()
    assert "（选填）" in rendered("{% field form.note %}", form=form)
    assert "（选填）" not in rendered("{% field form.name %}{% field form.agree %}", form=form)


def test_the_pager_keeps_the_filter_and_is_silent_on_a_single_page():
    html = rendered("{% pager page %}", query="q=王&page=2", page=Paginator(list(range(30)), 10).page(2))
    assert "第 2 / 3 页，共 30 条" in html
    assert "?q=%E7%8E%8B&amp;page=1" in html
    assert "?q=%E7%8E%8B&amp;page=3" in html
    assert "下一页" not in rendered("{% pager page %}", page=Paginator([1], 10).page(1))


def test_the_page_of_an_internal_error_needs_no_context_no_request_and_no_manifest(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    html = render_to_string("ui/errors/500.html")
    assert "平台暂时出了故障" in html
    assert 'href="/static/app.css"' in html
