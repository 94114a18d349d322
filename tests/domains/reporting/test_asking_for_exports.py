"""Asking for an export: who may, what unmasked data need, and what nobody gets by asking twice or in another's name."""

from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from jiangxue.accounts.errors import ReasonMissing
from jiangxue.accounts.models import Account, Membership
from jiangxue.audit.models import AuditEntry
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.organisations.models import Organisation
from jiangxue.reporting.errors import (
    CannotBeTriedAgain,
    FilterRefused,
    NoSuchExport,
    NoSuchSheet,
    NotTheirsToExport,
    NotTheirsToQuery,
    NotToRelease,
    OwnExport,
    TooManyExports,
    TooManyRows,
)
from jiangxue.reporting.models import Export
from jiangxue.reporting.queries.exportable import Wanted
from jiangxue.reporting.queries.exports import own_export, own_exports, to_release, waiting_for
from jiangxue.reporting.rules.exports import MOST_ON_THE_WAY, MOST_ROWS, Format
from jiangxue.reporting.services.asking_for_exports import (
    MAKE,
    ExportDraft,
    ask_for_export,
    refuse_export,
    release_export,
    try_export_again,
)
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.factories.exports import REASON, actor, administrator, asked
from tests.factories.tables import ManyRows, registered
from tests.refusals import refusal_of

pytestmark = pytest.mark.clause("M2")


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    return classroom(clock.now())


@pytest.fixture(autouse=True)
def table():
    with registered(ManyRows(5)) as made:
        yield made


def _jobs() -> list[dict[str, object]]:
    return [job.args for job in ProcrastinateJob.objects.filter(task_name=MAKE)]


def _acts() -> list[tuple[str, int | None, str]]:
    acts = AuditEntry.objects.filter(action__startswith="export.").order_by("pk")
    return [(act.action, act.actor_id, act.result) for act in acts]


def _release(export: Export, who: Account, viewer: Viewer | None = None) -> None:
    release_export(viewer=viewer or people.viewer(who), export_id=export.pk, by=actor(who), now=MORNING)


def test_masked_data_go_straight_to_the_worker_and_the_asking_is_recorded(room: Classroom) -> None:
    export = asked(room.head_teacher, MORNING, query="group=migrant_workers")
    assert (export.state, export.masked, export.rows_expected) == ("waiting", True, 5)
    assert (export.filter, export.role) == ("group=migrant_workers", "head_teacher")
    assert _jobs() == [{"export_id": str(export.pk)}]
    assert _acts() == [("export.asked", room.head_teacher.pk, "done")]


def test_the_filter_is_kept_in_one_form_whatever_the_address_said(room: Classroom) -> None:
    export = asked(room.head_teacher, MORNING, sheet="learners", query="page=3&sex=male&name=&group=veterans")
    assert export.filter == "group=veterans&sex=male"


def test_unmasked_data_wait_for_another_administrator_and_say_why(room: Classroom) -> None:
    second = administrator(room, MORNING)
    export = asked(room.head_teacher, MORNING, masked=False)
    assert (export.state, export.reason, _jobs()) == ("asked", REASON, [])
    assert [each.pk for each in to_release(people.viewer(second))] == [export.pk]
    _release(export, second)
    export.refresh_from_db()
    assert (export.state, export.released_by_id) == ("waiting", second.pk)
    assert _jobs() == [{"export_id": str(export.pk)}]
    assert _acts() == [("export.asked", room.head_teacher.pk, "done"), ("export.released", second.pk, "done")]


def test_a_release_is_refused_with_words_and_nothing_is_made(room: Classroom) -> None:
    second = administrator(room, MORNING)
    export = asked(room.head_teacher, MORNING, masked=False)
    refuse_export(
        viewer=people.viewer(second), export_id=export.pk, reason="用途不明，请写清楚", by=actor(second), now=MORNING
    )
    export.refresh_from_db()
    assert (export.state, export.refusal, _jobs()) == ("refused", "用途不明，请写清楚", [])
    assert _acts()[1] == ("export.refused", second.pk, "refused")
    assert refusal_of(partial(_release, export, second)) is NotToRelease


def test_nobody_releases_their_own_not_even_in_another_role(room: Classroom) -> None:
    both = administrator(room, MORNING)
    Membership.objects.create(account=both, role=Role.HEAD_TEACHER, organisation=room.institution)
    export = asked(both, MORNING, masked=False)
    as_head = Viewer(both.pk, Role.HEAD_TEACHER, room.institution.pk, "440104")
    assert refusal_of(partial(_release, export, both)) is OwnExport
    assert refusal_of(partial(_release, export, both, as_head)) is OwnExport
    assert waiting_for(people.viewer(both)) == 0


def test_nobody_of_another_institution_or_another_role_releases(room: Classroom) -> None:
    export = asked(room.head_teacher, MORNING, masked=False)
    elsewhere = administrator(classroom(MORNING), MORNING)
    teacher = people.account((Role.TEACHER, room.institution.pk), now=MORNING)
    authority = Organisation.objects.create(kind="authority", name="区人社局", region_id="440104")
    supervisor = people.account((Role.SUPERVISOR, authority.pk), now=MORNING)
    for who in (elsewhere, teacher, supervisor, room.learner):
        assert refusal_of(partial(_release, export, who)) is NoSuchExport
    assert Export.objects.get(pk=export.pk).state == "asked"


