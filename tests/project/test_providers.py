"""Who verifies identities and who sends codes: named by the installation, and never the demonstration's in earnest (clause M1)."""

import pytest
from django.test import override_settings

from jiangxue.accounts.queries.providers import code_sender, identity_source
from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.rules.verification import Outcome
from jiangxue.project.apps import providers_are_there
from jiangxue.project.demonstration.providers import DemonstrationSender, DemonstrationSource
from jiangxue.project.env import NotConfigured, read

PROVIDERS = "jiangxue.project.demonstration.providers."
NAMES = ("JIANGXUE_IDENTITY_SOURCE", "JIANGXUE_CODE_SENDER")
REST = {
    "DATABASE_URL": "postgresql://app@/jiangxue",
    "JIANGXUE_HOSTS": "example.org",
    "JIANGXUE_SECRET_KEY": "x",
    **{f"JIANGXUE_{name}_KEY": "11" * 32 for name in ("BEAT_MASTER", "MEDIA_MASTER", "SEAL", "INDEX")},
}


def test_an_installation_in_earnest_has_none_unless_it_names_them() -> None:
    bare = read(REST)
    assert (bare.identity_source, bare.code_sender) == ("", "")
    named = read({**REST, "JIANGXUE_IDENTITY_SOURCE": "ours.Source", "JIANGXUE_CODE_SENDER": "ours.Sender"})
    assert (named.identity_source, named.code_sender) == ("ours.Source", "ours.Sender")


def test_the_demonstration_has_its_own_and_may_do_without() -> None:
    demonstration = {**REST, "JIANGXUE_DEMO": "1"}
    own = read(demonstration)
    assert own.identity_source == f"{PROVIDERS}DemonstrationSource"
    assert own.code_sender == f"{PROVIDERS}DemonstrationSender"
    assert read({**demonstration, **dict.fromkeys(NAMES, "")}).code_sender == ""


@pytest.mark.clause("M1")
@pytest.mark.parametrize("name", NAMES)
def test_who_shows_codes_to_everybody_does_not_serve_in_earnest(name: str) -> None:
    with pytest.raises(NotConfigured, match=f"{name} names a part of the demonstration"):
        read({**REST, name: f"{PROVIDERS}DemonstrationSender"})


@pytest.mark.parametrize("path", ["ours.Sender", "jiangxue.project.demonstration.providers.Nobody", "nonsense"])
def test_a_class_that_cannot_be_loaded_stops_the_program_with_one_sentence(path: str) -> None:
    assert providers_are_there(None) == []
    with override_settings(CODE_SENDER=path):
        (said,) = providers_are_there(None)
    assert said.msg == f"JIANGXUE_CODE_SENDER names {path}, which cannot be loaded"


def test_the_demonstrations_say_that_they_are_such_and_show_no_picture() -> None:
    source, sender = identity_source(), code_sender()
    assert isinstance(source, DemonstrationSource)
    assert isinstance(sender, DemonstrationSender)
    assert source.is_demonstration
    assert sender.is_demonstration
    answer = source.verify("王建国", IdType.RESIDENT, "11010519491231002X")
    assert answer.outcome is Outcome.MATCHED
    assert answer.reference.startswith("demo-")
    assert source.portrait(answer.reference) is None


@pytest.mark.parametrize(("name", "outcome"), [("不符者", Outcome.NOT_MATCHED), ("稍后者", Outcome.UNAVAILABLE)])
def test_every_answer_can_be_tried(name: str, outcome: Outcome) -> None:
    assert DemonstrationSource().verify(name, IdType.RESIDENT, "1").outcome is outcome
