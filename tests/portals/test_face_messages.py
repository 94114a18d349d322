"""The words of the face check: all that the island asks for, plain, short where they are read at arm's length, and never accusing."""

import re

from django.utils.translation import override

from jiangxue.portals.learner.face_messages import face_messages
from jiangxue.project.env import REPOSITORY

KEYS = REPOSITORY / "web" / "islands" / "face" / "messages.ts"
MOST_SIGNS = 8
ACCUSING = ("作弊", "假冒", "冒充", "伪造", "违规", "欺骗", "替学")


def in_chinese() -> dict[str, str]:
    with override("zh-hans"):
        return face_messages()


def test_the_island_is_given_every_message_that_it_asks_for_and_no_other() -> None:
    asked = re.findall(r"^  '(\w+)',$", KEYS.read_text(), re.MULTILINE)
    assert sorted(face_messages()) == sorted(asked)


def test_every_message_is_translated() -> None:
    assert [key for key, words in in_chinese().items() if not re.search(r"[\u4e00-\u9fff]", words)] == []


def test_a_hint_and_an_action_are_read_at_a_glance() -> None:
    short = {key: words for key, words in in_chinese().items() if key.startswith(("hint_", "action_", "hold_", "rest"))}
    assert len(short) == 15
    assert {key: words for key, words in short.items() if len(words) > MOST_SIGNS} == {}


def test_no_message_accuses() -> None:
    assert [key for key, words in in_chinese().items() if any(word in words for word in ACCUSING)] == []


def test_lists_have_as_many_items_in_both_languages() -> None:
    with override("en"):
        english = face_messages()
    assert {key: words.count("\n") for key, words in english.items()} == {
        key: words.count("\n") for key, words in in_chinese().items()
    }
