"""Drawing samples: by seed, within one's own region, kept for good (clause C5)."""

from datetime import timedelta

import pytest

from jiangxue.audit.models import AuditEntry
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.ids import new_id
from jiangxue.kernel.viewer import Viewer
from jiangxue.supervision.errors.sampling import NobodyToDraw, NoSuchDraw, NotASeed, NotTheTurn, OutsideScope
from jiangxue.supervision.models import Draw, Drawn, DrawnWord
from jiangxue.supervision.queries.sampling import (
    changed_since,
    draw_for,
    drawn_in,
    draws,
    earlier_draws,
    frozen_population,
    population,
    scope_for,
)
from jiangxue.supervision.rules.sampling import SampleWord, digest_of, drawn
from jiangxue.supervision.services.sampling import Said, say_word
from tests.domains.constraints import broken
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.factories.supervising import actor, classmates, drawn_by, supervisor_of, wish
from tests.refusals import refusal_of

pytestmark = pytest.mark.clause("C5")


@pytest.fixture
def room(db: None, clock: HandClock) -> Classroom:
    made = classroom(clock.now())
    classmates(made, clock, 8)
    return made


@pytest.fixture
def city(room: Classroom, clock: HandClock) -> Viewer:
    return supervisor_of("4401", clock)


def places_of(draw: Draw) -> list[int]:
    return [each.enrolment_id for each in drawn_in(draw)]


def says(viewer: Viewer, draw: Draw, clock: HandClock, word: SampleWord = SampleWord.FINE, after: int = 0) -> None:
    say_word(viewer, Said(draw.pk, 1, word, after), by=actor(viewer), now=clock.now())


def test_the_same_seed_draws_the_same_learners_on_the_second_try_and_for_another_supervisor(
    city: Viewer, clock: HandClock
) -> None:
    first = drawn_by(city, clock, seed="２０２６")
    again = drawn_by(city, clock, seed=" 2026 ")
    district = drawn_by(supervisor_of("440104", clock), clock, seed="2026")
    assert places_of(first) == places_of(again) == places_of(district)
    assert first.digest == again.digest == district.digest
    assert places_of(drawn_by(city, clock, seed="2027")) != places_of(first)


def test_what_was_drawn_is_what_the_rule_says_of_the_kept_list(city: Viewer, clock: HandClock) -> None:
    draw = drawn_by(city, clock, size=4)
    frozen = frozen_population(draw)
    assert [each.enrolment.aid for each in drawn_in(draw)] == drawn("2026", frozen, 4)
    assert digest_of(frozen) == draw.digest
    assert len(frozen) == draw.population_size == 8


def test_who_did_not_begin_to_learn_on_these_days_is_not_drawn(room: Classroom, city: Viewer, clock: HandClock) -> None:
    assert room.enrolment.aid not in population(city, wish(clock).scope)
    clock.advance(20 * 86_400_000)
    assert refusal_of(lambda: drawn_by(city, clock)) is NobodyToDraw


def test_later_changes_of_the_population_are_said(room: Classroom, city: Viewer, clock: HandClock) -> None:
    draw = drawn_by(city, clock)
    assert not changed_since(city, draw)
    classmates(room, clock, 2)
    found = changed_since(city, draw)
    assert (found.came, found.left) == (2, 0)
    assert len(frozen_population(draw)) == 8


def test_a_scope_narrows_to_an_institution_and_to_a_class(room: Classroom, city: Viewer, clock: HandClock) -> None:
    other = classroom(clock.now(), region="440105")
    classmates(other, clock, 3)
    whole = drawn_by(city, clock, region="4401", size=20)
    assert len(places_of(whole)) == 11
    assert len(places_of(drawn_by(city, clock, region="4401", size=20, institution_id=other.institution.pk))) == 3
    of_class = drawn_by(city, clock, region="4401", size=20, class_id=room.training_class.pk)
    assert len(places_of(of_class)) == 8
    assert (of_class.institution_id, of_class.scope_region) == (room.institution.pk, "440104")


def test_nobody_draws_outside_their_region(room: Classroom, clock: HandClock) -> None:
    elsewhere = supervisor_of("4403", clock)
    for scope in ({}, {"region": "4401"}, {"region": "4403", "class_id": room.training_class.pk}):
        assert refusal_of(lambda scope=scope: drawn_by(elsewhere, clock, **scope)) is OutsideScope
    assert (
        refusal_of(lambda: drawn_by(elsewhere, clock, region="4403", institution_id=room.institution.pk))
        is OutsideScope
    )
    district = supervisor_of("440105", clock)
    assert refusal_of(lambda: drawn_by(district, clock, region="4401")) is OutsideScope
    head = people.viewer(room.head_teacher)
    assert refusal_of(lambda: scope_for(head, wish(clock).scope)) is OutsideScope
    assert not draws(head)


