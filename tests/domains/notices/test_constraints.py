"""What the database keeps of messages."""

from jiangxue.notices.models import Notice
from tests.conftest import MORNING
from tests.domains.constraints import broken


def test_an_unread_message_about_a_thing_is_there_once(db: None) -> None:
    Notice.objects.create(account_id=7, kind="appeal.decided", about_kind="appeal", about_id="1", at=MORNING)
    with broken("notices_one_unread_of_a_thing"):
        Notice.objects.create(account_id=7, kind="appeal.decided", about_kind="appeal", about_id="1", at=MORNING)


def test_a_message_leads_nowhere_but_into_this_platform(db: None) -> None:
    with broken("notices_url_is_a_path"):
        Notice.objects.create(account_id=7, kind="appeal.decided", url="//elsewhere.example/", at=MORNING)
