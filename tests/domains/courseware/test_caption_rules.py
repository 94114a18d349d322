"""Captions are read as people send them and kept as we write them, or refused with the line (clause T1.4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.courseware.errors import CaptionFault, UnfitCaptions
from jiangxue.courseware.rules.captions import MOST_CAPTION_BYTES, Cue, read_captions, written_captions

LENGTH_MS = 60_000
_PIECES = st.sampled_from(
    [
        "1",
        "2",
        "WEBVTT",
        "NOTE",
        "STYLE",
        "-->",
        "00:00:01.000 --> 00:00:02.000",
        "00:01,500-->00:02,000",
        "\n",
        "\r\n",
        " ",
        "触电",
        "<i>",
        "</i>",
        "<b",
        "<v 陈>",
        "&lt;",
        "&#10;",
        "&",
        "<",
        ">",
        "<c.x>",
        "\x00",
        "\u2028",
        "{\\an8}",
        "url(",
    ]
)


def read(text: str, length_ms: int = LENGTH_MS) -> tuple[Cue, ...]:
    return read_captions(text.encode(), length_ms)


def test_webvtt_is_read() -> None:
    text = (
        "WEBVTT 字幕\nLanguage: zh\n\nNOTE made by hand\n\nfirst\n00:01.000 --> 00:00:02.500 line:0 region:x\n触电\n\n"
    )
    assert read(text) == (Cue(1000, 2500, "触电", "line:0"),)


def test_srt_is_read_and_written_as_webvtt() -> None:
    text = '1\r\n00:00:01,000 --> 00:00:02,500\r\n{\\an8}<font color="red">a < b & c</font>\r\n第二行\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\n断电\r\n'
    assert written_captions(read(text)) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\na &lt; b &amp; c\n第二行\n\n00:00:03.000 --> 00:00:04.000\n断电\n"
    )


def test_a_mark_of_the_byte_order_and_other_ends_of_lines_are_no_fault() -> None:
    assert read("\ufeffWEBVTT\r\r00:01.000 --> 00:02.000\ra\rb\r") == (Cue(1000, 2000, "a\nb"),)


def test_the_last_caption_may_end_a_second_after_the_film() -> None:
    assert read("WEBVTT\n\n00:59.000 --> 01:01.000\na")[0].end_ms == 61_000


def test_the_few_tags_stay_balanced_and_those_of_styles_go() -> None:
    (cue,) = read("WEBVTT\n\n00:01.000 --> 00:02.000\n<v.loud 陈 老师><i>a<00:01.500><c.red>b</c></b> &nbsp;&amp;lt;")
    assert cue.text == "<v 陈 老师><i>ab \u00a0&amp;lt;</i></v>"


def test_a_caption_without_words_is_left_out() -> None:
    assert len(read("WEBVTT\n\n00:01.000 --> 00:02.000\n<i> </i>\n\n00:03.000 --> 00:04.000\nb")) == 1


def test_styles_that_fetch_nothing_are_left_out() -> None:
    assert "color" not in written_captions(read("WEBVTT\n\nSTYLE\n::cue { color: red }\n\n00:01.000 --> 00:02.000\na"))


_REFUSED = {
    CaptionFault.NO_CAPTIONS: [("这是一封信。\n\n没有时间", 1), ("\n\n[Script Info]\nTitle: ass", 3)],
    CaptionFault.NO_CUES: [("WEBVTT\n", 0), ("", 0), ("WEBVTT\n\nNOTE\n只有注释", 0)],
    CaptionFault.NO_TIME: [
        ("WEBVTT\n\n1\n0:1 --> 0:2\na", 4),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\na\n\n散落的字", 6),
        ("WEBVTT\n\n00:01.000 --> 00:61.000\na", 3),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\na\n00:03.000 --> 00:04.000\nb", 5),
        ("WEBVTT\n00:01.000 --> 00:02.000\na", 2),
        ("1\n00:00:01,000 --> 00:00:0２,000\na", 2),
    ],
    CaptionFault.EMPTY_SPAN: [
        ("WEBVTT\n\n00:02.000 --> 00:02.000\na", 3),
        ("WEBVTT\n\nx\n00:02.000 --> 00:01.000\na", 4),
    ],
    CaptionFault.OUT_OF_ORDER: [("WEBVTT\n\n00:05.000 --> 00:06.000\na\n\n00:04.000 --> 00:07.000\nb", 6)],
    CaptionFault.BEYOND_END: [("WEBVTT\n\n00:59.000 --> 01:01.001\na", 3)],
    CaptionFault.MARKUP: [
        ("WEBVTT\n\n00:01.000 --> 00:02.000\na\n<script>alert(1)</script>", 5),
        ('WEBVTT\n\n00:01.000 --> 00:02.000\n<img src="x">', 4),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<i", 4),
    ],
    CaptionFault.OUTSIDE_STYLE: [
        ("WEBVTT\n\nSTYLE\n::cue {\nbackground: url(https://x/)\n}\n\n00:01.000 --> 00:02.000\na", 5)
    ],
}


@pytest.mark.parametrize(("fault", "case"), [(fault, case) for fault, cases in _REFUSED.items() for case in cases])
def test_what_cannot_be_shown_is_refused_with_its_line(fault: CaptionFault, case: tuple[str, int]) -> None:
    text, line = case
    with pytest.raises(UnfitCaptions) as refused:
        read(text)
    assert (refused.value.fault, refused.value.line) == (fault, line)


def test_a_file_in_another_encoding_is_refused_with_its_line() -> None:
    with pytest.raises(UnfitCaptions) as refused:
        read_captions("1\r\n00:00:01,000 --> 00:00:02,000\r\n触电".encode("gb18030"), LENGTH_MS)
    assert (refused.value.fault, refused.value.line) == (CaptionFault.NOT_UTF8, 3)


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(UnfitCaptions) as refused:
        read_captions(b"WEBVTT\n\n" + b"x" * MOST_CAPTION_BYTES, LENGTH_MS)
    assert refused.value.fault is CaptionFault.TOO_LARGE


@given(
    st.one_of(st.binary(), st.text().map(str.encode), st.lists(_PIECES).map(lambda pieces: "".join(pieces).encode()))
)
def test_junk_is_refused_or_becomes_captions_that_read_the_same_again(content: bytes) -> None:
    try:
        cues = read_captions(content, LENGTH_MS)
    except UnfitCaptions as refused:
        assert 0 <= refused.line <= content.count(b"\n") + content.count(b"\r") + 1  # noqa: PT017
        return
    _reads_the_same(cues)


@given(st.lists(st.tuples(st.integers(0, 3_000), st.integers(1, 3_000), st.text(max_size=30)), min_size=1, max_size=15))
def test_what_is_written_is_read_again(spans: list[tuple[int, int, str]]) -> None:
    start, blocks = 0, []
    for wait, length, text in spans:
        start += wait
        stamp = f"{start // 60_000:02}:{start // 1000 % 60:02}.{start % 1000:03}"
        end = start + length
        words = "".join(each for each in text if each not in "\r\n<>") + "字"
        blocks.append(f"{stamp} --> {end // 60_000:02}:{end // 1000 % 60:02}.{end % 1000:03}\n{words}")
    cues = read("WEBVTT\n\n" + "\n\n".join(blocks))
    assert len(cues) == len(spans)
    _reads_the_same(cues)


def _reads_the_same(cues: tuple[Cue, ...]) -> None:
    written = written_captions(cues)
    assert read(written) == cues
    assert "<script" not in written
    assert all(cue.text and "\n\n" not in cue.text and "-->" not in cue.text for cue in cues)
