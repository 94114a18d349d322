"""Make the demonstration: files, people, occupations, sensitive words, courses at each step of the review, classes."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.kernel.clock import HandClock
from jiangxue.project.demonstration.accounts_table import accounts_table
from jiangxue.project.demonstration.acting import Days
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
    seed_questions,
    seed_second_factors,
    seed_staff,
)
from jiangxue.project.demonstration.small_courses import seed_small_courses, sending_from
from jiangxue.project.demonstration.words import seed_words


class Command(BaseCommand):
    """Make the demonstration where it is missing; does nothing where it is there."""

    help = "Make the demonstration: files, people and a class. Only under JIANGXUE_DEMO=1."

    def handle(self, *args: object, **options: object) -> None:
        """Build the files that are missing, then seed the database once."""
        if not settings.DEMONSTRATION:
            raise CommandError("The demonstration is only made where JIANGXUE_DEMO=1 is set.")
        place = settings.DEMONSTRATION_FILES
        files = built_files(place, report=self.stdout.write)
        clock = DatabaseClock()
        days = Days(clock.now())
        if not is_seeded():
            seed(now=days.opened)
        seed_staff(now=days.opened)
        seed_second_factors(now=days.opened)
        seed_occupations(days.opened)
        seed_words(now=days.opened)
        course = demonstration_course()
        seed_files(course, files, clock=HandClock(days.ago(29)), report=self.stdout.write)
        seed_refused_file(course, build_refused_file(place / "documents", FONTS), clock=clock)
        titles = {file.slug: file.title for file in files}
        seed_questions(titles, now=days.ago(28))
        seed_review(course, titles, days=days)
        seed_small_courses(sending_from(place / "documents"), days=days, report=self.stdout.write)
        seed_classes(now=days.now)
        seed_openings(now=days.now)
        if not has_history():
            make_history(now=days.now, report=self.stdout.write)
        if not has_face_cases():
            make_face_cases(days=days, report=self.stdout.write)
        seed_long_ago(report=self.stdout.write)
        seed_ratings(now=days.now, report=self.stdout.write)
        self.stdout.write(accounts_table())
