"""How a witness stands, as a page of plain text for people."""

from __future__ import annotations

from collections.abc import Iterator

from jiangxue_witness import evidence
from jiangxue_witness.clock import for_people
from jiangxue_witness.folder import Folder
from jiangxue_witness.keys import written


def status_text(folder: Folder) -> str:
    """Return name, verifier key, and of each log what was signed last; nothing in it is secret."""
    return "".join(f"{line}\n" for line in _lines(folder))


def _lines(folder: Folder) -> Iterator[str]:
    yield f"见证方：{folder.key.name}"
    yield f"公钥：{written(folder.key.verifier)}"
    for origin, last in sorted(folder.remembered.copy().items()):
        yield ""
        yield f"存证日志：{origin}（{folder.keys.logs[origin].hash_id}）"
        if last.note:
            yield f"最后签署：大小 {last.tree.size}，{for_people(last.signed_at_s)}"
        else:
            yield "最后签署：还没有签署过"
    yield ""
    forks, unproved = (evidence.count(folder.evidence, status) for status in (409, 422))
    yield f"保存的证据：分叉 {forks} 份，一致性证明不成立 {unproved} 份"
