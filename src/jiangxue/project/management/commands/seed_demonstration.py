"""Make the demonstration: films, people, a class, course questions."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.project.demonstration.accounts_table import accounts_table
from jiangxue.project.demonstration.course import built_course
from jiangxue.project.demonstration.history import has_history, make_history
from jiangxue.project.demonstration.seed import is_seeded, seed, seed_questions


class Command(BaseCommand):
    """Make the demonstration where it is missing; does nothing where it is there."""

    help = "Make the demonstration: films, people and a class. Only under JIANGXUE_DEMO=1."

    def handle(self, *args: object, **options: object) -> None:
        """Build the films that are missing, then seed the database once."""
        if not settings.DEMONSTRATION:
            raise CommandError("The demonstration is only made where JIANGXUE_DEMO=1 is set.")
        course = built_course(settings.COURSE_MEDIA, master_key=settings.MEDIA_MASTER_KEY, report=self.stdout.write)
        now = DatabaseClock().now()
        if not is_seeded():
            seed(title=course.title, summary=course.summary, modules=course.modules, now=now)
        seed_questions(now=now)
        if not has_history():
            make_history(now=now, report=self.stdout.write)
        self.stdout.write(accounts_table())
