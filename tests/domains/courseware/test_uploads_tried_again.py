"""Work that failed through no fault of the file begins anew, without sending it again (clause T1.1)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from jiangxue.accounts.models import Account
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import PROGRAM
from jiangxue.courseware import converting
from jiangxue.courseware.converting import Converted, Place, Unfit
from jiangxue.courseware.errors import NotFailed, OutOfReach
from jiangxue.courseware.models import Course, Upload
from jiangxue.courseware.rules.files import FileFault, FileKind
from jiangxue.courseware.rules.uploads import KEPT_FAILED, MOST_ATTEMPTS, SILENT_AFTER
from jiangxue.courseware.services import processing, trying_again
from jiangxue.courseware.services.processing import begin, process
from jiangxue.courseware.services.taking_over import take_over_silent
from jiangxue.courseware.services.tidying import tidy
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from tests.conftest import MORNING
from tests.factories import classes, people, uploads
from tests.factories.questions import editor
from tests.refusals import refusal_of


@dataclass
class Sent:
    """A file of a course, and who sent it."""

    course: Course
    keeper: Account
    upload: Upload
    clock: HandClock

    def fail(self) -> None:
        """Let as many workers end in the middle of it as are let."""
        for _ in range(MOST_ATTEMPTS):
            assert begin(self.upload.pk, clock=self.clock) is not None
            self.clock.at += SILENT_AFTER + timedelta(seconds=1)
            take_over_silent(clock=self.clock)
        assert self.seen().state == "failed"

    def seen(self) -> Upload:
        """Return how it stands now."""
        return Upload.objects.get(pk=self.upload.pk)

    def try_again(self, by: Account | None = None) -> None:
        """Ask for another try."""
        viewer = people.viewer(by or self.keeper)
        trying_again.try_again(viewer=viewer, upload_id=self.upload.pk, by=PROGRAM, now=self.clock.now())


@pytest.fixture
def sent(db: None, own_storage: Path, clock: HandClock) -> Sent:
    course = classes.course(classes.institution(), lessons=1)
    keeper = editor(course.institution, MORNING)
    return Sent(course, keeper, uploads.sent(course, keeper, MORNING), clock)


@pytest.fixture
def converts(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Path, FileKind, Place], Converted]], None]:
    """Return how to put another converter in the place of the real one."""
    monkeypatch.setattr(processing, "BEAT_S", 0.02)
    monkeypatch.setattr(converting, "kind_of", lambda source, name: FileKind.PDF)
    return lambda convert: monkeypatch.setattr(converting, "converted", convert)


def lacking(source: Path, kind: FileKind, place: Place) -> Converted:
    """Do as a platform does that cannot convert at the moment."""
    raise Unfit(FileFault.NOT_READY)


def portions(sent: Sent, own_storage: Path) -> int:
    return len(list((own_storage / "uploads" / str(sent.upload.pk)).glob("*")))


def test_a_file_becomes_courseware_after_all(sent: Sent, converts: Callable[..., None]) -> None:
    converts(uploads.two_pages)
    sent.fail()
    sent.try_again()
    assert sent.seen().state == "waiting"
    process(sent.upload.pk, clock=sent.clock)
    assert (sent.seen().state, sent.seen().attempt) == ("ready", MOST_ATTEMPTS + 1)
    assert AuditEntry.objects.filter(action="upload.retried", object_id=str(sent.upload.pk)).count() == 1


def test_what_the_platform_lacked_may_be_there_now(
    sent: Sent, own_storage: Path, converts: Callable[..., None]
) -> None:
    converts(lacking)
    process(sent.upload.pk, clock=sent.clock)
    assert (sent.seen().state, portions(sent, own_storage)) == ("failed", 3)
    converts(uploads.two_pages)
    sent.try_again()
    process(sent.upload.pk, clock=sent.clock)
    assert (sent.seen().state, sent.seen().detail) == ("ready", "")


def test_each_try_is_a_round_of_three_attempts(sent: Sent) -> None:
    sent.fail()
    sent.try_again()
    sent.fail()
    assert sent.seen().attempt == 2 * MOST_ATTEMPTS


def test_a_worker_of_the_former_round_has_no_say(sent: Sent) -> None:
    former = begin(sent.upload.pk, clock=sent.clock)
    assert former is not None
    Upload.objects.update(state="failed", finished_at=sent.clock.now())
    sent.try_again()
    assert begin(sent.upload.pk, clock=sent.clock) is not None
    assert refusal_of(lambda: processing.beat(former, 500, clock=sent.clock)) is processing.Superseded


@pytest.mark.parametrize("state", ["receiving", "waiting", "working", "ready", "refused"])
def test_only_what_has_failed_is_tried_again(sent: Sent, state: str) -> None:
    ended = state in ("ready", "refused")
    Upload.objects.update(
        state=state,
        fault="encrypted" if state == "refused" else "",
        finished_at=sent.clock.now() if ended else None,
        media=uploads.document() if state == "ready" else None,
    )
    assert refusal_of(sent.try_again) is NotFailed
    assert sent.seen().state == state


def test_two_clicks_are_one_try(sent: Sent) -> None:
    sent.fail()
    sent.try_again()
    assert refusal_of(sent.try_again) is NotFailed


def test_only_the_editors_of_its_institution_try_again(sent: Sent) -> None:
    sent.fail()
    stranger = editor(classes.institution(), MORNING)
    teacher = people.account((Role.TEACHER, sent.course.institution.pk), now=MORNING)
    for other in (stranger, teacher):
        assert refusal_of(lambda other=other: sent.try_again(other)) is OutOfReach
    assert sent.seen().state == "failed"


def test_what_was_sent_goes_after_seven_days(sent: Sent, own_storage: Path) -> None:
    sent.fail()
    sent.clock.at += KEPT_FAILED
    trying_again.drop_failed(sent.clock.now())
    assert sent.seen().can_be_tried_again
    sent.clock.at += timedelta(seconds=1)
    trying_again.drop_failed(sent.clock.now())
    assert refusal_of(sent.try_again) is NotFailed
    tidy(sent.upload.pk)
    assert portions(sent, own_storage) == 0


def test_the_portions_of_a_file_that_waits_again_stay(sent: Sent, own_storage: Path) -> None:
    sent.fail()
    sent.try_again()
    sent.clock.at += KEPT_FAILED + timedelta(seconds=1)
    trying_again.drop_failed(sent.clock.now())
    tidy(sent.upload.pk)
    assert portions(sent, own_storage) == 3
