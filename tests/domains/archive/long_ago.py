"""Archives of long ago, the two administrators, and the proof that what they do stands in the log."""

from datetime import UTC, datetime

from jiangxue.archive.models import RetentionRun
from jiangxue.archive.services.erasing import go_on_erasing
from jiangxue.archive.services.retaining import confirm, report
from jiangxue.audit.services import PROGRAM
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role, Viewer
from tests.factories import people
from tests.factories.logs import Log

LONG_AGO = datetime(2019, 3, 4, 1, 0, tzinfo=UTC)


def administrators(now: datetime) -> tuple[Viewer, Viewer]:
    return (
        people.viewer(people.account((Role.SYSTEM_ADMINISTRATOR, None), now=now, name="系统管理员")),
        people.viewer(people.account((Role.SECURITY_ADMINISTRATOR, None), now=now, name="安全管理员")),
    )


def prove(log: Log) -> None:
    log.seal()
    log.heads()
    log.sign()


def confirmed_run(log: Log, clock: HandClock) -> RetentionRun:
    system, security = administrators(clock.now())
    run = report(system, by=PROGRAM, now=clock.now())
    return confirm(security, run.pk, by=PROGRAM, now=clock.now())


def erase(log: Log, clock: HandClock) -> None:
    confirmed_run(log, clock)
    assert go_on_erasing(clock=clock) == 0, "nothing goes before the log holds that it goes"
    prove(log)
    assert go_on_erasing(clock=clock) >= 1
