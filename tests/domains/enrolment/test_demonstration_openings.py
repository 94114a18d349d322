"""The wider demonstration has an application in each state, and a roster with something to mend (clauses C3, C5)."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from jiangxue.enrolment.models import ClassOpening, TrainingClass
from jiangxue.enrolment.queries.roster_files import Place, file_for, shown
from jiangxue.enrolment.rules.openings import OpeningState
from jiangxue.enrolment.rules.roster.shapes import Standing
from jiangxue.kernel.viewer import Role
from jiangxue.project.demonstration import openings
from jiangxue.project.demonstration.acting import acting
from jiangxue.project.demonstration.seed import seed_papers
from jiangxue.project.demonstration.wider.courses import seed_courses
from jiangxue.project.demonstration.wider.openings import OPENED, seed_decided_openings
from jiangxue.project.demonstration.wider.rosters import put_roster, seed_roster
from tests.domains.courseware.seeding import DAYS, at_once, begin, make


@pytest.fixture
def made(db: None, tmp_path: Path) -> None:
    """Make the courses and the applications, twice, as a second start does."""
    options = {"location": tmp_path / "media", "allow_overwrite": True}
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    with override_settings(STORAGES={**settings.STORAGES, "courseware": storage}):
        begin()
        make()
        seed_papers(now=DAYS.now)
        seed_courses(at_once, days=DAYS, report=lambda _: None)
        for _ in range(2):
            openings.seed_openings(now=DAYS.now)
            seed_decided_openings(days=DAYS)
            seed_roster(put_roster(tmp_path), now=DAYS.now)


def test_there_is_an_application_in_each_state_and_a_roster_to_mend(made: None) -> None:
    """One test for two facts: the courses take a while to make."""
    assert_states()
    assert_roster()


def assert_states() -> None:
    states = sorted(ClassOpening.objects.values_list("state", flat=True))
    passing = {OpeningState.OPENING}  # the worker is at it for a moment
    assert states == sorted([*set(OpeningState) - passing, OpeningState.SUBMITTED])
    assert TrainingClass.objects.get(name=OPENED).enrolments.count() == 8


def assert_roster() -> None:
    place = Place(opening=ClassOpening.objects.get(name=openings.DRAFT_NAME))
    file = file_for(acting("headteacher", Role.HEAD_TEACHER), place)
    verdict = shown(file, place, now=DAYS.now).verdict
    assert (verdict.counted(Standing.NEW), verdict.counted(Standing.UNFIT)) == (3, 5)


def test_the_file_is_written_once_and_left_as_it_was_mended(tmp_path: Path) -> None:
    path = put_roster(tmp_path)
    path.write_bytes(b"mended by hand")
    assert put_roster(tmp_path).read_bytes() == b"mended by hand"
