"""The answer is in plain words, and its first line says it all."""

import ast
import re
from datetime import UTC, datetime

import pytest

from jiangxue_verify.archive import Judgement, Question, judge
from jiangxue_verify.errors import Refused, Unjudged
from jiangxue_verify.known import parse_known
from jiangxue_verify.language import CHINESE, ENGLISH, moment
from jiangxue_verify.sentences import FINDINGS, NEXT, SECTIONS
from jiangxue_verify.trust import parse_trust
from jiangxue_verify.words import answer
from tests.repository.sources import files, nodes_of
from tests.verify.builder import Parts, export
from tests.verify.world import ANCHORS, FIRST_HEADS, LEARNER, SEEN, SIZE, TRUST, at_s, judged, trust, world

_ARGUMENTS = {"number": 37, "size": 15, "old": 6, "new": 15, "seen": 1, "need": 2, "shown": 5, "counted": 7, "days": 7}
_NAMES = {"name": "witness.example/notary", "path": "trust.txt", "message": "wrong"}
_TIMES = {"seen_ms": 1_795_482_000_000, "happened_ms": 1_795_482_000_000}


def _edited() -> Parts:
    parts = world().parts()
    parts.entries[2]["data"] = parts.entries[2]["data"].replace('"minutes":5', '"minutes":50')
    return parts


def test_a_good_archive_in_chinese() -> None:
    assert answer(judged(world().parts().packed()), CHINESE).splitlines() == [
        "验证通过：档案完整，未被改动（完整截至北京时间 2026-11-26 02:00:00）",
        "",
        f"  档案编号  {LEARNER}",
        "  　　　　  档案没有写明姓名：属于谁，请与平台档案页上的编号核对",
        "  学习记录  签到 2 次，打卡通过 0 次，未打卡 0 次",
        "  内容删除  2026-11-25 11:00:00 依法删除",
        "",
        "  档案记录  8 条",
        "  存证日志  log.example/one，共 15 条 (sha256)",
        "  外部见证  witness.example/notary  2026-11-26 09:12:00",
        "  　　　　  witness.example/regulator  2026-11-26 09:06:00",
        "  　　　　  本档案最早于 2026-11-24 10:06:00 见证",
        "  没有遗漏  截至 2026-11-26 02:00:00 的 7 条一条不缺",
        "  　　　　  此后的 1 条属实；是否齐全，要看以后导出的档案",
        "  记录时间  都在发生后 1 天内经外部见证",
        "",
        "时间均为北京时间。学员、班级、课程和学时照档案中的记录写出：记录没有被改动，内容由平台所写。",
    ]


def test_a_good_archive_in_english() -> None:
    lines = answer(judged(world().parts().packed()), ENGLISH).splitlines()
    assert (
        lines[0] == "Verified: the archive is complete and unaltered (complete up to 2026-11-26 02:00:00 Beijing time)"
    )
    assert f"  archive       {LEARNER}" in lines
    assert "  complete      none of the 7 up to 2026-11-26 02:00:00 is missing" in lines


def test_erased_contents_are_counted_in_the_first_line() -> None:
    """Whoever writes one record of an erasure may leave out all contents before it: nobody may take that for a whole archive."""
    parts = world().parts()
    for entry in parts.entries[:5]:
        del entry["data"], entry["salt"]
    text = answer(judged(parts.packed()), CHINESE)
    assert text.splitlines()[0].endswith("（完整截至北京时间 2026-11-26 02:00:00；5 条的内容已删除）")
    assert "8 条，其中 5 条的内容已删除，删除有记录" in text


def test_an_altered_record_is_named_and_so_is_the_witness_that_saw_the_original() -> None:
    assert answer(judged(_edited().packed()), CHINESE).splitlines() == [
        "验证不通过：第 3 条记录与存证不符",
        "",
        "  通过　　  文件形式",
        "  通过　　  签名与见证",
        "  通过　　  记录次序",
        "  不通过　  记录内容",
        "  通过　　  存证日志",
        "  通过　　  没有遗漏",
        "  通过　　  记录时间",
        "",
        "  第 3 条记录与存证不符（原记录已由 witness.example/regulator 于 2026-11-25 02:12:00 见证）",
        "",
        NEXT[1][0],
    ]


def test_no_witness_is_named_for_a_record_that_is_itself_not_proven() -> None:
    parts = _edited()
    parts.proof[0] = bytes(32)
    assert "原记录已由" not in answer(judged(parts.packed()), CHINESE)


def test_of_many_findings_ten_are_shown_and_the_rest_is_counted() -> None:
    judgement = Judgement(1, [Refused("payloads.commitment", number=number) for number in range(1, 16)])
    text = answer(judgement, CHINESE)
    assert "第 10 条记录" in text
    assert "第 11 条记录" not in text
    assert "另有 5 处。" in text


def test_what_could_not_be_checked_is_said() -> None:
    parts = world().parts()
    parts.anchors[0]["note"] = "nothing"
    text = answer(judged(parts.packed()), CHINESE)
    assert text.startswith("验证不通过：第 1 个历史见证点的签名或格式不对\n")
    assert "  未检查　  记录内容" in text


def test_a_checkpoint_known_before_has_a_line_of_its_own() -> None:
    judgement = judged(_edited().packed(), known=parse_known(world().log.note(SIZE), None, trust()))
    assert "  通过　　  与已知一致" in answer(judgement, CHINESE)


