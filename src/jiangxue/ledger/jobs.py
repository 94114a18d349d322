"""What the ledger does by itself in the worker; sealing and signing have processes of their own."""

from procrastinate import Blueprint

from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.ledger.queries.audits import is_audit_due, last_audit
from jiangxue.ledger.services.auditing import ONE_AT_A_TIME, audit_and_report
from jiangxue.ledger.services.posting import post
from jiangxue.ledger.services.witnessing import ask_all

blueprint = Blueprint()

EVERY_TWENTY_SECONDS = "* * * * * */20"
"""croniter's sixth field, the last one, is the second."""

EVERY_TEN_MINUTES = "*/10 * * * *"


@blueprint.periodic(cron=EVERY_TWENTY_SECONDS)
@blueprint.task(queueing_lock="ledger.ask_witnesses", lock="ledger.ask_witnesses", name="ask_witnesses")
def ask_witnesses(timestamp: int) -> None:
    """Ask the witnesses that have an address to countersign the newest checkpoint (见证签名)."""
    ask_all(post, now=DatabaseClock().now())


@blueprint.periodic(cron=EVERY_TEN_MINUTES)
@blueprint.task(queueing_lock=ONE_AT_A_TIME, lock=ONE_AT_A_TIME, name="audit_log")
def audit_log(timestamp: int = 0) -> None:
    """Audit the whole log and keep the report (核验存证日志): when somebody has asked, and by itself when it is due."""
    clock = DatabaseClock()
    if not timestamp or is_audit_due(last_audit(), clock.now()):
        audit_and_report(clock=clock)
