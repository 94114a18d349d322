"""The security administrator replaces the list, whole or not at all, and every list is kept (clauses T1.4, M3)."""

import hashlib
from datetime import timedelta

import pytest

from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import Actor
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.screening.errors import ListUnchanged, NotTheirsToKeep, OutOfReach, UnfitWords
from jiangxue.screening.models import ListedWord, WordList
from jiangxue.screening.queries import categories_of, list_for, list_in_force, lists, words_in_force, words_of
from jiangxue.screening.services import import_words
from tests.conftest import MORNING
from tests.factories.words import WORDS, keeper, viewer_of, word_file, word_list

pytestmark = pytest.mark.clause("T1.4")
LATER = MORNING + timedelta(hours=1)


def test_while_there_is_no_list_none_is_in_force(db: None) -> None:
    assert list_in_force() is None
    assert words_in_force() is None


def test_an_imported_list_is_in_force_with_its_source_and_is_audited(db: None) -> None:
    author = keeper(MORNING)
    made = word_list(MORNING, author=author, name="C:/资料/词库.csv")
    kept = list_in_force()
    assert kept == made
    assert (kept.author, kept.source, kept.imported_at, kept.word_count) == (author, "词库.csv", MORNING, 4)
    assert kept.sha256 == hashlib.sha256(word_file(WORDS)).hexdigest()
    assert dict(kept.words.values_list("word", "category")) == WORDS
    entry = AuditEntry.objects.get(action="words.imported")
    assert (entry.actor_id, entry.object_kind, entry.object_id) == (author.pk, "word_list", str(made.pk))


def test_the_newest_list_is_in_force_and_the_one_before_it_stays(db: None) -> None:
    old = word_list(MORNING)
    new = word_list(LATER, {"加 微信": "违法", "代考": "违法", "挂证": "违法"})
    assert list_in_force() == new
    assert (old.added, old.removed, old.moved) == (4, 0, 0)
    assert (new.added, new.removed, new.moved) == (1, 2, 1)
    assert old.words.count() == 4


def test_a_file_that_changes_nothing_makes_no_list(db: None) -> None:
    word_list(MORNING)
    with pytest.raises(ListUnchanged):
        word_list(LATER, {"代考": "违法", "算命": "封建迷信", "加·微·信": "广告", "包過": "广告"})
    assert WordList.objects.count() == 1


def test_of_a_file_with_a_fault_nothing_is_kept(db: None) -> None:
    with pytest.raises(UnfitWords):
        word_list(MORNING, {"加微信": "广告", "★": "广告"})
    assert not ListedWord.objects.exists()
    assert not AuditEntry.objects.filter(action="words.imported").exists()


@pytest.mark.clause("M3")
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECURITY_ADMINISTRATOR])
def test_nobody_else_imports_or_reads_the_list(db: None, role: Role) -> None:
    made = word_list(MORNING)
    other = Viewer(1, role)
    with pytest.raises(NotTheirsToKeep):
        import_words(viewer=other, content=word_file({"挂证": "违法"}), name="x.csv", by=Actor(1, role), now=LATER)
    assert list_in_force() == made
    assert not lists(other).exists()
    assert not words_of(other, made).exists()
    with pytest.raises(OutOfReach):
        list_for(other, made.pk)


def test_words_are_looked_for_however_they_are_written(db: None) -> None:
    made = word_list(MORNING)
    viewer = viewer_of(made.author)
    assert [each.word for each in words_of(viewer, made, like="微 Ｘ")] == []
    assert [each.word for each in words_of(viewer, made, like="加 微")] == ["加微信"]
    assert [each.word for each in words_of(viewer, made, like="過")] == ["包过"]
    assert not words_of(viewer, made, like="★").exists()
    assert [each.word for each in words_of(viewer, made, category="广告")] == ["加微信", "包过"]
    assert categories_of(viewer, made) == {"广告": 2, "封建迷信": 1, "违法": 1}


def test_the_finder_of_a_list_is_built_once(db: None) -> None:
    word_list(MORNING)
    first = words_in_force()
    assert words_in_force().finder is first.finder
    word_list(LATER, {"挂证": "违法"})
    assert words_in_force().finder is not first.finder
    assert [each.word for each in words_in_force().finder.found_in("加微信，挂证")] == ["挂证"]
