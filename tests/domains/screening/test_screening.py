"""What is found at a place is kept once, with its decision, whatever list comes later (clause T1.4)."""

from datetime import timedelta

import pytest

from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import Actor
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.screening.errors import AlreadyDecided, NoteTooLong, OutOfReach
from jiangxue.screening.models import LONGEST_NOTE, Hit, Screening
from jiangxue.screening.queries import found_in, hits_at, last_screening
from jiangxue.screening.rules.places import ScreenedText
from jiangxue.screening.services import decide, screen
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.words import PLACE, WORDS, screened, word_list

pytestmark = pytest.mark.clause("T1.4")
LATER = MORNING + timedelta(hours=1)
TEXT = "本课程由名师讲授，想了解更多请加 微-信，还可以代考。"


@pytest.fixture(autouse=True)
def listed(db: None) -> None:
    word_list(MORNING)


def decided(
    hit: Hit, decision: Hit.Decision = Hit.Decision.HARMLESS, note: str = "", *, by: Viewer | None = None
) -> Hit:
    by = by or Viewer(people.account((Role.REVIEWER, None), now=MORNING).pk, Role.REVIEWER)
    return decide(viewer=by, hit_id=hit.pk, decision=decision, note=note, by=Actor(by.account_id, by.role), now=LATER)


def test_a_hit_names_the_word_and_where_it_stands() -> None:
    first, second = screened(TEXT, MORNING)
    assert (first.word, first.category, second.word) == ("加微信", "广告", "代考")
    assert TEXT[first.start : first.end] == "加 微-信"
    assert (first.shown.before, first.shown.found, first.shown.after) == (TEXT[:15], "加 微-信", "，还可以代考。")
    assert first.where == {"lesson": 12, "page": 3}
    assert (first.place_kind, first.place_ref, first.found_at, first.decision) == (
        *("course_version", "7"),
        MORNING,
        "",
    )
    assert first.word_list == last_screening(PLACE).word_list


def test_screening_again_keeps_one_row_and_the_decision() -> None:
    first = decided(screened(TEXT, MORNING)[0], note="名师的名字")
    again = screened(TEXT, LATER)
    assert [hit.pk for hit in again] == [first.pk, first.pk + 1]
    assert (again[0].decision, again[0].note, again[0].found_at) == ("harmless", "名师的名字", MORNING)
    assert Hit.objects.count() == 2


def test_a_later_list_keeps_decisions_and_adds_what_is_new() -> None:
    decided(screened(TEXT, MORNING)[0])
    word_list(LATER, WORDS | {"名师": "广告"})
    assert [(hit.word, hit.decision) for hit in screened(TEXT, LATER)] == [
        ("加微信", "harmless"),
        ("代考", ""),
        ("名师", ""),
    ]


def test_in_another_category_a_word_is_a_new_question() -> None:
    decided(screened("请加微信", MORNING)[0])
    word_list(LATER, {"加微信": "违法"})
    assert [(hit.category, hit.decision) for hit in screened("请加微信", LATER)] == [("违法", "")]


def test_with_other_signs_around_it_a_word_is_a_new_question() -> None:
    decided(screened("请加微信问老师", MORNING)[0])
    assert [hit.decision for hit in screened("请加微信问骗子", LATER)] == [""]


def test_what_is_gone_from_a_place_is_shown_no_more_and_not_removed() -> None:
    screened(TEXT, MORNING)
    assert screened("本课程由名师讲授。", LATER) == []
    assert list(hits_at(PLACE)) == []
    assert Hit.objects.count() == 2


def test_the_same_word_in_two_texts_is_two_hits() -> None:
    texts = [
        ScreenedText("包过", {"lesson": 1}),
        ScreenedText("包过", {"lesson": 2}),
        ScreenedText("包过", {"lesson": 2}),
    ]
    assert [hit.where for hit in screen(place=PLACE, texts=texts, now=MORNING)] == [{"lesson": 1}, {"lesson": 2}]


def test_a_place_without_hits_is_known_to_have_been_screened() -> None:
    assert last_screening(PLACE) is None
    assert screened("安全用电", MORNING) == []
    done = last_screening(PLACE)
    assert (done.screened_at, done.text_count, done.hit_count, done.word_list.word_count) == (MORNING, 1, 0, 4)


def test_a_screening_costs_the_same_few_statements_however_many_texts(django_assert_max_num_queries) -> None:
    texts = [ScreenedText("想加微信吗？包过！代考", {"page": page}) for page in range(500)]
    screened("包过", MORNING)
    with django_assert_max_num_queries(9):
        assert len(screen(place=PLACE, texts=texts, now=LATER)) == 1500
    with django_assert_max_num_queries(9):
        assert len(screen(place=PLACE, texts=texts, now=LATER)) == 1500
    assert Screening.objects.filter(hit_count=1500).count() == 2


def test_a_text_with_signs_that_no_table_takes_is_screened_all_the_same() -> None:
    (hit,) = screened("a\0\ud800包\u0000过\n", MORNING)
    assert (hit.excerpt, hit.start, hit.end) == ("a  包 过 ", 3, 6)


def test_a_text_is_tried_without_keeping_anything() -> None:
    (shown,) = found_in("请加微信")
    assert (shown.found.word, shown.excerpt.before, shown.excerpt.found) == ("加微信", "请", "加微信")
    assert not Screening.objects.exists()


def test_a_decision_is_kept_with_who_when_and_why_and_is_audited() -> None:
    reviewer = people.account((Role.REVIEWER, None), now=MORNING)
    hit = decided(screened("包过", MORNING)[0], Hit.Decision.TO_CHANGE, " 删去 ", by=Viewer(reviewer.pk, Role.REVIEWER))
    hit.refresh_from_db()
    assert (hit.decision, hit.note, hit.decided_by, hit.decided_at) == ("to_change", "删去", reviewer, LATER)
    entry = AuditEntry.objects.get(object_kind="hit")
    assert (entry.action, entry.actor_id, entry.object_id) == ("hit.to_change", reviewer.pk, str(hit.pk))


def test_whoever_has_decided_may_decide_again_and_the_audit_log_keeps_both() -> None:
    reviewer = Viewer(people.account((Role.REVIEWER, None), now=MORNING).pk, Role.REVIEWER)
    hit = decided(screened("包过", MORNING)[0], note="课名", by=reviewer)
    decided(hit, Hit.Decision.TO_CHANGE, by=reviewer)
    hit.refresh_from_db()
    assert (hit.decision, hit.note) == ("to_change", "")
    actions = AuditEntry.objects.filter(object_kind="hit").order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["hit.harmless", "hit.to_change"]


def test_nobody_else_decides_again() -> None:
    hit = decided(screened("包过", MORNING)[0])
    with pytest.raises(AlreadyDecided, match="harmless"):
        decided(hit, Hit.Decision.TO_CHANGE)
    assert AuditEntry.objects.filter(object_kind="hit").count() == 1


def test_a_hit_that_is_not_there_is_out_of_reach() -> None:
    with pytest.raises(OutOfReach):
        decided(Hit(pk=2**40))


def test_a_note_has_a_limit() -> None:
    hit = screened("包过", MORNING)[0]
    with pytest.raises(NoteTooLong):
        decided(hit, note="字" * (LONGEST_NOTE + 1))
    assert decided(hit, note="字" * LONGEST_NOTE).pk
