"""What audits of the log have found (核验存证日志), in sentences."""

from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiangxue.ledger.models import LogAudit
from jiangxue.ledger.queries.tree import fetch

JOB = "ledger:audit_log"
MOST_OFTEN, MOST_SELDOM = timedelta(minutes=9), timedelta(hours=23)
"""Somewhat less than ten minutes and a day: the job comes round every ten minutes, not to the second."""

WORTH = 100
SENTENCES: dict[str, str | Promise] = {
    "checkpoint.beyond": _("A larger log was signed than there is: entries are missing at the end."),
    "checkpoint.not_as_signed": _("What stands beside a signed note is not what it says."),
    "checkpoint.not_signed": _("A checkpoint was not signed by a key of this log."),
    "checkpoint.wrong_root": _("The entries are not those that were signed."),
    "cosignature.not_genuine": _("The signature of a witness does not hold."),
    "cosignature.without_checkpoint": _("A witness signed a size for which there is no checkpoint."),
    "edge.altered": _("The edge of the tree does not follow from the entries."),
    "entry.malformed": _("An entry is not of its form."),
    "entry.missing": _("Entries are missing or out of order."),
    "entry.other_columns": _("What stands beside an entry is not what it says."),
    "entry.out_of_chain": _("An entry does not follow the one before it in its archive."),
    "entry.repeated": _("An event stands in the log more than once."),
    "entry.wrong_hash": _("The hash beside an entry is not its own."),
    "erased.early": _("An archive was erased before five years had passed since its last record."),
    "heads.altered": _("What is kept of daily heads is not what their entry commits to."),
    "heads.missing": _("What an entry of daily heads commits to is not kept."),
    "heads.tree_altered": _("The tree of daily heads is not kept right."),
    "heads.without_entry": _("Daily heads are kept that were never entered."),
    "heads.wrong": _("Daily heads are not the last entries of all archives before them."),
    "known.foreign": _("A checkpoint from outside was not signed by a key of this log."),
    "known.rewritten": _("The log is another one than was signed: its history was rewritten."),
    "known.set_back": _("The log is smaller than it was: it was set back or cut."),
    "last_entry.altered": _("The last entry kept for an archive does not follow from the entries."),
    "log.unreadable": _("The tables of the log have another form; the audit came to no end."),
    "payload.altered": _("What an entry commits to was exchanged."),
    "payload.lost": _("An event was lost before it was sealed."),
    "payload.missing": _("What an entry commits to is missing."),
    "payload.unreadable": _("What an entry commits to cannot be opened."),
    "row.incomplete": _("A row of the log has an empty column."),
    "signing_key.malformed": _("A key of the log is not of its form or bears another name."),
    "tile.altered": _("A tile of the tree does not follow from the entries."),
    "tile.missing": _("A tile of the tree is missing."),
    "tile.surplus": _("There are not as many tiles as the entries fill."),
}
"""What each kind of finding is in a sentence."""


def last_audit() -> LogAudit | None:
    """Return the newest report; None before the first."""
    return LogAudit.objects.order_by("-id").first()


def is_audit_due(last: LogAudit | None, now: datetime) -> bool:
    """Say whether it is time for an audit: every ten minutes while that takes a hundredth of the time at most, and daily at least."""
    if last is None:
        return True
    pause = min(max(MOST_OFTEN, timedelta(seconds=WORTH * last.seconds)), MOST_SELDOM)
    return now - last.at >= pause


def is_being_audited() -> bool:
    """Say whether the worker audits the log, or is about to."""
    question = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND status IN ('todo', 'doing')"
    return bool(fetch(question, [JOB])[0][0])
