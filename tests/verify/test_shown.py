"""What an archive says of itself is shown as it was recorded, never believed, and whatever it says, it changes no judgement."""

import json
from pathlib import Path
from typing import Any

import pytest

from jiangxue_verify.__main__ import main
from jiangxue_verify.archive import Judgement
from jiangxue_verify.language import CHINESE, ENGLISH, duration
from jiangxue_verify.shown import MAX_TEXT, Shown, plain, shown_of
from jiangxue_verify.words import answer
from tests.verify.builder import Log, Parts, export
from tests.verify.world import LEARNER, SEEN, TRUST, at_s, judged

_DESCRIBED: dict[str, Any] = {
    "learner": {"account": 7, "name": "王小明", "id_type": "resident", "masked_number": "44**************2X"},
    "class": {
        "id": 3,
        "code": "GZ-01",
        "name": "低压电工一班",
        "opens_on": "2026-11-01",
        "closes_on": "2026-12-01",
    },
    "institution": {"id": 1, "name": "羊城培训学校"},
    "course": {"version": 9, "serial": 2, "title": "低压电工安全", "sha256": "0" * 64},
    "outline": [],
}
_SETTLED: dict[str, Any] = {
    "ordinal": 1,
    "because": None,
    "hours": {"online": 177, "live": 0, "practice": 50},
    "lessons": [{"lesson": 1, "recognised_ms": 2_700_000}, {"lesson": 2, "recognised_ms": 0}],
    "time": {"confirmed_ms": 4_800_000, "corrected_ms": 65_000, "refused_ms": {}},
}
type Event = tuple[str, object]

_OPENED: Event = ("session.opened", {})
_DUE: Event = ("archive.erased", {"because": "term", "due_on": "2026-11-20", "years": 5, "run": 1})


def _parts(*events: Event) -> Parts:
    """Return an archive in which these happened, an hour after each other."""
    log = Log()
    for hours, (kind, data) in enumerate(events):
        log.append(LEARNER, kind, at_s(hours) * 1000, data)
    heads = log.append_heads(at_s(41) * 1000)
    return export(log, LEARNER, heads, (len(log.records), SEEN), ())


def _judged(*events: Event) -> Judgement:
    return judged(_parts(*events).packed())


def _shown(*events: Event) -> Shown:
    """Return what such an archive says of itself; whatever that is, the archive holds."""
    judgement = _judged(*events)
    assert (judgement.status, judgement.findings) == (0, [])
    return shown_of(judgement.good_archive)


def _rows(judgement: Judgement, language: Any = CHINESE) -> list[str]:
    """Return the lines between the first line and what is proven."""
    lines = answer(judgement, language).splitlines()
    return lines[2 : lines.index("", 2)]


def test_whose_archive_it_is_and_what_it_comes_to_in_chinese() -> None:
    events = [
        ("enrolment.described", _DESCRIBED),
        _OPENED,
        ("check.settled", {"outcome": "passed"}),
        ("check.settled", {"outcome": "missed"}),
        ("hours.settled", _SETTLED),
    ]
    assert _rows(_judged(*events)) == [
        f"  档案编号  {LEARNER}",
        "  学　　员  王小明，证件号码 44**************2X",
        "  班　　级  低压电工一班（GZ-01），羊城培训学校",
        "  课　　程  低压电工安全，第 2 版",
        "  认定学时  线上 1.77，直播 0.00，实操 0.50，认定课节 1 / 2",
        "  　　　　  已确认 1 小时 20 分，人工更正 1 分 05 秒",
        "  　　　　  2026-11-24 13:00:00 结算",
        "  学习记录  签到 1 次，打卡通过 1 次，未打卡 1 次",
    ]


def test_whose_archive_it_is_and_what_it_comes_to_in_english() -> None:
    again = {**_SETTLED, "ordinal": 2, "because": "0" * 32}
    assert _rows(_judged(("enrolment.described", _DESCRIBED), ("hours.settled", again)), ENGLISH) == [
        f"  archive       {LEARNER}",
        "  learner       王小明, number 44**************2X",
        "  class         低压电工一班 (GZ-01), 羊城培训学校",
        "  course        低压电工安全, version 2",
        "  hours         online 1.77, live 0.00, practice 0.50, 1 of 2 lessons recognised",
        "                confirmed 1 h 20 min, corrected 1 min 05 s",
        "                settled at 2026-11-24 10:00:00, again after a correction",
        "  learning      sessions 0, checks passed 0, missed 0",
    ]


