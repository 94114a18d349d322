"""What an archive says of itself, in plain words; what it does not say has no line."""

from __future__ import annotations

from collections.abc import Sequence

from jiangxue_verify.language import Language, duration, moment
from jiangxue_verify.sentences import Both
from jiangxue_verify.shown import Described, ErasedByLaw, Settled, Shown

Rows = Sequence[tuple[Both, Sequence[str]]]
"""A label and the lines beside it, for each."""
_HOUR_PARTS = 100
_NAMELESS = (
    "档案没有写明姓名：属于谁，请与平台档案页上的编号核对",
    "names nobody: compare with the number on the page of the learner's archive",
)
_FORGOTTEN = (
    "内容已依法删除，档案中不再有姓名",
    "contents were erased by law, and the name with them",
)


def whose(shown: Shown, erased: int, language: Language) -> str | None:
    """Return what stands under the number of an archive that names nobody, of which so many contents were erased."""
    if shown.described is not None and shown.described.name is not None:
        return None
    return language.of(_FORGOTTEN if erased else _NAMELESS)


def shown_rows(shown: Shown, language: Language) -> Rows:
    """Return a row for everything that is said."""
    described = [] if shown.described is None else _described(shown.described, language)
    rows = [
        *described,
        (("认定学时", "hours"), _hours(shown, language)),
        (("学习记录", "learning"), [_counts(shown, language)]),
        (("内容删除", "erased"), [] if shown.erased is None else [_erased(shown.erased, language)]),
    ]
    return [(label, lines) for label, lines in rows if lines]


def _described(said: Described, language: Language) -> Rows:
    number = said.masked_number and language(f"证件号码 {said.masked_number}", f"number {said.masked_number}")
    class_ = _bracketed(said.class_name, said.class_code, language)
    version = None if said.version is None else language(f"第 {said.version} 版", f"version {said.version}")
    return [
        (("学　　员", "learner"), _joined(language, said.name, number)),
        (("班　　级", "class"), _joined(language, class_, said.institution)),
        (("课　　程", "course"), _joined(language, said.course, version)),
    ]


def _hours(shown: Shown, language: Language) -> Sequence[str]:
    """Return what was settled; nothing where a settlement is on record that cannot be read."""
    settled = shown.settled
    if settled is None:
        return [] if shown.is_settled or shown.erased else [language("尚未结算", "not settled yet")]
    at = moment(settled.at_ms)
    when = language(f"{at} 结算", f"settled at {at}")
    again = language("更正后重新结算", "again after a correction") if settled.again else None
    return [*_figures(settled, language), *_joined(language, when, again)]


def _figures(settled: Settled, language: Language) -> Sequence[str]:
    modes = ((settled.online, "线上", "online"), (settled.live, "直播", "live"), (settled.practice, "实操", "practice"))
    hours = [
        language(f"{chinese} {_written(count)}", f"{english} {_written(count)}")
        for count, chinese, english in modes
        if count is not None
    ]
    lessons = settled.recognised_lessons is not None and language(
        f"认定课节 {settled.recognised_lessons} / {settled.lessons}",
        f"{settled.recognised_lessons} of {settled.lessons} lessons recognised",
    )
    times = (
        (settled.confirmed_ms, "已确认", "confirmed"),
        (settled.corrected_ms, "人工更正", "corrected"),
    )
    spans = [
        language(f"{chinese} {duration(ms, language)}", f"{english} {duration(ms, language)}")
        for ms, chinese, english in times
        if ms is not None
    ]
    return [*_joined(language, *hours, lessons or None), *_joined(language, *spans)]


def _counts(shown: Shown, language: Language) -> str:
    passed, missed = shown.checks_passed, shown.checks_missed
    checks = None
    if passed is not None and missed is not None:
        checks = language(f"打卡通过 {passed} 次，未打卡 {missed} 次", f"checks passed {passed}, missed {missed}")
    (line,) = _joined(language, language(f"签到 {shown.sessions} 次", f"sessions {shown.sessions}"), checks)
    return line


def _erased(erased: ErasedByLaw, language: Language) -> str:
    at = moment(erased.at_ms)
    due = erased.due_on and language(f"自 {erased.due_on} 起已满保存期限", f"due since {erased.due_on}")
    (line,) = _joined(language, language(f"{at} 依法删除", f"by law at {at}"), due)
    return line


def _written(hundredths: int) -> str:
    return f"{hundredths // _HOUR_PARTS}.{hundredths % _HOUR_PARTS:02d}"


def _bracketed(text: str | None, more: str | None, language: Language) -> str | None:
    if text is None or more is None:
        return text or more
    return language(f"{text}（{more}）", f"{text} ({more})")


def _joined(language: Language, *parts: str | None) -> Sequence[str]:
    """Return one line of what is there, or none."""
    there = [part for part in parts if part]
    return [language("，", ", ").join(there)] if there else []
