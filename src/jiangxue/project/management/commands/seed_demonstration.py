"""Make the demonstration: files, people, occupations, sensitive words, courses at each step of the review, classes."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from jiangxue.accounts.services.telling import tell_of_papers
from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.kernel.clock import HandClock
from jiangxue.project.demonstration.accounts_table import accounts_table
from jiangxue.project.demonstration.acting import Days
from jiangxue.project.demonstration.attending import has_attendance, make_attendance
from jiangxue.project.demonstration.cases import seed_case
from jiangxue.project.demonstration.course import FONTS, built_files
from jiangxue.project.demonstration.documents import build_refused_file
from jiangxue.project.demonstration.faces import has_face_cases, make_face_cases
from jiangxue.project.demonstration.files import seed_files, seed_refused_file
from jiangxue.project.demonstration.history import has_history, make_history
from jiangxue.project.demonstration.long_ago import seed_long_ago
from jiangxue.project.demonstration.occupations import seed_occupations
from jiangxue.project.demonstration.openings import seed_openings
from jiangxue.project.demonstration.ratings import seed_ratings
from jiangxue.project.demonstration.reviewed import seed_review
from jiangxue.project.demonstration.seed import (
    demonstration_course,
    is_seeded,
    seed,
    seed_classes,
    seed_organisations,
    seed_papers,
    seed_questions,
    seed_second_factors,
    seed_staff,
)
from jiangxue.project.demonstration.small_courses import seed_small_courses, sending_from
from jiangxue.project.demonstration.supervising import seed_supervision
from jiangxue.project.demonstration.wider.courses import seed_courses
from jiangxue.project.demonstration.wider.seeding import seed_offices, seed_wider
from jiangxue.project.demonstration.words import seed_words
from jiangxue.reporting.services.keeping import keep_standings
from jiangxue.reporting.services.keeping_attendance import keep_attendance
from jiangxue.supervision.services.looking import count_worth_a_look
from jiangxue.supervision.services.telling_of_deadlines import tell_of_deadlines


class Command(BaseCommand):
    """Make the demonstration where it is missing; does nothing where it is there."""

    help = "Make the demonstration: files, people and a class. Only under JIANGXUE_DEMO=1."

    def handle(self, *args: object, **options: object) -> None:
        """Build the files that are missing, then seed the database once."""
        if not settings.DEMONSTRATION:
            raise CommandError("The demonstration is only made where JIANGXUE_DEMO=1 is set.")
        days = Days(DatabaseClock().now())
        self._seed_people(days)
        self._seed_courses(settings.DEMONSTRATION_FILES, days)
        self._seed_classes(days)
        self.stdout.write(accounts_table())

    def _seed_people(self, days: Days) -> None:
        seed_organisations()
        if not is_seeded():
            seed(now=days.opened)
        seed_staff(now=days.opened)
        seed_second_factors(now=days.opened)
        seed_papers(now=days.now)
        seed_occupations(days.opened)
        seed_words(now=days.opened)

    def _seed_courses(self, place: Path, days: Days) -> None:
        files = built_files(place, report=self.stdout.write)
        course = demonstration_course()
        seed_files(course, files, clock=HandClock(days.ago(29)), report=self.stdout.write)
        seed_refused_file(course, build_refused_file(place / "documents", FONTS), clock=DatabaseClock())
        titles = {file.slug: file.title for file in files}
        seed_questions(titles, now=days.ago(28))
        seed_review(course, titles, days=days)
        sending = sending_from(place / "documents")
        seed_small_courses(sending, days=days, report=self.stdout.write)
        seed_courses(sending, days=days, report=self.stdout.write)

    def _seed_classes(self, days: Days) -> None:
        seed_classes(now=days.now)
        seed_openings(now=days.now)
        if not has_history():
            make_history(now=days.now, report=self.stdout.write)
        if not has_attendance():
            make_attendance(days=days, report=self.stdout.write)
        if not has_face_cases():
            make_face_cases(days=days, report=self.stdout.write)
        seed_wider(days=days, report=self.stdout.write)
        seed_case(now=days.now)
        seed_supervision(now=days.now)
        seed_long_ago(report=self.stdout.write)
        seed_offices(settings.DEMONSTRATION_FILES, days=days)
        seed_ratings(now=days.now, report=self.stdout.write)
        keep_standings(clock=DatabaseClock())
        keep_attendance(clock=DatabaseClock())
        count_worth_a_look(clock=DatabaseClock())
        tell_of_papers(days.now)
        tell_of_deadlines(days.now)
