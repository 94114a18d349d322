"""Which endings of names fit which content. Pure."""

from pathlib import PurePath

from jiangxue.courseware.intake.errors import FileRefused
from jiangxue.courseware.rules.endings import ENDINGS, MACRO_ENDINGS
from jiangxue.courseware.rules.files import FileFault


def ending_of(name: str) -> str:
    """Return the ending of a file's name in small letters, without the dot."""
    return PurePath(name.strip().lower()).suffix.removeprefix(".")


def hold_name(name: str, content: str) -> None:
    """Refuse a name that promises something else than what the file holds."""
    if ending_of(name) in MACRO_ENDINGS:
        raise FileRefused(FileFault.MACRO, ending_of(name))
    if ending_of(name) not in ENDINGS[content]:
        raise FileRefused(FileFault.WRONG_NAME, content)
