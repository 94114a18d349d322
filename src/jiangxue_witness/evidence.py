"""What was refused although the log had signed it, kept in full so that anybody can judge it (docs/formats/witness.md).

Bounded, because checkpoints are public: anybody can send a genuine one with a wrong proof, so these must not crowd out forks, which only
the log itself can make. A checkpoint is kept once.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from jiangxue_witness.clock import for_file_names
from jiangxue_witness.deciding import Answer, Evidence
from jiangxue_witness.disk import BESIDE, sync_folder, write_synced

MOST = 500
"""Of each status, for the whole folder: at most 72 KiB each."""
_HEADING = "jiangxue-evidence/1"


def content_of(evidence: Evidence) -> bytes:
    """Return a file of evidence: a heading with two lengths in bytes, the remembered note, the request."""
    remembered = evidence.remembered.encode()
    return f"{_HEADING} {len(remembered)} {len(evidence.request)}\n".encode() + remembered + evidence.request


def parts_of(content: bytes) -> tuple[str, bytes]:
    """Return the remembered note and the request from a file of evidence, or raise ValueError."""
    heading, _, rest = content.partition(b"\n")
    name, remembered, request = heading.decode("ascii").split(" ")
    if name != _HEADING or int(remembered) + int(request) != len(rest):
        raise ValueError(heading)
    return rest[: int(remembered)].decode(), rest[int(remembered) :]


def keep(folder: Path, answer: Answer, at_s: int) -> Path | None:
    """Write down the evidence of a refusal and return its file; None if the same is there already or there is no more room."""
    evidence = answer.evidence
    assert evidence is not None
    end = f"-{answer.status}-{evidence.tree.size}-{_short_hash(evidence)}.txt"
    there = [path.name for path in folder.glob(f"*-{answer.status}-*.txt")]
    if len(there) >= MOST or any(name.endswith(end) for name in there):
        return None
    path = folder / f"{for_file_names(at_s)}{end}"
    beside = path.with_name(path.name + BESIDE)
    write_synced(beside, content_of(evidence))
    beside.replace(path)
    sync_folder(folder)
    return path


def count(folder: Path, status: int) -> int:
    """Return how many refusals of a status are kept: 409 are forks, 422 is what lacked a good proof."""
    return sum(1 for _ in folder.glob(f"*-{status}-*.txt"))


def _short_hash(evidence: Evidence) -> str:
    """Return 16 hexadecimal digits for what the log claims."""
    claimed = f"{evidence.origin}\n{evidence.tree.size}\n".encode() + evidence.tree.root
    return hashlib.sha256(claimed).hexdigest()[:16]
