"""The answer in plain words: the first line says it all, a short list says what was looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jiangxue_verify.archive import UNJUDGED, Archive, Judgement
from jiangxue_verify.errors import Finding, Value
from jiangxue_verify.facts import Facts, facts_of
from jiangxue_verify.language import Language, moment
from jiangxue_verify.sentences import FINDINGS, NEXT, SECTIONS, VERDICTS, Both
from jiangxue_verify.shown import shown_of
from jiangxue_verify.shown_words import Rows, shown_rows, whose

_SHOWN = 10
_WIDTH = 12


def answer(judgement: Judgement, language: Language) -> str:
    """Return the whole answer, without a last newline."""
    good = judgement.good_archive
    if good is not None:
        return "\n".join([first_line(judgement, language), "", *_good(judgement, good, language)])
    said = "\n".join([first_line(judgement, language), "", *_checks(judgement, language)]).rstrip()
    return f"{said}\n\n{language.of(NEXT[judgement.status])}"


def first_line(judgement: Judgement, language: Language) -> str:
    """Return the verdict."""
    verdict = language.of(VERDICTS[judgement.status])
    if judgement.good_archive is not None:
        return verdict + _extent(judgement.good_archive, language)
    return verdict + sentence(_decisive(judgement), language)


def _extent(archive: Archive, language: Language) -> str:
    """Return up to when a good archive is complete, and what else nobody may overlook who reads but one line."""
    until = moment(archive.heads.leaf.happened_ms)
    late, erased = len(archive.late), sum(entry.content is None for entry in archive.entries)
    said = [(f"完整截至北京时间 {until}", f"complete up to {until} Beijing time")]
    if archive.sightings.seen(archive.heads.index) is None:
        said = [("没有外部见证", "no witness"), (f"只是日志自称{said[0][0]}", f"by the log's own word {said[0][1]}")]
    if late:
        said.append((f"{late} 条见证较晚", f"{late} were seen late"))
    if erased:
        said.append((f"{erased} 条的内容已删除", f"the contents of {erased} were erased"))
    chinese, english = zip(*said)
    return language(f"（{'；'.join(chinese)}）", f" ({'; '.join(english)})")


def sentence(finding: Finding, language: Language) -> str:
    """Return what a finding says."""
    return language.of(FINDINGS[finding.code]).format(**_shown(finding.values))


def _shown(values: Mapping[str, Value]) -> dict[str, str]:
    return {
        name: moment(value) if name.endswith("_ms") and isinstance(value, int) else str(value)
        for name, value in values.items()
    }


def _decisive(judgement: Judgement) -> Finding:
    """Return the first finding that the status follows from."""
    return next((one for one in judgement.findings if one.status == judgement.status), judgement.findings[0])


def _section(finding: Finding) -> str:
    return finding.code.partition(".")[0]


def _checks(judgement: Judgement, language: Language) -> Iterator[str]:
    """Return a line for each check, and one for each finding."""
    found = {_section(finding) for finding in judgement.findings}
    bad = language("无法判断", "unknown") if judgement.status == UNJUDGED else language("不通过　", "FAILED ")
    if not found & SECTIONS.keys():
        return
    for section, name in SECTIONS.items():
        made = language("通过　　", "passed ") if section in judgement.made else language("未检查　", "skipped")
        if section != "known" or section in {*found, *judgement.made}:
            yield f"  {bad if section in found else made}  {language.of(name)}"
    yield ""
    for finding in judgement.findings[:_SHOWN]:
        yield f"  {sentence(finding, language)}{_witnessed(finding, judgement, language)}"
    if len(judgement.findings) > _SHOWN:
        yield language(f"  另有 {len(judgement.findings) - _SHOWN} 处。", f"  {len(judgement.findings) - _SHOWN} more.")


def _witnessed(finding: Finding, judgement: Judgement, language: Language) -> str:
    """Return who had seen the entry whose content is wrong: only said if the entry itself is proven to be in the log."""
    number, archive = finding.values.get("number"), judgement.archive
    proven = not {_section(one) for one in judgement.findings} & {"chain", "tree", "signatures"}
    if archive is None or not proven or _section(finding) != "payloads" or not isinstance(number, int):
        return ""
    seen = archive.sightings.seen(archive.entries[number - 1].index)
    if seen is None:
        return ""
    at = moment(seen.time_ms)
    return language(f"（原记录已由 {seen.name} 于 {at} 见证）", f" ({seen.name} had seen the original at {at})")


def _good(judgement: Judgement, archive: Archive, language: Language) -> Iterator[str]:
    """Return what a good archive says of itself, and what it proves, a line for each."""
    facts, shown = facts_of(archive), shown_of(archive)
    nameless = whose(shown, facts.erased, language)
    number = (("档案编号", "archive"), [facts.archive_id, *([] if nameless is None else [nameless])])
    yield from _lines([number, *shown_rows(shown, language)], language)
    yield ""
    rows = _rows(facts, language)
    if "known" in judgement.made:
        known = language(
            "通过：日志给您的检查点与给这份档案的是同一本", "passed: the log has shown you and this archive the same"
        )
        rows.append((("与已知一致", "known"), [known]))
    yield from _lines(rows, language)
    yield ""
    yield language(
        "时间均为北京时间。学员、班级、课程和学时照档案中的记录写出：记录没有被改动，内容由平台所写。",
        "All times are Beijing time. Learner, class, course and hours stand as recorded: unaltered, and written by the platform.",
    )


def _lines(rows: Rows, language: Language) -> Iterator[str]:
    for (chinese, english), lines in rows:
        label = language(chinese.ljust(4, "\u3000"), english.ljust(_WIDTH))
        yield f"  {label}  {lines[0]}"
        yield from (f"  {language(chr(0x3000) * 4, ' ' * _WIDTH)}  {line}" for line in lines[1:])


def _rows(facts: Facts, language: Language) -> list[tuple[Both, Sequence[str]]]:
    erased = language(
        f"，其中 {facts.erased} 条的内容已删除，删除有记录", f", of which {facts.erased} were erased as recorded"
    )
    entries = language(f"{facts.entries} 条", f"{facts.entries}") + (erased if facts.erased else "")
    log = language(f"{facts.origin}，共 {facts.log_size} 条", f"{facts.origin}, {facts.log_size} entries")
    return [
        (("档案记录", "records"), [entries]),
        (("存证日志", "ledger"), [f"{log} ({facts.hash_id})"]),
        (("外部见证", "witnesses"), _witnesses(facts, language)),
        (("没有遗漏", "complete"), _completeness(facts, language)),
        (("记录时间", "times"), _times(facts, language)),
    ]


def _witnesses(facts: Facts, language: Language) -> Sequence[str]:
    if facts.first_seen is None:
        return [
            language(
                "没有：只能证明日志签过名，不能证明何时记下",
                "none: the log has signed, but when it was recorded is not shown",
            )
        ]
    now = [f"{name}  {moment(seconds * 1000)}" for name, seconds in sorted(facts.cosigned.items())]
    earlier = language(
        f"本档案最早于 {moment(facts.first_seen.time_ms)} 见证",
        f"first seen at {moment(facts.first_seen.time_ms)}",
    )
    return [*now, earlier]


def _completeness(facts: Facts, language: Language) -> Sequence[str]:
    until = moment(facts.complete_until_ms)
    lines = [
        language(
            f"截至 {until} 的 {facts.complete_entries} 条一条不缺",
            f"none of the {facts.complete_entries} up to {until} is missing",
        )
    ]
    if facts.entries > facts.complete_entries:
        after = facts.entries - facts.complete_entries
        lines.append(
            language(
                f"此后的 {after} 条属实；是否齐全，要看以后导出的档案",
                f"the {after} after that are genuine; a later export will show whether they are all",
            )
        )
    if facts.stale_days:
        lines.append(
            language(
                f"注意：这比存证检查点早 {facts.stale_days} 天，其间是否有遗漏未能证明，请索取新导出的档案",
                f"Note: the checkpoint is {facts.stale_days} days younger; ask for a new export to cover them",
            )
        )
    return lines


def _times(facts: Facts, language: Language) -> Sequence[str]:
    if facts.first_seen is None:
        return [language("无法证明（没有外部见证）", "not shown, without a witness")]
    if not facts.late:
        return [language("都在发生后 1 天内经外部见证", "all were seen within a day")]
    lines = [
        language(
            f"{len(facts.late)} 条在发生 1 天以后才经外部见证：", f"{len(facts.late)} were seen after more than a day:"
        )
    ]
    before = sum(late.happened_ms < facts.since_ms for late in facts.late)
    if before:
        since = moment(facts.since_ms)
        lines.append(
            language(
                f"其中 {before} 条早于开始见证的时间 {since}（信任名单中的 since）：发生时间只是平台的说法",
                f"{before} of them are older than {since}, since when there are witnesses (trust list): "
                "when they happened is the platform's word alone",
            )
        )
    told = [late for late in facts.late if late.happened_ms >= facts.since_ms]
    for late in told[:_SHOWN]:
        happened, seen = moment(late.happened_ms), moment(late.seen_ms)
        lines.append(
            language(
                f"第 {late.number} 条：发生 {happened}，见证 {seen}",
                f"record {late.number}: happened {happened}, seen {seen}",
            )
        )
    if len(told) > _SHOWN:
        lines.append(language(f"另有 {len(told) - _SHOWN} 条", f"{len(told) - _SHOWN} more"))
    return lines
