"""Lists of sensitive words, and whoever keeps them."""

from datetime import datetime

from jiangxue.accounts.models import Account
from jiangxue.audit.services import Actor
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.screening.models import Hit, WordList
from jiangxue.screening.queries import list_in_force
from jiangxue.screening.rules.places import Place, ScreenedText
from jiangxue.screening.services import agreement_on, import_words, screen
from tests.factories import people

WORDS = {"加微信": "广告", "包过": "广告", "代考": "违法", "算命": "封建迷信"}
PLACE = Place("course_version", "7")


def keeper(now: datetime) -> Account:
    return people.account((Role.SECURITY_ADMINISTRATOR, None), now=now, name="郑海燕")


def viewer_of(account: Account) -> Viewer:
    return Viewer(account.pk, Role.SECURITY_ADMINISTRATOR)


def word_file(words: dict[str, str]) -> bytes:
    return "\n".join(["词语,类别", *(f"{word},{category}" for word, category in words.items()), ""]).encode()


def word_list(
    now: datetime, words: dict[str, str] = WORDS, *, author: Account | None = None, name: str = "词库.csv"
) -> WordList:
    viewer = viewer_of(author or keeper(now))
    by = Actor(viewer.account_id, viewer.role)
    content = word_file(words)
    agreed = agreement_on(content, list_in_force())
    return import_words(viewer=viewer, content=content, name=name, by=by, now=now, agreed=agreed)


def screened(text: str, now: datetime, place: Place = PLACE) -> list[Hit]:
    return screen(place=place, texts=[ScreenedText(text, {"lesson": 12, "page": 3})], now=now)
