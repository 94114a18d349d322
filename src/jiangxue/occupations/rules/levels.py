"""The levels of a vocational skill, and the words that tables have for them."""

from enum import StrEnum


class Level(StrEnum):
    """The levels of a vocational skill (职业技能等级), from the lowest."""

    APPRENTICE = "apprentice"
    FIVE = "five"
    FOUR = "four"
    THREE = "three"
    TWO = "two"
    ONE = "one"
    SPECIAL = "special"
    CHIEF = "chief"


LEVEL_WORDS: dict[Level, tuple[str, ...]] = {
    Level.APPRENTICE: ("学徒工",),
    Level.FIVE: ("五级", "初级工", "五级/初级工"),
    Level.FOUR: ("四级", "中级工", "四级/中级工"),
    Level.THREE: ("三级", "高级工", "三级/高级工"),
    Level.TWO: ("二级", "技师", "二级/技师"),
    Level.ONE: ("一级", "高级技师", "一级/高级技师"),
    Level.SPECIAL: ("特级技师",),
    Level.CHIEF: ("首席技师",),
}
"""What a table may call a level; the first word is the one that is written."""

_LEVELS = {word: level for level, words in LEVEL_WORDS.items() for word in words}


def level_of(word: str) -> Level | None:
    """Return the level that a table names so, or None."""
    return _LEVELS.get(word)
