"""What the database keeps of lists, screenings and hits."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from jiangxue.screening.models import Hit, ListedWord, WordList
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories import people
from tests.factories.words import keeper, screened, word_list


@pytest.fixture
def listed(db: None) -> WordList:
    return word_list(MORNING)


@pytest.fixture
def hit(listed: WordList) -> Hit:
    return screened("想包过吗", MORNING)[0]


def _list(**otherwise: object) -> WordList:
    facts = {"word_count": 1, "added": 1, "removed": 0, "moved": 0, "sha256": "a" * 64, "source": "a.csv"} | otherwise
    return WordList.objects.create(imported_at=MORNING, author=keeper(MORNING), **facts)


def test_a_list_has_words(db: None) -> None:
    with broken("screening_list_has_words"):
        _list(word_count=0, added=0)


def test_a_list_has_no_more_new_words_than_words(db: None) -> None:
    with broken("screening_list_changes_fit"):
        _list(added=2)


def test_a_list_has_the_hash_of_its_file(db: None) -> None:
    with broken("screening_list_sha256_shape"):
        _list(sha256="A" * 64)


def test_a_word_stands_once_in_a_list_however_it_is_written(listed: WordList) -> None:
    with broken("screening_word_once_in_a_list"):
        ListedWord.objects.create(word_list=listed, word="包 过", category="其他", normalised="包过")


@pytest.mark.parametrize("empty", ["word", "category", "normalised"])
def test_a_listed_word_lacks_nothing(listed: WordList, empty: str) -> None:
    with broken("screening_word_is_whole"):
        ListedWord.objects.create(
            word_list=listed, **{"word": "新", "category": "其他", "normalised": "新"} | {empty: ""}
        )


def test_a_hit_is_kept_once(hit: Hit) -> None:
    hit.pk = None
    with broken("screening_hit_once"):
        hit.save(force_insert=True)


def test_a_hit_has_a_length(hit: Hit) -> None:
    hit.pk, hit.end, hit.excerpt = None, hit.start, "另一处"
    with broken("screening_hit_has_length"):
        hit.save(force_insert=True)


@pytest.mark.parametrize(
    "half",
    [{"decision": "harmless"}, {"note": "好"}, {"decided_at": MORNING}, {"decision": "perhaps", "decided_at": MORNING}],
)
def test_a_decision_is_whole(hit: Hit, half: dict[str, object]) -> None:
    with broken("screening_hit_decided_whole"):
        Hit.objects.filter(pk=hit.pk).update(**half)


def test_a_hit_is_decided_after_it_was_found(hit: Hit) -> None:
    person = people.account(now=MORNING)
    with broken("screening_hit_decided_after_found"):
        Hit.objects.filter(pk=hit.pk).update(
            decision="harmless", decided_by=person, decided_at=MORNING - timedelta(seconds=1)
        )


@pytest.mark.parametrize("change", ["DELETE FROM screening_hit", "UPDATE screening_hit SET word = ''"])
def test_a_hit_is_neither_removed_nor_made_another(hit: Hit, change: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