def test_that_all_of_it_is_only_the_platforms_word_is_said_below() -> None:
    judgement = _judged(("enrolment.described", _DESCRIBED))
    assert answer(judgement, CHINESE).endswith("记录没有被改动，内容由平台所写。")
    assert answer(judgement, ENGLISH).endswith("unaltered, and written by the platform.")


def test_the_last_description_counts() -> None:
    newer = {**_DESCRIBED, "learner": {"name": "王晓明"}}
    found = _shown(("enrolment.described", _DESCRIBED), ("enrolment.described", newer)).described
    assert (found.name, found.masked_number, found.record) == ("王晓明", None, 2)


def test_the_settlement_with_the_highest_ordinal_counts_wherever_it_stands() -> None:
    second = {**_SETTLED, "ordinal": 2, "hours": {"online": 200}}
    found = _shown(("hours.settled", second), ("hours.settled", _SETTLED)).settled
    assert (found.ordinal, found.again, found.online, found.live) == (2, True, 200, None)
    twice = {**_SETTLED, "hours": {"online": 300}}
    assert _shown(("hours.settled", _SETTLED), ("hours.settled", twice)).settled.online == 300


def test_what_is_not_settled_yet_is_said() -> None:
    assert "  认定学时  尚未结算" in _rows(_judged(_OPENED))
    assert "  hours         not settled yet" in _rows(_judged(_OPENED), ENGLISH)


def test_a_settlement_that_cannot_be_read_is_neither_shown_nor_denied() -> None:
    odd = ("hours.settled", {**_SETTLED, "ordinal": "1"})
    assert (_shown(odd).settled, _shown(odd).is_settled) == (None, True)
    assert "认定学时" not in "".join(_rows(_judged(odd)))


def test_an_archive_that_names_nobody_says_how_to_find_out() -> None:
    assert _rows(_judged(_OPENED))[1].endswith("请与平台档案页上的编号核对")
    nameless = {**_DESCRIBED, "learner": {"name": "\u200b \n"}}
    assert _rows(_judged(("enrolment.described", nameless)))[1].endswith("请与平台档案页上的编号核对")


def test_contents_erased_by_law_are_said_with_when_and_since_when_that_was_due() -> None:
    parts = _parts(
        ("enrolment.described", _DESCRIBED), ("hours.settled", _SETTLED), ("check.settled", {}), _OPENED, _DUE
    )
    for entry in parts.entries[:-1]:
        del entry["data"], entry["salt"]
    judgement = judged(parts.packed())
    assert _rows(judgement) == [
        f"  档案编号  {LEARNER}",
        "  　　　　  内容已依法删除，档案中不再有姓名",
        "  学习记录  签到 1 次",
        "  内容删除  2026-11-24 13:00:00 依法删除，自 2026-11-20 起已满保存期限",
    ]
    assert _rows(judgement, ENGLISH)[-1] == "  erased        by law at 2026-11-24 13:00:00, due since 2026-11-20"


_NAUGHTY: list[object] = [
    None,
    True,
    -1,
    2**53 - 1,
    "",
    "x" * 100_000,
    "\x1b[2J\r\n验证不通过：\u202e\u2066",
    [],
    [[]],
    {},
    {"name": {"name": []}, "title": 7, "serial": True, "online": -1, "outcome": []},
    [{"recognised_ms": None}, 3],
]
_MEMBERS = {
    "enrolment.described": _DESCRIBED,
    "hours.settled": _SETTLED,
    "check.settled": {"outcome": "passed"},
    "archive.erased": _DUE[1],
}