def test_a_supervisors_request_is_released_by_another_of_the_same_authority_alone(room: Classroom) -> None:
    own, other = (
        Organisation.objects.create(kind="authority", name=name, region_id="440104")
        for name in ("区人社局", "区总工会")
    )
    first, second = (people.account((Role.SUPERVISOR, own.pk), now=MORNING) for _ in range(2))
    stranger = people.account((Role.SUPERVISOR, other.pk), now=MORNING)
    export = asked(first, MORNING, masked=False)
    assert refusal_of(partial(_release, export, stranger)) is NoSuchExport
    assert refusal_of(partial(_release, export, administrator(room, MORNING))) is NoSuchExport
    assert refusal_of(partial(_release, export, second)) is None


@pytest.mark.parametrize("reason", ["", "   ", "。。。", "长" * 201])
def test_unmasked_data_need_a_reason(room: Classroom, reason: str) -> None:
    draft = ExportDraft(Wanted("learners", "", is_masked=False), Format.CSV, reason)
    viewer = people.viewer(room.head_teacher)
    ask = partial(ask_for_export, viewer=viewer, draft=draft, by=actor(room.head_teacher), now=MORNING)
    assert refusal_of(ask) is ReasonMissing
    assert not Export.objects.exists()


def test_a_teacher_asks_for_masked_data_alone_and_the_attempt_is_recorded(room: Classroom) -> None:
    teacher = people.account((Role.TEACHER, room.institution.pk), now=MORNING)
    assert refusal_of(partial(asked, teacher, MORNING, masked=False)) is NotTheirsToExport
    assert _acts() == [("export.refused", teacher.pk, "refused")]
    assert asked(teacher, MORNING).state == "waiting"


def test_what_is_not_there_or_not_theirs_is_refused(room: Classroom) -> None:
    elsewhere = classroom(MORNING)
    query = f"class={elsewhere.training_class.pk}"
    assert refusal_of(partial(asked, room.head_teacher, MORNING, sheet="nothing")) is NoSuchSheet
    assert refusal_of(partial(asked, room.head_teacher, MORNING, sheet="learners", query=query)) is FilterRefused
    assert refusal_of(partial(asked, room.head_teacher, MORNING, sheet="learners", query="x=1")) is FilterRefused
    assert refusal_of(partial(asked, room.learner, MORNING, sheet="learners")) is NotTheirsToQuery


def test_more_rows_than_anybody_reads_are_refused_before_any_work(room: Classroom, table: ManyRows) -> None:
    table.size = MOST_ROWS + 1
    assert refusal_of(partial(asked, room.head_teacher, MORNING)) is TooManyRows


def test_one_person_has_few_on_the_way_at_once_in_all_roles_together(room: Classroom) -> None:
    for _ in range(MOST_ON_THE_WAY):
        asked(room.head_teacher, MORNING)
    assert refusal_of(partial(asked, room.head_teacher, MORNING)) is TooManyExports
    assert asked(administrator(room, MORNING), MORNING).state == "waiting"
    Export.objects.filter(account=room.head_teacher).update(state="failed", fault="worker_lost", finished_at=MORNING)
    again = Export.objects.filter(account=room.head_teacher).first()
    assert again is not None
    viewer, by = people.viewer(room.head_teacher), actor(room.head_teacher)
    try_export_again(viewer=viewer, export_id=again.pk, by=by, now=MORNING)
    assert refusal_of(partial(try_export_again, viewer=viewer, export_id=again.pk, by=by, now=MORNING)) is (
        CannotBeTriedAgain
    )


def test_exports_are_seen_by_who_asked_and_only_in_the_same_role(room: Classroom) -> None:
    head = room.head_teacher
    export = asked(head, MORNING)
    Membership.objects.create(account=head, role=Role.INSTITUTION_ADMINISTRATOR, organisation=room.institution)
    in_other_role = Viewer(head.pk, Role.INSTITUTION_ADMINISTRATOR, room.institution.pk, "440104")
    colleague = people.account((Role.HEAD_TEACHER, room.institution.pk), now=MORNING)
    assert own_export(people.viewer(head), export.pk) == export
    for viewer in (in_other_role, people.viewer(colleague), people.viewer(room.learner)):
        assert not own_exports(viewer).exists()
        assert refusal_of(partial(own_export, viewer, export.pk)) is NoSuchExport


_SUMS = {"sha256": "0" * 64, "rows_sha256": "0" * 64, "expires_at": MORNING, "finished_at": MORNING}
_BROKEN = {
    "reporting_export_state_known": {"state": "lost"},
    "reporting_export_format_known": {"format": "pdf"},
    "reporting_export_unmasked_for_a_reason": {"masked": False, "state": "asked"},
    "reporting_export_unmasked_only_released": {"masked": False, "reason": REASON},
    "reporting_export_made_has_sums": {"state": "ready", **_SUMS, "sha256": ""},
    "reporting_export_ended_has_time": {"state": "ready", **_SUMS, "finished_at": None},
    "reporting_export_failed_has_fault": {"state": "failed", "finished_at": MORNING},
}


@pytest.mark.parametrize(("constraint", "values"), _BROKEN.items(), ids=_BROKEN)
def test_the_database_refuses_what_no_export_is(room: Classroom, constraint: str, values: dict[str, object]) -> None:
    export = asked(room.head_teacher, MORNING)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Export.objects.filter(pk=export.pk).update(**values)


def test_the_database_lets_nobody_release_their_own(room: Classroom) -> None:
    export = asked(room.head_teacher, MORNING, masked=False)
    with pytest.raises(IntegrityError, match="reporting_export_released_by_another"), transaction.atomic():
        Export.objects.filter(pk=export.pk).update(released_by=room.head_teacher, released_at=MORNING)


def test_an_export_that_is_none_is_nobodys(room: Classroom) -> None:
    assert refusal_of(partial(own_export, people.viewer(room.head_teacher), uuid4())) is NoSuchExport
