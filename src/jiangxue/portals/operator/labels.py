"""What parts of the platform are called."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from jiangxue.facecheck.queries.ways import FILING_AT, WARNING_AT
from jiangxue.learning.queries.alarms import Disagreement
from jiangxue.operations.queries import LastBackup, SealingKeys


@dataclass(frozen=True, slots=True)
class PartLabel:
    """A part of the platform in words."""

    label: str | Promise
    good: str | Promise
    bad: str | Promise

    def sentence(self, works: bool) -> str:  # noqa: FBT001
        """Say what its state means."""
        return str(self.good if works else self.bad)


PARTS: dict[str, PartLabel] = {
    "database": PartLabel(_("Database"), _("It answers."), _("It does not answer: start it, or look at its log.")),
    "jobs": PartLabel(
        _("Background jobs"),
        _("A worker is doing them."),
        _("No worker has reported for a minute: automatic sign-outs wait until one runs."),
    ),
    "admitted": PartLabel(
        _("Restored database"),
        _("It is admitted."),
        _(
            "This database was restored from a backup and is not admitted: its ledger is not the newest, or does not fit. Nothing new can be proved in it. What to do stands in the guide to backups."
        ),
    ),
}

CLASSES_NAMED = 5


def faces_line(stored: int) -> dict[str, object]:
    """Say of how many persons face data are stored, and whether the authority has to be told of it, soon or now."""
    values = {"count": stored, "limit": FILING_AT, "warning": WARNING_AT}
    sentence: str | Promise
    if stored >= FILING_AT:
        sentence = _(
            "Face data of %(count)d persons are stored. From %(limit)d on a filing with the cyberspace administration of the province is due within 30 working days."
        )
    elif stored >= WARNING_AT:
        sentence = _(
            "Face data of %(count)d persons are stored. Prepare the filing: at %(limit)d it is due within 30 working days, with the cyberspace administration of the province."
        )
    else:
        sentence = _(
            "Face data of %(count)d persons are stored. At %(limit)d a filing is due within 30 working days; this page warns from %(warning)d on."
        )
    works = stored < WARNING_AT
    return {"label": _("Stored face data"), "works": works, "sentence": sentence % values, "warning": _("to be done")}


def backup_line(last: LastBackup) -> dict[str, object]:
    """Say when the last backup was made, and whether that is too long ago."""
    sentence = _("The last one was made at %(at)s. Whether it can be restored, only a drill shows.")
    said = sentence % {"at": f"{localtime(last.at):%Y-%m-%d %H:%M}"} if last.at else _("None was ever made here.")
    return {"label": _("Backups"), "works": not last.is_late, "sentence": said}


def judging_line(found: Sequence[Disagreement]) -> dict[str, object]:
    """Say whether judging again agreed with what was counted, and in which classes it did not."""
    label = _("Judging of learning time")
    if not found:
        return {
            "label": label,
            "works": True,
            "sentence": _("Every part sealed within the last 7 days agrees with what was counted while learning."),
        }
    named = _("; ").join(
        _("%(name)s (%(parts)d, latest on %(day)s)")
        % {"name": each.class_name, "parts": each.parts, "day": each.last_day.isoformat()}
        for each in found[:CLASSES_NAMED]
    )
    sentence = ngettext(
        "In %(count)d class sealed parts differ from what was counted while learning: %(named)s. Have it recomputed, and look for judged_again_differs in the worker's log.",
        "In %(count)d classes sealed parts differ from what was counted while learning: %(named)s. Have them recomputed, and look for judged_again_differs in the worker's log.",
        len(found),
    ) % {"count": len(found), "named": named}
    return {"label": label, "works": False, "sentence": sentence}


def keys_line(keys: SealingKeys, *, open_archives: bool) -> dict[str, object]:
    """Say which key seals, how much others still seal, and whether one is missing."""
    current = {"number": keys.current, "fingerprint": keys.known[keys.current]}
    words: str | Promise
    if keys.lacking:
        named = _("; ").join(
            ngettext("key %(number)d (%(count)d value)", "key %(number)d (%(count)d values)", count)
            % {"number": number, "count": count}
            for number, count in sorted(keys.lacking.items())
        )
        words = _(
            "Keys are not configured here that still seal something, so it cannot be opened: %(named)s. Put them back into the settings."
        ) % {"named": named}
    elif not open_archives:
        words = _(
            "The sealing keys configured here do not open the archives: they are others than before. Put the former ones back."
        )
    elif keys.waiting:
        words = ngettext(
            "Key %(number)d (fingerprint %(fingerprint)s) seals. Others still seal %(count)d value: run rotate_seal_key on the server, and take no key away before.",
            "Key %(number)d (fingerprint %(fingerprint)s) seals. Others still seal %(count)d values: run rotate_seal_key on the server, and take no key away before.",
            keys.waiting,
        ) % {**current, "count": keys.waiting}
    else:
        words = _("Everything sealed is sealed by key %(number)d (fingerprint %(fingerprint)s).") % current
    return {"label": _("Sealing keys"), "works": open_archives and not keys.lacking, "sentence": words}