@pytest.mark.parametrize("kind", _MEMBERS)
def test_hostile_contents_change_no_judgement_and_no_other_line(kind: str) -> None:
    """Whatever stands where something else is expected, the archive holds, and the answer has its lines and no more."""
    members = _MEMBERS[kind]
    for naughty in _NAUGHTY:
        changed = [{**members, name: naughty} for name in members]
        deeper = [
            {**members, name: {**value, inner: naughty}}
            for name, value in members.items()
            if isinstance(value, dict)
            for inner in value
        ]
        for data in [*changed, *deeper, {}]:
            judgement = _judged((kind, data))
            assert (judgement.status, judgement.findings) == (0, [])
            for language in (CHINESE, ENGLISH):
                lines = answer(judgement, language).splitlines()
                assert sum(line.startswith("验证") for line in lines) == (language is CHINESE)
                assert all(line.replace("\u3000", "").isprintable() for line in lines)
                assert max(map(len, lines)) < 3 * MAX_TEXT + 40


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (" 王\n小\u3000明 ", "王 小 明"),
        ("\x1b[31m王\x00小明\x1b[0m", "[31m王小明[0m"),
        ("王\u202e明小\u2066", "王明小"),
        ("王\u200b小\ufeff明", "王小明"),
        ("字" * MAX_TEXT, "字" * MAX_TEXT),
        ("字" * (MAX_TEXT + 1), "字" * MAX_TEXT + "…"),
        ("王" + "\u0301" * 50 + "明", "王\u0301\u0301明"),
        ("阿依古丽·买买提江", "阿依古丽·买买提江"),
        ("\u200b", None),
        ("", None),
        (7, None),
        (None, None),
        (["王"], None),
    ],
)
def test_a_text_is_one_line_that_can_be_seen_and_not_too_long(said: object, shown: str | None) -> None:
    assert plain(said) == shown


@pytest.mark.parametrize(
    "due_on", ["2026-02-30", "2026-11-20T00:00", "20261120", "２０２６-11-20", 20261120, None, ["2026-11-20"]]
)
def test_a_day_that_no_calendar_holds_is_left_out(due_on: object) -> None:
    assert _shown(_OPENED, ("archive.erased", {"due_on": due_on})).erased.due_on is None


def test_lessons_are_counted_only_where_all_say_what_was_recognised() -> None:
    odd = {**_SETTLED, "lessons": [{"recognised_ms": 1}, {"recognised_ms": True}]}
    found = _shown(("hours.settled", odd)).settled
    assert (found.recognised_lessons, found.lessons, found.online) == (None, None, 177)


def test_other_outcomes_of_checks_are_neither_passed_nor_missed() -> None:
    outcomes = ["passed", "passed", "missed", "withdrawn", "failed", "", None, 1]
    shown = _shown(*(("check.settled", {"outcome": outcome}) for outcome in outcomes))
    assert (shown.checks_passed, shown.checks_missed) == (2, 1)


def test_nothing_is_shown_of_an_archive_that_does_not_hold() -> None:
    parts = _parts(("enrolment.described", _DESCRIBED), _OPENED)
    parts.entries[0]["data"] = parts.entries[0]["data"].replace("王小明", "王大明")
    for language in (CHINESE, ENGLISH):
        text = answer(judged(parts.packed()), language)
        assert not any(word in text for word in ("王小明", "王大明", "低压电工"))


def test_for_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "trust.txt").write_text(TRUST)
    events = ("enrolment.described", _DESCRIBED), ("hours.settled", _SETTLED)
    (tmp_path / "a.zip").write_bytes(_parts(*events).packed())
    assert main([str(tmp_path / "a.zip"), "--trust", str(tmp_path / "trust.txt"), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)["shown"]
    assert shown["described"]["name"] == "王小明"
    assert shown["settled"] == {
        "record": 2,
        "at_ms": at_s(1) * 1000,
        "ordinal": 1,
        "again": False,
        "online": 177,
        "live": 0,
        "practice": 50,
        "recognised_lessons": 1,
        "lessons": 2,
        "confirmed_ms": 4_800_000,
        "corrected_ms": 65_000,
    }
    counts = {name: shown[name] for name in ("is_settled", "sessions", "checks_passed", "checks_missed", "erased")}
    assert counts == {"is_settled": True, "sessions": 0, "checks_passed": 0, "checks_missed": 0, "erased": None}
    (tmp_path / "a.zip").write_bytes(_parts(*events).packed()[:-1])
    assert main([str(tmp_path / "a.zip"), "--trust", str(tmp_path / "trust.txt"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["shown"] is None


def test_lengths_of_time_are_rounded_down() -> None:
    said = [duration(ms, CHINESE) for ms in (0, 999, 65_000, 60_000, 3_599_999, 3_600_000, 7_325_000)]
    assert said == ["0 分", "0 分", "1 分 05 秒", "1 分", "59 分 59 秒", "1 小时 0 分", "2 小时 2 分"]
