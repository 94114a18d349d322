"""A file of words is read whole, or every fault in it is named by its line (clause T1.4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.project.demonstration.words import WORDS
from jiangxue.screening.errors import Fault, FaultFound, UnfitWords
from jiangxue.screening.rules import word_file
from jiangxue.screening.rules.finding import Word, find
from jiangxue.screening.rules.word_file import MOST_BYTES, read_words, written

pytestmark = pytest.mark.clause("T1.4")
GOOD = "词语,类别\n加微信,广告\n代考,违法\n"


def words_of(text: str, encoding: str = "utf-8") -> list[tuple[str, str]]:
    return [(draft.word.text, draft.word.category) for draft in read_words(text.encode(encoding))]


def faults_of(content: str | bytes) -> list[FaultFound]:
    with pytest.raises(UnfitWords) as refusal:
        read_words(content if isinstance(content, bytes) else content.encode())
    return list(refusal.value.faults)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_spreadsheet_programs_write_in_several_encodings(encoding: str) -> None:
    assert words_of(GOOD, encoding) == [("加微信", "广告"), ("代考", "违法")]


def test_blanks_empty_lines_and_empty_columns_do_not_matter() -> None:
    assert words_of(" 词语 ,类别,\r\n\r\n 加微信 , 广告 ,,\r\n,\r\n") == [("加微信", "广告")]


def test_a_word_may_hold_a_comma_in_quotes() -> None:
    (draft,) = read_words('词语,类别\n"包过,不过退款",广告\n'.encode())
    assert (draft.word.text, draft.normalised) == ("包过,不过退款", "包过不过退款")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"x" * (MOST_BYTES + 1), FaultFound(Fault.TOO_LARGE)),
        (GOOD.encode("utf-16"), FaultFound(Fault.NOT_TEXT)),
        (b"\x89PNG\r\n\x1a\n\xff\xff", FaultFound(Fault.NOT_TEXT)),
        ("", FaultFound(Fault.NO_HEADER)),
        ("加微信,广告\n", FaultFound(Fault.NO_HEADER, 1)),
        ("\n词语;类别\n", FaultFound(Fault.NO_HEADER, 2)),
        ("词语,类别\n\n", FaultFound(Fault.NO_WORDS)),
        ('词语,类别\n加微信,广告\n"代考,违法\n', FaultFound(Fault.BROKEN_QUOTES, 3)),
        ("词语,类别\n加微信\n", FaultFound(Fault.COLUMNS, 2)),
        ("词语,类别\n加微信,广告,重要\n", FaultFound(Fault.COLUMNS, 2)),
        ("词语,类别\n,广告\n", FaultFound(Fault.NO_WORD, 2)),
        ("词语,类别\n加微信,\n", FaultFound(Fault.NO_CATEGORY, 2, "加微信")),
        (f"词语,类别\n{'加' * 61},广告\n", FaultFound(Fault.WORD_TOO_LONG, 2, "加" * 60)),
        (f"词语,类别\n{'ﷺ' * 5},广告\n", FaultFound(Fault.WORD_TOO_LONG, 2, "ﷺ" * 5)),
        (f"词语,类别\n加微信,{'广' * 21}\n", FaultFound(Fault.CATEGORY_TOO_LONG, 2, "加微信")),
        ("词语,类别\n加\ufffd信,广告\n", FaultFound(Fault.UNREADABLE, 2)),
        ("词语,类别\n加\0信,广告\n", FaultFound(Fault.UNREADABLE, 2)),
        ('词语,类别\n"加\n微",广告\n', FaultFound(Fault.UNREADABLE, 2)),
        ("词语,类别\n★★,广告\n", FaultFound(Fault.ONLY_SYMBOLS, 2, "★★")),
        ("词语,类别\n加。微信,广告\n", FaultFound(Fault.BROKEN_OFF, 2, "加。微信")),
        ("词语,类别\n加微信,广告\n\n加 微 信,违法\n", FaultFound(Fault.REPEATED, 4, "加 微 信", 2)),
        ("词语,类别\n買賣證書,违法\n买卖证书,违法\n", FaultFound(Fault.REPEATED, 3, "买卖证书", 2)),
    ],
    ids=lambda value: value.what.value if isinstance(value, FaultFound) else "",
)
def test_what_is_wrong_is_named_with_its_line(content: str | bytes, fault: FaultFound) -> None:
    assert faults_of(content) == [fault]


def test_all_faults_are_named_at_once_in_the_order_of_lines() -> None:
    found = faults_of('词语,类别\n★,\n好,广告\n"多\n行",广告\n加微信\n好,其他\n')
    assert [(fault.line, fault.what) for fault in found] == [
        (2, Fault.NO_CATEGORY),
        (2, Fault.ONLY_SYMBOLS),
        (4, Fault.UNREADABLE),
        (6, Fault.COLUMNS),
        (7, Fault.REPEATED),
    ]


def test_there_are_only_so_many_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_file, "MOST_WORDS", 1)
    assert faults_of(GOOD) == [FaultFound(Fault.TOO_MANY)]


def test_what_is_written_can_be_read_again() -> None:
    words = [*WORDS, Word('说"好",的', "其他")]
    assert [draft.word for draft in read_words(written(words).encode())] == words


@given(st.lists(st.text(max_size=8), min_size=1, max_size=8))
def test_every_word_that_is_taken_is_found_in_itself(texts: list[str]) -> None:
    try:
        drafts = read_words(written(Word(text, "其他") for text in texts).encode("utf-8", "replace"))
    except UnfitWords:
        return
    for draft in drafts:
        assert find([draft.word.text], [draft.word])[0][0].start < len(draft.word.text)
