"""What each row of a roster says of a person, and what of it is to be mended. Pure. Clauses C3, M1; GB 11643, GB 32100, GB/T 2260."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from jiangxue.accounts.errors import NameUnfit, NumberUnfit
from jiangxue.accounts.rules import identifiers
from jiangxue.accounts.rules.corrections import fit_name
from jiangxue.accounts.rules.id_types import IdType, age_on, bare, told_by
from jiangxue.accounts.rules.names import tidied_name
from jiangxue.accounts.rules.number_flaws import fit_number
from jiangxue.accounts.rules.self_registration import ALONE_FROM
from jiangxue.enrolment.rules.background import Background
from jiangxue.enrolment.rules.roster.cells import is_rounded, number_in, tidied, word_in
from jiangxue.enrolment.rules.roster.headers import is_header
from jiangxue.enrolment.rules.roster.regions import region_in
from jiangxue.enrolment.rules.roster.shapes import Choice, Column, Finding, Line, Row, Sheet, What, Written
from jiangxue.enrolment.rules.roster.words import NOTHING, UnknownWord, education_in, group_in, id_type_in
from jiangxue.organisations.rules.uscc import flaw_of

WORKS_FROM = 16
"""From which age, in years, somebody may be employed (Labour Law, Article 15)."""
LONGEST_EMPLOYER = 120
EXAMPLE = "示例"
"""How the name in the example row of the template begins; such a row is passed over."""
_SUMS = ("合计", "总计", "共计", "小计")
_ENDS = (
    *_SUMS,
    "备注",
    "说明",
    "注",
    "填表人",
    "填报人",
    "制表人",
    "审核人",
    "经办人",
    "负责人",
    "单位盖章",
    "填表日期",
    "联系人",
)
_SIGNED_BY = re.compile(rf"(?:{'|'.join(_ENDS)})\s*[:：]")
_COUNTRY_CODE = re.compile(r"(?:\+|00)?86(?=1[3-9][0-9]{9}$)")
_SHAPES = (
    (re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?"), IdType.HK_MACAO_PERMIT),
    (re.compile(r"8[123]0000[0-9]{11}[0-9X]"), IdType.RESIDENCE_PERMIT),
    (re.compile(r"9[0-9]{16}[0-9X]|[A-Z]{3}[0-9]{12}"), IdType.FOREIGN_PERMANENT),
)


@dataclass(frozen=True, slots=True)
class _Fit[Value]:
    """What a cell says, and what is to be mended of it."""

    value: Value
    findings: tuple[Finding, ...] = ()


def rows_of(sheet: Sheet, choice: Choice, *, regions: Mapping[str, str], today: date) -> list[Row]:
    """Return the people that a sheet names, in its order, each with what is to be mended; `regions` are the known names by code.

    Lines above the header, repeated headers, sums, remarks, the example of the template and lines without anything in a known column are
    passed over. Numbers are judged by GB 11643 and the shapes of permits, employers' codes by GB 32100; nobody is born after `today`, and who is
    under 14 years is not taken in, under 16 only told.
    """
    lines = [line for line in sheet.lines if line.at > choice.header_at and _names_somebody(line, choice.columns)]
    rows = [_row(line, choice.columns, regions, today) for line in lines]
    return _without_repeats(rows)


def _names_somebody(line: Line, columns: Mapping[Column, int]) -> bool:
    said = {column: tidied(line.cell(at)) for column, at in columns.items()}
    if not any(said.values()) or is_header(line, columns):
        return False
    name, number = said.get(Column.NAME, ""), said.get(Column.ID_NUMBER, "")
    return not name.startswith(EXAMPLE) and (bool(number) or not (word_in(name).startswith(_ENDS) or _is_foot(line)))


def _is_foot(line: Line) -> bool:
    """Say whether a line begins as sums and signatures do, in whichever column: 合计, or 制表人 and a colon, never a mere 负责人, which is a post."""
    first = next(filter(None, map(tidied, line.cells)), "")
    return word_in(first) in _SUMS or _SIGNED_BY.match(first) is not None


def _row(line: Line, columns: Mapping[Column, int], regions: Mapping[str, str], today: date) -> Row:
    said = {column: line.cell(columns[column]) if column in columns else "" for column in Column}
    name, phone = _name(said[Column.NAME]), _phone(said[Column.PHONE])
    kind = _word(said[Column.ID_TYPE], id_type_in, Column.ID_TYPE, What.ID_TYPE_UNKNOWN)
    id_type = kind.value or _type_by_shape(said[Column.ID_NUMBER])
    number = _number(said[Column.ID_NUMBER], id_type, today)
    known = _young(id_type, number.value, today) if number.value else ()
    background, mended = _background(said, regions)
    written = Written(name.value, id_type, number.value, phone.value, background)
    unsure = () if kind.findings else number.findings  # of a number whose kind is not known nothing can be said
    return Row(line.at, written, (*name.findings, *kind.findings, *unsure, *known, *phone.findings, *mended))


def _name(cell: str) -> _Fit[str]:
    name = tidied_name(tidied(cell))
    if not name:
        return _Fit("", (Finding(Column.NAME, What.NAME_MISSING),))
    try:
        return _Fit(fit_name(name))
    except NameUnfit:
        return _Fit("", (Finding(Column.NAME, What.NAME_UNFIT),))


def _number(cell: str, id_type: IdType, today: date) -> _Fit[str]:
    typed = number_in(cell)
    if not typed:
        return _Fit("", (Finding(Column.ID_NUMBER, What.NUMBER_MISSING),))
    try:
        return _Fit(fit_number(id_type, typed, today))
    except NumberUnfit as flaw:
        if is_rounded(typed):
            return _Fit("", (Finding(Column.ID_NUMBER, What.NUMBER_ROUNDED),))
        return _Fit("", (Finding(Column.ID_NUMBER, What.NUMBER_UNFIT, str(flaw.fault), flaw.at),))


def _type_by_shape(cell: str) -> IdType:
    """Return the kind of document that a number without one can only be from, a resident identity card where it could be several."""
    number = bare(number_in(cell))
    return next((id_type for shape, id_type in _SHAPES if shape.fullmatch(number)), IdType.RESIDENT)


def _young(id_type: IdType, number: str, today: date) -> tuple[Finding, ...]:
    born = told_by(id_type, number).born
    if born is None or age_on(born, today) >= WORKS_FROM:
        return ()
    what = What.TOO_YOUNG if age_on(born, today) < ALONE_FROM else What.YOUNG
    return (Finding(Column.ID_NUMBER, what),)


def _phone(cell: str) -> _Fit[str]:
    typed = number_in(cell)
    if typed.upper() in NOTHING:
        return _Fit("", (Finding(Column.PHONE, What.PHONE_MISSING),))
    phone = _COUNTRY_CODE.sub("", identifiers.normalised(typed).replace("-", ""))
    if not identifiers.is_phone(phone):
        return _Fit("", (Finding(Column.PHONE, What.PHONE_UNFIT),))
    return _Fit(phone)


def _background(said: Mapping[Column, str], regions: Mapping[str, str]) -> tuple[Background, tuple[Finding, ...]]:
    group = _word(said[Column.GROUP], group_in, Column.GROUP, What.GROUP_UNKNOWN)
    education = _word(said[Column.EDUCATION], education_in, Column.EDUCATION, What.EDUCATION_UNKNOWN)
    domicile = _domicile(said[Column.DOMICILE], regions)
    employer, code = _employer(said[Column.EMPLOYER]), _uscc(said[Column.EMPLOYER_USCC])
    background = Background(group.value, education.value, domicile.value, employer.value, code.value)
    return background, tuple(
        finding for fit in (group, education, domicile, employer, code) for finding in fit.findings
    )


def _word[Value](cell: str, find: Callable[[str], Value | None], column: Column, what: What) -> _Fit[Value | None]:
    try:
        return _Fit(find(cell))
    except UnknownWord:
        return _Fit(None, (Finding(column, what),))


def _domicile(cell: str, regions: Mapping[str, str]) -> _Fit[str]:
    if word_in(cell) in NOTHING:
        return _Fit("")
    code = region_in(cell, regions)
    return _Fit(code) if code else _Fit("", (Finding(Column.DOMICILE, What.DOMICILE_UNKNOWN),))


def _employer(cell: str) -> _Fit[str]:
    employer = tidied(cell)
    if employer in NOTHING:
        return _Fit("")
    if len(employer) > LONGEST_EMPLOYER or not employer.isprintable():
        return _Fit("", (Finding(Column.EMPLOYER, What.EMPLOYER_TOO_LONG),))
    return _Fit(employer)


def _uscc(cell: str) -> _Fit[str]:
    code = bare(number_in(cell))
    if word_in(cell) in NOTHING:
        return _Fit("")
    return _Fit(code) if flaw_of(code) is None else _Fit("", (Finding(Column.EMPLOYER_USCC, What.USCC_UNFIT),))


def _without_repeats(rows: list[Row]) -> list[Row]:
    """Mark each number but the first as repeated, and each phone that an earlier row gives to another number."""
    numbers: dict[str, int] = {}
    phones: dict[str, int] = {}
    return [_marked(row, numbers, phones) for row in rows]


def _marked(row: Row, numbers: dict[str, int], phones: dict[str, int]) -> Row:
    found = list(row.findings)
    number, phone = row.written.id_number, row.written.phone
    first = numbers.setdefault(number, row.line) if number else row.line
    if first != row.line:
        found.append(Finding(Column.ID_NUMBER, What.REPEATED, line=first))
    owner = phones.setdefault(phone, row.line) if phone else row.line
    if owner != row.line:
        found.append(Finding(Column.PHONE, What.PHONE_REPEATED, line=owner))
    return Row(row.line, row.written, tuple(found))
