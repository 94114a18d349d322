"""What judging again found that does not agree, in plain words; the names are those of learning/rules/differences.py."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.ui.durations import exact_duration

SENTENCES: dict[str, str | Promise] = {
    "sums": gettext_lazy(
        "%(learner)s, signed in %(opened)s, part %(sealing)s: %(recorded)s are recorded as credited, judging again gives %(found)s, or the time line differs."
    ),
    "state": gettext_lazy(
        "%(learner)s, signed in %(opened)s, part %(sealing)s: judging again ends in another state than the one recorded."
    ),
    "chain": gettext_lazy(
        "%(learner)s, signed in %(opened)s: part %(sealing)s does not begin where the part before it ended."
    ),
    "beats": gettext_lazy(
        "%(learner)s, signed in %(opened)s, part %(sealing)s: the packed signals cannot be read or are not as many as recorded."
    ),
    "kept_beats": gettext_lazy(
        "%(learner)s, signed in %(opened)s, part %(sealing)s: single signals that are still kept are not those packed."
    ),
    "lease_at_sealing": gettext_lazy(
        "%(learner)s, signed in %(opened)s, part %(sealing)s: when it was sealed, the running state was not what its signals come to."
    ),
    "marks": gettext_lazy(
        "%(learner)s, signed in %(opened)s: the session says otherwise than its parts how far it is sealed or when it ended."
    ),
    "check": gettext_lazy(
        "%(learner)s, check-in of %(opened)s: it says otherwise than the verdicts that came from it how much it confirmed or took."
    ),
    "verdicts": gettext_lazy(
        "%(learner)s, signed in %(opened)s, part %(sealing)s: a later verdict speaks of time that was not credited, or of another check."
    ),
    "lease": gettext_lazy(
        "%(learner)s, signed in %(opened)s: the session is running, and its state is not what its signals come to."
    ),
    "day_total": gettext_lazy(
        "%(learner)s on %(day)s: %(recorded)s are recorded as credited, %(recorded_confirmed)s of it as confirmed, and %(recorded_refused)s as not counted; the parts come to %(found)s, %(found_confirmed)s and %(found_refused)s, or to other reasons."
    ),
    "corrections": gettext_lazy(
        "%(learner)s on %(day)s, signed in %(opened)s: a correction by hand does not stand on a refused stretch, its appeal and two persons."
    ),
    "corrected": gettext_lazy(
        "%(learner)s on %(day)s: %(recorded)s are recorded as corrected by hand, the corrections come to %(found)s."
    ),
    "progress": gettext_lazy(
        "%(learner)s in %(lesson)s: %(recorded)s are recorded as reached and %(recorded_confirmed)s of it as confirmed, the sessions come to %(found)s and %(found_confirmed)s."
    ),
    "unreadable": gettext_lazy(
        "%(learner)s, signed in %(opened)s: the session cannot be judged again, because what is recorded cannot be read (%(found)s)."
    ),
    "day_unreadable": gettext_lazy("%(learner)s on %(day)s: what is recorded as not counted cannot be read."),
}
_LENGTHS = tuple(f"{side}{part}" for side in ("recorded", "found") for part in ("", "_confirmed", "_refused"))
_UNSAID = "–"
"""Stands for a length that a report does not state, because an older release made it."""


def difference_sentence(what: str, facts: Mapping[str, object], names: Mapping[int, str]) -> str:
    """Return one difference as a sentence; `names` are what learners are called, by id."""
    words: dict[str, object] = {**dict.fromkeys(_LENGTHS, _UNSAID), **facts}
    learner = facts["learner"]
    assert isinstance(learner, int)
    words["learner"] = names.get(learner) or _("Learner no. %(learner)s") % {"learner": learner}
    if "opened" in facts:
        opened_at = timezone.localtime(datetime.fromisoformat(str(facts["opened"])))
        words["opened"] = f"{opened_at:%Y-%m-%d %H:%M}"
    for name in _LENGTHS:
        length = facts.get(name)
        if isinstance(length, int):
            words[name] = exact_duration(length)
    return str(SENTENCES[what]) % words
