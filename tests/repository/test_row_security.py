"""Row-level security: what hangs on a class or a place is under it, and whoever says nothing sees nothing. Decision 0045."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.apps import apps
from psycopg import sql
from psycopg.conninfo import make_conninfo

from jiangxue.enrolment.models import ClassOpening, ClassTeacher, OpeningRun
from jiangxue.kernel.scope import PROGRAM, SETTING, scope_of
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.models import DayTotal, LessonProgress, Recomputation
from jiangxue.organisations.models import Organisation, Region
from jiangxue.reporting.models import ClassDay, PlaceAttendance, PlaceDay, PlaceStanding, PlaceTotal
from jiangxue.reporting.rules.columns import ATTENDED, COLUMNS
from jiangxue.supervision.models import WorthALook
from tests.conftest import MORNING, cloned_database, connected_to
from tests.factories.assessment import row
from tests.factories.classes import Classroom
from tests.factories.keys import everything_sealed
from tests.factories.people import account
from tests.factories.retention import held
from tests.factories.whole import fill

type Connection = psycopg.Connection[tuple[object, ...]]

OPEN = {
    "archive_erasure": "which places were erased: administrators of the platform alone have pages of it",
    "facecheck_alikefaces": "pairs of accounts across institutions; the page names only whom its viewer sees",
    "facecheck_facecomparison": "that a face was compared with all others, without whose",
    "learning_lease": "one row for each learner without content, which the hot path holds",
    "rating_courserating": "ratings are published",
    "rating_lecturerrating": "ratings are published",
    "rating_ratingchange": "ratings are published",
    "supervision_draw": "who drew how many by which seed, without whom: what was drawn is under it",
    "supervision_withdrawnproof": "that a proof was withdrawn is told to whoever checks it",
}
"""Tables that hang on what is under row-level security and are not, each with its reason."""
_ELSEWHERE = (
    *(
        "enrolment_classopening",
        "enrolment_openingrun",
        "enrolment_openingstep",
        "enrolment_promise",
        "enrolment_roster",
    ),
    *("facecheck_", "learning_appealpicture", "supervision_casepicture", "supervision_orderfile"),
)
_PARENTS = {"enrolment_trainingclass", "enrolment_enrolment", "enrolment_classopening", "facecheck_facetemplate"}


@pytest.fixture(scope="module")
def world(clone_prefix: str, django_db_setup: None, django_db_blocker) -> Iterator[tuple[str, Classroom, Viewer]]:
    """Give a filled database, the class that most is about, and an administrator of another institution in another region."""
    with django_db_blocker.unblock(), cloned_database(f"{clone_prefix}_seen") as name:
        room = fill(name)
        with connected_to(name):
            _rest(room)
            region, _ = Region.objects.get_or_create(code="530100", defaults={"name": "昆明"})
            other = Organisation.objects.create(kind="institution", name="昆明某校", region=region)
        yield name, room, Viewer(10**9, Role.INSTITUTION_ADMINISTRATOR, other.pk)


def _rest(room: Classroom) -> None:
    """Add what is no evidence: sealed columns, numbers that are kept, a hold, an attempt, a teacher and a recomputation."""
    everything_sealed(MORNING)
    held(room, MORNING)
    row(room, MORNING)
    ClassTeacher.objects.create(training_class=room.training_class, teacher=account(now=MORNING))
    Recomputation.objects.create(training_class=room.training_class, asked_by=room.head_teacher, asked_at=MORNING)
    LessonProgress.objects.create(enrolment=room.enrolment, lesson=room.lesson, reached_ms=0, updated_at=MORNING)
    DayTotal.objects.create(
        learner=room.learner, training_class=room.training_class, day=MORNING.date(), credited_ms=0, refused_ms={}
    )
    day = dict.fromkeys(COLUMNS, 1)
    PlaceDay.objects.create(enrolment=room.enrolment, day=MORNING.date(), **day)
    PlaceTotal.objects.create(enrolment=room.enrolment, **day)
    PlaceAttendance.objects.create(enrolment=room.enrolment, day=MORNING.date(), **dict.fromkeys(ATTENDED, 1))
    ClassDay.objects.create(training_class=room.training_class, day=MORNING.date(), **day)
    PlaceStanding.objects.create(enrolment=room.enrolment, lessons=1, done=1)
    applied = ClassOpening.objects.order_by("pk")[0]
    OpeningRun.objects.create(opening=applied, by=room.head_teacher, role="head_teacher", asked_at=MORNING, people=1)
    WorthALook.objects.create(
        training_class=room.training_class, until=MORNING.date(), to_look_at=1, counted_at=MORNING
    )


@contextmanager
def _as_app(database: str, scope: str | None) -> Iterator[Connection]:
    with psycopg.connect(make_conninfo(os.environ["DATABASE_URL"], dbname=database)) as connection:
        if scope is not None:
            connection.execute("SELECT set_config(%s, %s, false)", [SETTING, scope])
        yield connection


def _counts(database: str, scope: str | None) -> dict[str, int]:
    """Return how many rows of each table that is under row-level security are seen."""
    with _as_app(database, scope) as connection:
        tables = connection.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relkind IN ('r', 'p') ORDER BY relname"
        ).fetchall()
        return {str(table): _count(connection, str(table)) for (table,) in tables}


def _count(connection: Connection, table: str) -> int:
    found = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    assert found is not None
    return int(str(found[0]))


def _seen(database: str, scope: str | None) -> set[str]:
    return {table for table, count in _counts(database, scope).items() if count}


def test_the_program_sees_a_row_of_every_table(world: tuple[str, Classroom, Viewer]) -> None:
    """Or the tests below would prove nothing."""
    assert {table for table, count in _counts(world[0], PROGRAM).items() if not count} == set()


@pytest.mark.clause("M3", "C5")
@pytest.mark.parametrize(
    "scope", [None, "", "programme", "institution", "institution::", "region::", "own::", "all:1:1"]
)
def test_whoever_says_nothing_or_something_unknown_sees_no_row(
    world: tuple[str, Classroom, Viewer], scope: str | None
) -> None:
    assert _seen(world[0], scope) == set()


@pytest.mark.clause("M3", "C5")
@pytest.mark.parametrize("role", [*Role])
def test_no_role_elsewhere_sees_a_row(world: tuple[str, Classroom, Viewer], role: Role) -> None:
    database, _, other = world
    assert _seen(database, scope_of(Viewer(other.account_id, role, other.organisation_id, "53"))) == set()


def test_the_institution_and_its_region_see_what_is_theirs(world: tuple[str, Classroom, Viewer]) -> None:
    """Of the class that most is about; applications, files and faces are another institution's."""
    database, room, other = world
    own = scope_of(Viewer(other.account_id, Role.INSTITUTION_ADMINISTRATOR, room.institution.pk))
    region = scope_of(Viewer(other.account_id, Role.SUPERVISOR, None, room.institution.region_id))
    elsewhere = {table for table in _seen(database, PROGRAM) if table.startswith(_ELSEWHERE)}
    assert _seen(database, PROGRAM) - elsewhere <= _seen(database, own) < _seen(database, region)
    assert _seen(database, region) == _seen(database, PROGRAM)


