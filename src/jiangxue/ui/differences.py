"""What judging again found that does not agree, in plain words; the names are those of learning/rules/differences.py."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "sums": _(
        "Session %(session)s, part %(sealing)s: %(recorded)s ms are recorded as credited, judging again gives %(found)s ms, or the time line differs."
    ),
    "state": _("Session %(session)s, part %(sealing)s: judging again ends in another state than the one recorded."),
    "chain": _("Session %(session)s, part %(sealing)s does not begin where the part before it ended."),
    "beats": _(
        "Session %(session)s, part %(sealing)s: the packed signals cannot be read or are not as many as recorded."
    ),
    "kept_beats": _("Session %(session)s, part %(sealing)s: single signals that are still kept are not those packed."),
    "lease_at_sealing": _(
        "Session %(session)s, part %(sealing)s: when it was sealed, the running state was not what its signals come to."
    ),
    "marks": _("Session %(session)s says otherwise than its parts how far it is sealed or when it ended."),
    "lease": _("Session %(session)s is running, and its state is not what its signals come to."),
    "day_total": _(
        "Learner no. %(learner)s on %(day)s: the day's total is %(recorded)s (credited + not counted), its parts come to %(found)s."
    ),
    "progress": _(
        "Place no. %(place)s, lesson no. %(lesson)s: %(recorded)s ms are recorded as reached, its sessions come to %(found)s ms."
    ),
    "unreadable": _("Session %(session)s cannot be judged again: what is recorded cannot be read (%(found)s)."),
}


def difference_sentence(what: str, facts: Mapping[str, object]) -> str:
    """Return one difference as a sentence."""
    return str(SENTENCES[what]) % facts