def test_a_draw_is_seen_in_its_region_and_above_alone(city: Viewer, clock: HandClock) -> None:
    draw = drawn_by(city, clock)
    assert draw_for(supervisor_of("44", clock), draw.pk) == draw
    for region in ("440104", "4403"):
        assert refusal_of(lambda region=region: draw_for(supervisor_of(region, clock), draw.pk)) is NoSuchDraw


def test_every_draw_over_the_same_learners_is_listed_beside_the_next(
    room: Classroom, city: Viewer, clock: HandClock
) -> None:
    """A supervisor who draws again until a friend is left out leaves a row for each attempt, and the last one names them all."""
    seeds = ["1", "2", "3"]
    earlier = [drawn_by(city, clock, seed=seed) for seed in seeds]
    narrow = drawn_by(city, clock, class_id=room.training_class.pk)
    other = classroom(clock.now(), region="440105")
    classmates(other, clock, 1)
    apart = drawn_by(city, clock, region="440105")
    assert set(earlier_draws(city, narrow)) == set(earlier)
    assert not earlier_draws(city, apart)
    assert narrow in earlier_draws(city, drawn_by(city, clock, region="4401"))
    assert AuditEntry.objects.filter(action="sample.drawn", reason__startswith="2 ").count() == 1


def test_a_draw_needs_a_seed(city: Viewer, clock: HandClock) -> None:
    assert refusal_of(lambda: drawn_by(city, clock, seed="  ")) is NotASeed
    assert refusal_of(lambda: drawn_by(city, clock, size=31)) is OutsideScope
    assert not Draw.objects.exists()


def test_words_are_kept_one_after_another(city: Viewer, clock: HandClock) -> None:
    draw = drawn_by(city, clock)
    says(city, draw, clock)
    says(city, draw, clock, SampleWord.LOOK_CLOSER, after=1)
    assert [word.word for word in drawn_in(draw)[0].words.all()] == ["fine", "look_closer"]
    assert refusal_of(lambda: says(city, draw, clock, after=1)) is NotTheTurn
    assert refusal_of(lambda: says(supervisor_of("4403", clock), draw, clock, after=2)) is NoSuchDraw
    assert AuditEntry.objects.filter(action="sample.look_closer").count() == 1


class TestKeptByTheDatabase:
    """What the database itself refuses."""

    @pytest.fixture
    def draw(self, city: Viewer, clock: HandClock) -> Draw:
        return drawn_by(city, clock)

    @pytest.mark.parametrize(
        ("name", "wrong"),
        [
            ("supervision_draw_size_bounded", {"size": 31}),
            ("supervision_draw_seed_named", {"named_by": ""}),
            ("supervision_draw_within_its_region", {"scope_region": "4403"}),
        ],
    )
    def test_a_draw_has_its_shape(self, draw: Draw, clock: HandClock, name: str, wrong: dict[str, object]) -> None:
        again = Draw.objects.get(pk=draw.pk)
        again.pk = new_id()
        for field, value in wrong.items():
            setattr(again, field, value)
        with broken(name):
            again.save(force_insert=True)

    def test_days_run_forwards(self, draw: Draw) -> None:
        again = Draw.objects.get(pk=draw.pk)
        again.pk, again.last_day = new_id(), again.first_day - timedelta(days=1)
        with broken("supervision_draw_days_in_order"):
            again.save(force_insert=True)

    def test_nobody_is_drawn_twice_nor_two_to_one_place(self, draw: Draw) -> None:
        first, second = drawn_in(draw)[:2]
        with broken("supervision_drawn_once"):
            Drawn.objects.create(draw=draw, ordinal=9, enrolment_id=first.enrolment_id)
        other = next(pk for pk in (first.enrolment_id - 1, second.enrolment_id + 99) if pk)
        with broken("supervision_drawn_in_order"):
            Drawn.objects.create(draw=draw, ordinal=1, enrolment_id=other)

    def test_a_word_has_one_place_and_is_known(self, draw: Draw, city: Viewer, clock: HandClock) -> None:
        says(city, draw, clock)
        one, facts = drawn_in(draw)[0], {"by_id": city.account_id, "at": clock.now()}
        with broken("supervision_drawn_word_once"):
            DrawnWord.objects.create(drawn=one, ordinal=1, word="fine", **facts)
        with broken("supervision_drawn_word_known"):
            DrawnWord.objects.create(drawn=one, ordinal=2, word="guilty", **facts)
