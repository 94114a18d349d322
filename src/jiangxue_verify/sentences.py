"""What each finding says, in Chinese and in English; the part of a code before the dot names the check."""

from __future__ import annotations

from collections.abc import Mapping

Both = tuple[str, str]
"""Chinese, English; values in braces, times ending in `_ms` are shown in Beijing time."""

VERDICTS: Mapping[int, Both] = {
    0: ("验证通过：档案完整，未被改动", "Verified: the archive is complete and unaltered"),
    1: ("验证不通过：", "NOT verified: "),
    2: ("无法验证：", "Cannot be verified: "),
}

NEXT: Mapping[int, Both] = {
    1: (
        "怎么办：不要采信这份档案。请平台重新导出一份再验证；仍不通过，或者上面说存证日志分叉、被改写过，请把档案、信任名单和以上结果交给主管部门。",
        "What to do: do not rely on this archive. Have the platform export it anew. If that fails too, or if the answer says fork or rewritten, "
        "give archive, trust list and this answer to the authority.",
    ),
    2: (
        "这不表示档案有问题：请按上面说的原因改正，再验证一次。在验证通过之前，不要采信这份档案。",
        "This says nothing against the archive: mend what is named above and verify again. Until then, do not rely on the archive.",
    ),
}
"""What the reader does next; after status 0 there is nothing to do."""

SECTIONS: Mapping[str, Both] = {
    "form": ("文件形式", "form of the file"),
    "signatures": ("签名与见证", "signatures and witnesses"),
    "chain": ("记录次序", "order of the records"),
    "payloads": ("记录内容", "contents of the records"),
    "tree": ("存证日志", "place in the ledger"),
    "heads": ("没有遗漏", "nothing left out"),
    "times": ("记录时间", "times of the records"),
    "known": ("与已知一致", "same as known before"),
}

