"""The report of judging a class again, as pages show it (ui/recomputation.html)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from jiangxue.ui.differences import difference_sentence


class Recomputation(Protocol):
    """A report: when it was asked for and finished, what was looked at, and what did not agree."""

    asked_at: datetime
    finished_at: datetime | None
    sessions: int
    segments: int
    beats: int
    differing: int
    differences: Sequence[tuple[str, Mapping[str, object]]]


def shown(report: Recomputation | None, names: Mapping[int, str], *, running: bool) -> dict[str, object]:
    """Return what the template shows: its state is `none`, `running`, `lost`, `clean` or `differing`; `names` are the learners'."""
    if report is None:
        return {"state": "none"}
    if report.finished_at is None:
        return {"state": "running" if running else "lost", "asked_at": report.asked_at}
    return {
        "state": "differing" if report.differing else "clean",
        "asked_at": report.asked_at,
        "finished_at": report.finished_at,
        "sessions": report.sessions,
        "segments": report.segments,
        "beats": report.beats,
        "differing": report.differing,
        "sentences": [difference_sentence(what, facts, names) for what, facts in report.differences],
        "more": report.differing - len(report.differences),
    }
