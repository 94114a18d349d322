"""Which line of a sheet is its header, and what its columns say: by the words that people use. Pure."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from jiangxue.enrolment.rules.roster.cells import tidied, word_in
from jiangxue.enrolment.rules.roster.shapes import Choice, Column, Line, Sheet

SPELLINGS: Mapping[Column, tuple[str, ...]] = {
    Column.NAME: (
        "姓名",
        "学员姓名",
        "名字",
        "学员名字",
        "学员",
        "人员姓名",
        "职工姓名",
        "员工姓名",
        "培训人员姓名",
        "参训人员姓名",
        "真实姓名",
        "NAME",
    ),
    Column.ID_NUMBER: (
        "身份证号",
        "身份证号码",
        "公民身份号码",
        "公民身份证号码",
        "居民身份证号",
        "居民身份证号码",
        "身份证",
        "身份证件号码",
        "身份证件号",
        "证件号码",
        "证件号",
        "有效证件号码",
        "学员身份证号",
        "学员身份证号码",
        "本人身份证号码",
        "身份号码",
        "IDCARD",
        "IDNUMBER",
        "IDNO",
        "ID",
    ),
    Column.ID_TYPE: ("证件类型", "证件种类", "证件类别", "证件名称", "身份证件类型", "有效证件类型", "证件", "IDTYPE"),
    Column.PHONE: (
        "手机号码",
        "手机号",
        "手机",
        "移动电话",
        "学员手机号",
        "学员手机号码",
        "本人手机号",
        "本人手机号码",
        "联系电话",
        "联系手机",
        "联系方式",
        "电话号码",
        "电话",
        "手机电话",
        "联系号码",
        "本人联系电话",
        "学员联系电话",
        "PHONE",
        "MOBILE",
        "TEL",
    ),
    Column.GROUP: (
        "人员类别",
        "重点群体",
        "群体",
        "重点群体类别",
        "群体类别",
        "人员类型",
        "学员类别",
        "学员类型",
        "培训对象类别",
        "培训对象",
        "对象类别",
        "身份类别",
        "学员身份",
        "人员性质",
        "重点就业群体",
        "补贴对象类别",
        "补贴人员类别",
        "人群类别",
    ),
    Column.EDUCATION: ("文化程度", "学历", "最高学历", "教育程度", "受教育程度", "学历层次", "EDUCATION"),
    Column.DOMICILE: (
        "户籍所在区划",
        "户籍地",
        "户籍",
        "户籍所在地",
        "户口所在地",
        "户籍地址",
        "户籍区划",
        "户籍行政区划",
        "户籍所在行政区划",
        "户籍区划代码",
        "户口地",
        "籍贯",
    ),
    Column.EMPLOYER: (
        "工作单位",
        "单位",
        "单位名称",
        "所在单位",
        "就业单位",
        "所在企业",
        "企业名称",
        "用人单位",
        "工作单位名称",
        "公司",
        "公司名称",
        "所属企业",
    ),
    Column.EMPLOYER_USCC: (
        "统一社会信用代码",
        "单位统一社会信用代码",
        "社会信用代码",
        "企业统一社会信用代码",
        "信用代码",
        "单位信用代码",
        "工作单位统一社会信用代码",
        "统一信用代码",
        "USCC",
    ),
}
HEADERS: Mapping[Column, str] = {
    Column.NAME: "姓名",
    Column.ID_TYPE: "证件类型",
    Column.ID_NUMBER: "证件号码",
    Column.PHONE: "手机号码",
    Column.GROUP: "人员类别",
    Column.EDUCATION: "文化程度",
    Column.DOMICILE: "户籍所在区划",
    Column.EMPLOYER: "工作单位",
    Column.EMPLOYER_USCC: "统一社会信用代码",
}
"""The words of the template."""
MARKS = "需修改"
"""The header of the column in which a marked copy says what is to be mended; sent back, it is passed over."""
_RANKS = {word: (column, rank) for column, words in SPELLINGS.items() for rank, word in enumerate(words)}
_LOOKED_AT = 40
"""Lines, from the first that holds something, in which a header is looked for."""
_LEAST = 2
_ALTERNATIVES = re.compile(r"[/\\|]|或者|或")


def column_of(text: str) -> tuple[Column, int] | None:
    """Return what a header says its column holds, and how good a word it is for that (0 is best); None where it is not understood."""
    whole = _RANKS.get(word_in(text))
    if whole is not None:
        return whole
    found = [_RANKS[word] for part in _ALTERNATIVES.split(tidied(text)) if (word := word_in(part)) in _RANKS]
    return min(found, key=lambda each: each[1], default=None)


def choice_for(sheets: tuple[Sheet, ...]) -> Choice:
    """Return the sheet and the header by which a file is best understood; where none is, the first sheet and the columns that are."""
    choices = [header_in(sheet, number) for number, sheet in enumerate(sheets)]
    return max(choices, key=lambda each: (each.is_enough, len(each.columns)), default=Choice())


def header_in(sheet: Sheet, number: int) -> Choice:
    """Return the header of a sheet: the line, or the two lines under one another, of which most columns are understood."""
    best = Choice(number)
    for at, words in _candidates(sheet.lines[:_LOOKED_AT]):
        columns = _columns(words)
        if len(columns) >= _LEAST and len(columns) > len(best.columns):
            best = Choice(number, at, columns)
    return best


def is_header(line: Line, columns: Mapping[Column, int]) -> bool:
    """Say whether a line repeats the header, as printed lists do on every page: its number and its name are the words for them."""
    return all(
        (found := column_of(line.cell(columns[column]))) is not None and found[0] is column
        for column in (Column.ID_NUMBER, Column.NAME)
        if column in columns
    )


def _candidates(lines: tuple[Line, ...]) -> Iterator[tuple[int, list[list[str]]]]:
    """Yield each line by itself, then each with the one above it: each column by its word, by what stands over it, and by both together."""
    for line in lines:
        yield line.at, [[cell] for cell in line.cells]
    for upper, lower in pairwise(lines):
        if lower.at == upper.at + 1:
            width = max(len(upper.cells), len(lower.cells))
            yield lower.at, [_two(upper.cell(at), lower.cell(at)) for at in range(width)]


def _two(upper: str, lower: str) -> list[str]:
    return [lower, upper + lower] if lower and lower != upper else [upper]


def _columns(words: list[list[str]]) -> dict[Column, int]:
    best: dict[Column, tuple[int, int]] = {}
    for at, alternatives in enumerate(words):
        known = [found for text in alternatives if (found := column_of(text)) is not None]
        if known:
            column, rank = min(known, key=lambda each: each[1])
            best[column] = min(best.get(column, (rank, at)), (rank, at))
    return {column: at for column, (_, at) in best.items()}
