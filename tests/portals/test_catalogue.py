"""The catalogue of courses for everybody: found, filtered, shared, kept by caches (clauses C6, T6)."""

import re
from typing import Any

import pytest
from django.test import Client

from jiangxue.courseware.models import Course
from jiangxue.courseware.rules.content import Facts
from jiangxue.kernel.clock import HandClock
from tests.factories.classes import course as plain_course
from tests.factories.classes import institution, published
from tests.factories.content import complete_facts

LIST = "/courses/"


@pytest.fixture
def anybody(db: None) -> Client:
    return Client()


def listed(title: str, clock: HandClock, **facts: Any) -> Course:
    """Publish a course of which the catalogue knows these facts."""
    made = plain_course(institution(), lessons=1)
    made.title = title
    values: Facts = complete_facts(title=title, **facts)
    made.level, made.fee, made.free_for = values.level or "", values.fee, list(values.free_for)
    made.online_hours, made.practice_hours = values.hours.online, values.hours.practice
    if values.occupation:
        from tests.factories.occupations import occupation  # noqa: PLC0415

        made.occupation = occupation(values.occupation.code, values.occupation.name)
    made.save()
    published(made, clock.now())
    return made


def titles(page: str) -> list[str]:
    return re.findall(r"<strong>([^<]+)</strong>", page)