def test_a_good_archive_says_that_it_was_held_against_a_checkpoint_known_before() -> None:
    content = world().parts().packed()
    held = answer(judged(content, known=parse_known(world().log.note(SIZE), None, trust())), CHINESE)
    assert held.startswith("验证通过")
    assert "  与已知一致  通过" in held
    assert "与已知一致" not in answer(judged(content), CHINESE)


def test_what_is_not_judged_has_one_line_and_says_what_to_do() -> None:
    assert answer(judged(b"%PDF"), CHINESE) == f"无法验证：这个文件不是档案\n\n{NEXT[2][0]}"
    assert answer(judged(b"%PDF"), ENGLISH) == f"Cannot be verified: this file is no archive\n\n{NEXT[2][1]}"


def test_a_missing_proof_says_where_to_fetch_it() -> None:
    judgement = judged(world().parts().packed(), known=parse_known(world().log.note(6), None, trust()))
    assert "/ledger/consistency/6-15.txt" in answer(judgement, CHINESE).splitlines()[0]


def test_late_entries_old_heads_and_missing_witnesses_are_said() -> None:
    here = world()
    first = here.log.records[FIRST_HEADS]
    late = [(signer, seconds + 4 * 86_400) for signer, seconds in SEEN]
    text = answer(judged(export(here.log, LEARNER, first, (SIZE, late), ANCHORS).packed()), CHINESE)
    assert "注意：这比存证检查点早 5 天" in text
    text = answer(judged(export(here.log, LEARNER, here.heads, (SIZE, SEEN), ANCHORS[2:]).packed()), CHINESE)
    assert text.splitlines()[0] == "验证通过：档案完整，未被改动（完整截至北京时间 2026-11-26 02:00:00；4 条见证较晚）"
    assert "4 条在发生 1 天以后才经外部见证：" in text
    assert "第 1 条：发生 2026-11-24 09:00:00，见证 2026-11-26 02:06:00" in text
    content = export(here.log, LEARNER, here.heads, (SIZE, ()), ()).packed()
    text = answer(judge(content, Question(trust(need=0))), CHINESE)
    assert text.splitlines()[0].endswith("（没有外部见证；只是日志自称完整截至北京时间 2026-11-26 02:00:00）")
    assert "没有：只能证明日志签过名，不能证明何时记下" in text
    assert "无法证明（没有外部见证）" in text


def test_entries_from_before_the_witnesses_are_counted_and_not_listed() -> None:
    here = world()
    content = export(here.log, LEARNER, here.heads, (SIZE, SEEN), ANCHORS[2:]).packed()
    for since, before, first in ((at_s(1.5), 2, "第 3 条"), (at_s(30), 4, "")):
        day = datetime.fromtimestamp(since, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        said = answer(judge(content, Question(parse_trust(f"{TRUST}since {day}\n"))), CHINESE)
        assert f"其中 {before} 条早于开始见证的时间 {moment(since * 1000)}" in said
        listed = [line for line in said.splitlines() if "条：发生" in line]
        assert [line.split("：")[0].strip() for line in listed][:1] == ([first] if first else [])


def test_times_are_those_of_beijing_and_numbers_that_are_no_time_are_shown_as_they_are() -> None:
    assert moment(round(datetime(2026, 12, 31, 16, tzinfo=UTC).timestamp()) * 1000) == "2027-01-01 00:00:00"
    assert moment(2**53 - 1) == "9007199254740991 ms"


def _codes() -> set[str]:
    """Return every code that a finding is raised with, or that is put together where it is."""
    texts = {
        node.value
        for path in files(".py", below=("src/jiangxue_verify",))
        if path.name != "sentences.py"
        for node in nodes_of(path, ast.Constant)
        if isinstance(node.value, str) and re.fullmatch(r"[a-z]+\.[a-z-]+", node.value)
    }
    made = {f"times.{what}-{how}" for what in ("entry", "heads") for how in ("future", "late")}
    made |= {f"{where}.{how}" for where in ("heads", "payloads") for how in ("commitment", "form", "differs")}
    kinds = {"enrolment.described", "hours.settled", "session.opened", "check.settled"}
    parts_of_made = kinds | {
        "times.entry",
        "times.heads",
        "archive.erased",
        "checkpoint.txt",
        "heads.json",
        "anchors.json",
        "proof.bin",
    }
    return (texts | made) - parts_of_made - {"entries.jsonl"}


def test_every_finding_has_its_sentence_and_every_sentence_its_finding() -> None:
    assert _codes() == set(FINDINGS)


@pytest.mark.parametrize("code", FINDINGS)
def test_every_sentence_can_be_said_in_both_languages(code: str) -> None:
    values = {**_ARGUMENTS, **_NAMES, **_TIMES}
    for language in (CHINESE, ENGLISH):
        kind = Refused if code.partition(".")[0] in SECTIONS else Unjudged
        text = answer(Judgement(kind.status, [kind(code, **values)]), language)
        assert "{" not in text
    chinese, english = FINDINGS[code]
    assert set(re.findall(r"{\w+}", chinese)) == set(re.findall(r"{\w+}", english))
    assert re.search("[\u4e00-\u9fff]", chinese)
    assert english.isascii()