def test_a_learner_sees_their_own_place_and_no_other(world: tuple[str, Classroom, Viewer]) -> None:
    database, room, _ = world
    seen = _counts(database, scope_of(Viewer(room.learner.pk, Role.LEARNER)))
    assert (seen["enrolment_trainingclass"], seen["accounts_identity"]) == (1, 1)
    assert seen["enrolment_enrolment"] == 1 < _counts(database, PROGRAM)["enrolment_enrolment"]
    assert seen["enrolment_rosterentry"] == 0


@pytest.mark.clause("M3")
def test_nothing_is_added_or_changed_beyond_what_is_seen(world: tuple[str, Classroom, Viewer]) -> None:
    database, room, other = world
    with _as_app(database, scope_of(other)) as connection:
        for change in ("UPDATE enrolment_trainingclass SET name = ''", "DELETE FROM enrolment_rosterentry"):
            assert connection.execute(change).rowcount == 0
        taken = (
            'INSERT INTO enrolment_enrolment (training_class_id, learner_id, aid, enrolled_at, "group", education, domicile,'
            " employer, employer_uscc) VALUES (%s, %s, gen_random_uuid(), now(), '', '', '', '', '')"
        )
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            connection.execute(taken, [room.training_class.pk, room.head_teacher.pk])


def test_every_table_that_hangs_on_a_place_is_under_it_or_says_why_not(world: tuple[str, Classroom, Viewer]) -> None:
    under = set(_counts(world[0], None))
    tables = {model._meta.db_table: model for model in apps.get_models()}
    hanging = set(_PARENTS)
    while True:
        more = {
            table
            for table, model in tables.items()
            for field in model._meta.concrete_fields
            if field.related_model is not None and field.related_model._meta.db_table in hanging
        }
        if more <= hanging:
            break
        hanging |= more
    assert hanging - under == set(OPEN)
    assert under - hanging == {"accounts_identity", *_OF_PERSONS, "supervision_rectificationorder"} - hanging


_OF_PERSONS = {f"facecheck_{each}" for each in ("faceattempt", "facepicture", "faceallowance", "documentcomparison")}