FINDINGS: Mapping[str, Both] = {
    "form.container": ("文件不完整，或被改动过、重新打包过", "the file is damaged, altered or was packed anew"),
    "form.entries-end": ("记录部分不完整", "the list of records is cut off"),
    "form.entry": ("第 {number} 条记录的格式不对", "record {number} is malformed"),
    "form.heads": ("每日汇总部分的格式不对", "the part about daily heads is malformed"),
    "form.anchors": ("历史见证部分的格式不对", "the part about older checkpoints is malformed"),
    "form.anchors-order": (
        "第 {number} 个历史见证点的次序不对",
        "older checkpoint {number} is out of order",
    ),
    "form.proof": ("证明部分不完整", "the proof is cut off"),
    "signatures.form": ("存证检查点的格式不对", "the checkpoint is malformed"),
    "signatures.log": ("存证检查点没有存证日志的签名", "the checkpoint has no signature of the log"),
    "signatures.other-log": ("存证检查点是另一个日志 {name} 签的", "the checkpoint was signed by another log, {name}"),
    "signatures.wrong": ("{name} 的签名不对", "the signature of {name} is wrong"),
    "signatures.few": (
        "见证方不够：要求 {need} 个，只有 {seen} 个",
        "too few witnesses: {seen} where {need} are needed",
    ),
    "signatures.anchor": (
        "第 {number} 个历史见证点的签名或格式不对",
        "older checkpoint {number} is malformed or wrongly signed",
    ),
    "signatures.anchor-unseen": ("第 {number} 个历史见证点没有见证方签名", "older checkpoint {number} has no witness"),
    "signatures.rewritten": (
        "存证日志在 {name} 于 {seen_ms} 见证之后被改写过",
        "the ledger was rewritten after {name} had seen it at {seen_ms}",
    ),
    "signatures.unknown": (
        "信任名单里没有 {name} 签名所用的公钥，请向主管部门或见证方取得最新的信任名单",
        "the trust list does not hold the key with which {name} signed; get the present list from the authority or a witness",
    ),
    "chain.own-archive": ("这不是学员或课程的档案", "this is no archive of an enrolment or a course"),
    "chain.other-archive": ("第 {number} 条记录属于另一份档案", "record {number} is of another archive"),
    "chain.other-hash": ("第 {number} 条记录用了另一种算法", "record {number} names another hash"),
    "chain.number": (
        "第 {number} 条记录的序号不对：有记录被删除、插入或调换",
        "record {number} has another number: records were removed, inserted or exchanged",
    ),
    "chain.previous": (
        "第 {number} 条记录与它前面的记录接不上",
        "record {number} does not follow the one before it",
    ),
    "chain.twice": ("第 {number} 条记录重复", "record {number} is there twice"),
    "chain.index": ("第 {number} 条记录在日志中的位置不对", "record {number} is out of order in the ledger"),
    "payloads.commitment": ("第 {number} 条记录与存证不符", "record {number} is not what the ledger was given"),
    "payloads.form": ("第 {number} 条记录的内容格式不对", "the content of record {number} is malformed"),
    "payloads.differs": (
        "第 {number} 条记录的内容与存证条目说的不是一回事",
        "the content of record {number} is about something else than its entry",
    ),
    "payloads.missing": (
        "第 {number} 条记录的内容缺失，且没有删除记录",
        "the content of record {number} is missing and no erasure is on record",
    ),
    "heads.other-entry": ("每日汇总部分不是日志的每日汇总", "the entry shown is not one of daily heads"),
    "heads.left-out": (
        "记录条数与每日汇总不符：当时有 {counted} 条，这里有 {shown} 条",
        "the daily heads counted {counted} records, here are {shown}",
    ),
    "heads.commitment": ("每日汇总与存证不符", "the daily heads are not what the ledger was given"),
    "heads.form": ("每日汇总的内容格式不对", "the content of the daily heads is malformed"),
    "heads.differs": (
        "每日汇总的内容与存证条目说的不是一回事",
        "the daily heads are about something else than their entry",
    ),
    "heads.path": ("每日汇总里没有这份档案，或记录不同", "the daily heads do not hold this archive as it is shown"),
    "tree.index-twice": ("两条记录在日志中占同一位置", "two records claim one place in the ledger"),
    "tree.proof": ("证明与记录对不上", "the proof does not fit the records"),
    "tree.root": ("记录不在已签名的存证日志之中", "the records are not in the ledger that was signed"),
    "times.entry-future": (
        "第 {number} 条记录自称发生于 {happened_ms}，却在 {seen_ms} 已被见证",
        "record {number} claims {happened_ms} and was seen before, at {seen_ms}",
    ),
    "times.entry-late": (
        "第 {number} 条记录没有按时存证：自称发生于 {happened_ms}，{seen_ms} 才被见证（期限 {days} 天）",
        "record {number} was not recorded in time: it claims {happened_ms} and was seen at {seen_ms} (limit {days} days)",
    ),
    "times.heads-future": (
        "每日汇总自称作于 {happened_ms}，却在 {seen_ms} 已被见证",
        "the daily heads claim {happened_ms} and were seen before, at {seen_ms}",
    ),
    "times.heads-late": (
        "每日汇总没有按时存证：自称作于 {happened_ms}，{seen_ms} 才被见证（期限 {days} 天）",
        "the daily heads were not recorded in time: they claim {happened_ms} and were seen at {seen_ms} (limit {days} days)",
    ),
    "known.fork": (
        "存证日志分叉：同为 {size} 条，日志对不同的人签过不同的内容",
        "FORK: the log has signed two different histories of {size} entries",
    ),
    "known.rewritten": (
        "存证日志被改写过：{old} 条时的内容不是 {new} 条时的开头",
        "the ledger was rewritten: its {old} entries are not the beginning of its {new}",
    ),
    "known.note": ("给出的已知检查点不是这个日志签的", "the known checkpoint was not signed by this log"),
    "known.proof-form": ("给出的一致性证明格式不对", "the consistency proof is malformed"),
    "known.proof-missing": (
        "还需要从 {old} 到 {new} 的一致性证明：从平台取得 /ledger/consistency/{old}-{new}.txt，用 --consistency 给出",
        "a consistency proof is needed: fetch /ledger/consistency/{old}-{new}.txt and give it by --consistency",
    ),
    "known.proof-other": (
        "给出的一致性证明不是从 {old} 到 {new} 的",
        "the consistency proof does not lead from {old} to {new}",
    ),
    "file.large": ("文件太大，不是档案", "the file is too large for an archive"),
    "file.member-large": ("文件中的 {name} 太大", "{name} in the file is too large"),
    "file.entries-many": ("记录条数太多", "there are too many records"),
    "file.entry-large": ("第 {number} 条记录太大", "record {number} is too large"),
    "file.anchors-many": ("历史见证点太多", "there are too many older checkpoints"),
    "file.no-archive": ("这个文件不是档案", "this file is no archive"),
    "file.folder": (
        "这是文件夹，不是文件：{path}（档案是一个 .zip 文件，不要解压）",
        "this is a folder, not a file: {path} (an archive is one .zip file; do not unpack it)",
    ),
    "file.unreadable": ("文件读不出来：{path}", "the file cannot be read: {path}"),
    "file.text-large": ("文件太大：{path}", "the file is too large: {path}"),
    "file.not-text": ("不是 UTF-8 编码的文本文件：{path}", "not a text file in UTF-8: {path}"),
    "trust.line": ("信任名单第 {number} 行看不懂", "line {number} of the trust list makes no sense"),
    "trust.log": ("信任名单里必须有且只有一个日志", "the trust list must name one log"),
    "trust.need": (
        "信任名单里必须有且只有一行 need，且不多于见证方的个数",
        "the trust list must have one line `need`, of no more than the witnesses in it",
    ),
    "trust.since": ("信任名单中的 since 只能有一行", "the trust list has more than one line `since`"),
    "trust.twice": ("信任名单里有一个公钥出现两次", "the trust list names one key twice"),
    "trust.key": ("信任名单里有一个公钥写得不对", "a key in the trust list is malformed"),
    "call.wrong": (
        "命令写得不对（{message}）。写法：python3 verify.pyz 档案.zip --trust trust.txt",
        "wrong call ({message}). It is: python3 verify.pyz ARCHIVE.zip --trust trust.txt --english",
    ),
    "call.interrupted": ("验证被中断", "interrupted"),
    "call.unforeseen": ("发生了意外的错误（{name}）", "an unforeseen error ({name})"),
}
