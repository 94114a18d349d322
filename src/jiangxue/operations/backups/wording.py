"""What is said at the terminal of a backup and of a log that was brought back: in a frame where somebody must act."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jiangxue.kernel.clock import learning_day
from jiangxue.ledger.queries.outside import Standing
from jiangxue.operations.backups.judging import Compared, Judgement, Outcome
from jiangxue.operations.backups.making import Made
from jiangxue.operations.backups.manifest import COPIED, IN_OBJECT_STORE

_RULE = "═" * 78


def made_lines(made: Made) -> Iterator[str]:
    """Yield what was written, and what is not in it."""
    said = made.manifest
    yield _("Backup: %(folder)s") % {"folder": made.folder}
    for name, part in sorted(said.parts.items()):
        yield _("%(name)s: %(length)d bytes, SHA-256 %(hash)s") % {
            "name": name,
            "length": part.length,
            "hash": part.sha256,
        }
    yield _("Ledger: %(size)d entries.") % {"size": said.log.size}
    if said.courseware == IN_OBJECT_STORE:
        yield _("Courseware lies in an object store and is not in this backup.")
    elif said.courseware != COPIED:
        yield _("Courseware was left out: copy its folder yourself.")
    yield _(
        "The keys (secrets/) and the signer's folder are not in this backup: keep them elsewhere, or nobody can read it."
    )


def judgement_lines(judgement: Judgement) -> Iterator[str]:
    """Yield what was restored and how it stands to what is known outside."""
    yield _("Restored: %(size)s entries in the ledger, the last of %(at)s.") % {
        "size": judgement.here.size if judgement.here else "?",
        "at": _moment(judgement.last_recorded_at),
    }
    if judgement.erased_again:
        yield ngettext(
            "%(count)d archive that had been erased by law since then was erased again.",
            "%(count)d archives that had been erased by law since then were erased again.",
            judgement.erased_again,
        ) % {"count": judgement.erased_again}
    for each in judgement.compared:
        yield _compared_line(each)


def shout(judgement: Judgement) -> str:
    """Return the framed message for a database that was restored and is not admitted."""
    lines = [_head(judgement), "", *judgement_lines(judgement)]
    if judgement.missing:
        lines += ["", _missing_line(judgement)]
    lines += [*(f"· {fault}" for fault in judgement.faults), "", *_advice(judgement.outcome)]
    return "\n".join((_RULE, *(f"  {line}".rstrip() for line in lines), _RULE))


def _head(judgement: Judgement) -> str:
    match judgement.outcome:
        case Outcome.OLDER:
            return _("ATTENTION: this backup is OLDER than what was signed or witnessed. The database stays shut.")
        case Outcome.OTHER:
            return _("ATTENTION: the restored ledger is NOT the one that is known outside. The database stays shut.")
    return _("ATTENTION: the restored ledger does not fit itself or its backup. The database stays shut.")


def _missing_line(judgement: Judgement) -> str:
    """Say how many entries are missing and of which days: after the last one here, up to the last that is known outside."""
    known = [each for each in judgement.compared if each.standing is Standing.OLDER]
    until = max((_known_at(each) for each in known), default=None)
    since = judgement.last_recorded_at
    said = ngettext("%(count)d entry is missing", "%(count)d entries are missing", judgement.missing) % {
        "count": judgement.missing
    }
    if since is None or until is None:
        return said
    return _("%(missing)s: what happened from %(since)s to %(until)s (days %(days)s).") % {
        "missing": said,
        "since": _moment(since),
        "until": _moment(until),
        "days": "–".join(dict.fromkeys((learning_day(since).isoformat(), learning_day(max(since, until)).isoformat()))),
    }


def _compared_line(each: Compared) -> str:
    sentence = {
        Standing.CONTINUES: _("the restored ledger continues it"),
        Standing.OLDER: _("the restored ledger is smaller"),
        Standing.OTHER: _("the restored ledger has another history"),
        Standing.FOREIGN: _("no key of the restored ledger signed it"),
    }[each.standing]
    if each.tree is None:
        return _("Outside: %(source)s: %(sentence)s.") % {"source": each.source, "sentence": sentence}
    when = _("witnessed %(at)s") if each.tree.seen_at else _("file of %(at)s")
    return _("Outside: %(size)d entries, %(when)s (%(source)s): %(sentence)s.") % {
        "size": each.tree.size,
        "when": when % {"at": _moment(_known_at(each))},
        "source": each.source,
        "sentence": sentence,
    }


def _advice(outcome: Outcome) -> list[str]:
    if outcome is Outcome.OLDER:
        return [
            _(
                "1. Look for something newer: a later backup, the standby, the journal (WAL), the disk of the old machine. Restore that into another new database."
            ),
            _(
                "2. Leave sealer and signer stopped. The signer refuses this database, and so do the witnesses: that is right. Never bring back an old memory.json."
            ),
            _(
                "3. Keep the newer checkpoint and memory.json: they show what was lost. Tell the witnesses and your authority how many entries of which days are missing."
            ),
            _(
                "4. If there is nothing newer, this ledger has ended: nothing new can be proved in it. Its archives up to here hold; `open_restored` lets people look."
            ),
        ]
    if outcome is Outcome.OTHER:
        return [
            _("1. Check whether checkpoint and backup belong to the same platform."),
            _(
                "2. If they do, somebody rewrote the ledger: keep backup, checkpoint and logs as they are, and report it as a security incident."
            ),
            _("3. Restore an earlier backup that continues what is known outside into another new database."),
        ]
    return [
        _("1. Do not mend the tables by hand. Keep this backup and report it as a security incident."),
        _("2. Restore another backup into another new database."),
    ]


def _known_at(each: Compared) -> datetime:
    return each.tree.seen_at if each.tree and each.tree.seen_at else each.file_at


def _moment(at: datetime | None) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}" if at else "—"
