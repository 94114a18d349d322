"""The demonstration has a list to show, which its security administrator imported."""

from datetime import timedelta

from jiangxue.accounts.services import Person, create_account
from jiangxue.kernel.viewer import Role
from jiangxue.project.demonstration.words import WORDS, seed_words
from jiangxue.screening.models import WordList
from jiangxue.screening.queries import found_in, list_in_force
from tests.conftest import MORNING


def test_the_list_is_imported_once(db: None) -> None:
    person = Person("security", "郑海燕", "Jiangxue2026")
    create_account(person, roles=[(Role.SECURITY_ADMINISTRATOR, None)], now=MORNING)
    seed_words(now=MORNING)
    seed_words(now=MORNING + timedelta(days=1))
    kept = WordList.objects.get()
    assert (kept, kept.word_count, kept.author.login_name) == (list_in_force(), len(WORDS), "security")
    assert [shown.found.word for shown in found_in("报名包過，请加ＱＱ，不懂也能替 考")] == ["包过", "加qq", "替考"]
