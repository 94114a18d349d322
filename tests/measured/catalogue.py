"""How long the pages of the catalogue take with 2,000 courses and 40,000 ratings.

`python -m scripts.test tests/measured/catalogue.py -q -n 0 -s -p no:randomly`
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from statistics import median
from time import perf_counter

import pytest
from django.db import connection
from django.test import Client

from jiangxue.accounts.models import Account
from jiangxue.courseware.models import Course, CourseVersion
from jiangxue.courseware.rules.catalogue import catalogued
from jiangxue.courseware.rules.content import CourseContent, Fee, Occupation
from jiangxue.courseware.rules.versions import State
from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.kernel.ids import new_id
from jiangxue.occupations.rules.levels import Level
from jiangxue.project.demonstration.occupations import demonstration_rows
from jiangxue.rating.models import CourseRating
from jiangxue.rating.rules.drafts import Standing
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import institution
from tests.factories.content import complete_content, complete_facts

COURSES, RATERS, SCHOOLS = 2_000, 20, 40
CHANCE = random.Random(20261124)
TIMES = 15
PAGES = {
    "first page": "",
    "the last of 100 pages": "?page=100",
    "search for a word": "?q=安全",
    "search without result": "?q=潜水",
    "one occupation, one level, free": "?occupation=6-31-01-03&level=four&free=on",
    "rated 4 or better": "?good=on",
    "best rated first": "?sort=best",
    "by name": "?sort=name",
}


def contents() -> Iterator[CourseContent]:
    occupations = list(demonstration_rows())
    for number in range(COURSES):
        row = CHANCE.choice(occupations)
        facts = complete_facts(
            title=f"{row.name}{CHANCE.choice(['安全', '入门', '提高', '实操'])} {number}",
            occupation=Occupation(row.code, row.name, row.is_practical),
            level=CHANCE.choice([Level.FIVE, Level.FOUR, Level.THREE]),
            fee=CHANCE.choice(list(Fee)),
        )
        yield replace(complete_content(), facts=facts)


def made_courses() -> list[CourseVersion]:
    schools = [institution() for _ in range(SCHOOLS)]
    whole = list(contents())
    courses = Course.objects.bulk_create(
        Course(institution=CHANCE.choice(schools), title=each.facts.title) for each in whole
    )
    return CourseVersion.objects.bulk_create(
        CourseVersion(
            course=course,
            serial=1,
            title=course.title,
            content=each.to_values(),
            sha256=each.sha256,
            **catalogued(each.facts),
            submitted_at=MORNING,
            state=State.PUBLISHED,
            published_at=MORNING - timedelta(minutes=number),
            review_due_on=MORNING.date() + timedelta(days=365),
        )
        for number, (course, each) in enumerate(zip(courses, whole, strict=True))
    )


def rate_all(versions: list[CourseVersion]) -> None:
    learners: list[Account] = [people.account(now=MORNING) for _ in range(RATERS)]
    classes = TrainingClass.objects.bulk_create(
        TrainingClass(
            institution_id=version.course.institution_id,
            course=version.course,
            version=version,
            head_teacher=learners[0],
            code=f"M{version.pk}",
            name="一班",
            opens_on=MORNING.date(),
            closes_on=MORNING.date(),
        )
        for version in versions
    )
    places = Enrolment.objects.bulk_create(
        Enrolment(training_class=of, learner=learner, aid=new_id(), enrolled_at=MORNING)
        for of in classes
        for learner in learners
    )
    CourseRating.objects.bulk_create(
        CourseRating(
            enrolment=place,
            course_id=place.training_class.course_id,
            version_id=place.training_class.version_id,
            stars=CHANCE.choice([5, 5, 5, 4, 4, 3, 2, 1]),
            comment="讲得清楚，例子也实用。",
            rated_at=MORNING - timedelta(days=CHANCE.randrange(300)),
            standing=Standing.SHOWN,
        )
        for place in places
    )


@pytest.mark.django_db
def test_milliseconds_of_the_catalogue() -> None:
    versions = made_courses()
    rate_all(versions)
    with connection.cursor() as cursor:
        for table in ("courseware_courseversion", "rating_courserating", "enrolment_enrolment"):
            cursor.execute(f"ANALYZE {table}")
    pages = {f"catalogue: {name}": f"/courses/{query}" for name, query in PAGES.items()}
    pages["introduction of a course"] = f"/courses/{versions[7].course_id}/"
    client = Client()
    print(f"\n{COURSES} courses, {CourseRating.objects.count()} ratings; ms of {TIMES} requests each\n")
    print("| page | median ms | most ms |\n|---|---|---|")
    for name, address in pages.items():
        client.get(address)
        spent = []
        for _ in range(TIMES):
            began = perf_counter()
            assert client.get(address).status_code == 200
            spent.append((perf_counter() - began) * 1000)
        print(f"| {name} | {median(spent):.0f} | {max(spent):.0f} |")
