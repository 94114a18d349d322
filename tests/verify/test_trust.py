"""The trust list is believed only if it says one thing."""

import pytest

from jiangxue_verify.archive import Question, judge
from jiangxue_verify.errors import Unjudged
from jiangxue_verify.trust import parse_trust
from tests.verify.notary import LOG, NOTARY, ORIGIN, REGULATOR, Signer, signer
from tests.verify.world import TRUST, codes, world

_LOG, _REGULATOR = f"log {LOG.verifier_key}\n", f"witness {REGULATOR.verifier_key}\n"
_OTHER_KEY = Signer(ORIGIN, 1, bytes(32))


def test_a_list_names_a_log_witnesses_and_how_many_of_them_are_needed() -> None:
    trust = parse_trust(TRUST)
    assert (trust.origin, trust.need) == (ORIGIN, 2)
    assert [key.name for key in trust.keys] == [ORIGIN, REGULATOR.name, NOTARY.name]


def test_a_list_may_say_since_when_witnesses_see_the_log() -> None:
    assert parse_trust(TRUST).since_ms == 0
    assert parse_trust(TRUST + "since 2026-11-26T08:00:00Z\n").since_ms == 1_795_680_000_000


def test_a_log_may_have_several_keys_and_no_witness() -> None:
    trust = parse_trust(f"need 0\n{_LOG}log {_OTHER_KEY.verifier_key}")
    assert (len(trust.keys), trust.need) == (2, 0)


_CONTRADICTIONS = {
    "nothing": "",
    "no log": _REGULATOR + "need 1\n",
    "logs of two names": _LOG + f"log {signer('log.example/two', 1).verifier_key}\nneed 0\n",
    "no need": _LOG + _REGULATOR,
    "two needs": _LOG + _REGULATOR + "need 1\nneed 1\n",
    "a need below nothing": _LOG + _REGULATOR + "need -1\n",
    "a need in words": _LOG + _REGULATOR + "need one\n",
    "a need in other digits": _LOG + _REGULATOR + "need １\n",
    "a need of more digits": _LOG + _REGULATOR + "need 1000\n",
    "more needed than there are": _LOG + _REGULATOR + "need 2\n",
    "a key twice": _LOG + _REGULATOR * 2 + "need 1\n",
    "one witness under two names": _LOG
    + _REGULATOR
    + f"witness {Signer('witness.example/other', 4, REGULATOR.seed).verifier_key}\nneed 2\n",
    "the log as its own witness": _LOG + f"witness {Signer(ORIGIN, 4, LOG.seed).verifier_key}\nneed 1\n",
    "a witness for a log": f"log {REGULATOR.verifier_key}\nneed 0\n",
    "a log for a witness": _LOG + f"witness {_OTHER_KEY.verifier_key}\nneed 0\n",
    "an unknown word": _LOG + "need 0\ntrust everybody\n",
    "a space before a word": " " + _LOG + "need 0\n",
    "a space behind a key": _LOG.replace("\n", " \n") + "need 0\n",
    "two spaces": _LOG.replace("log ", "log  ") + "need 0\n",
    "no key": "log\nneed 0\n",
    "two beginnings": _LOG + "need 0\nsince 2026-11-26T08:00:00Z\nsince 2026-11-26T08:00:00Z\n",
    "a beginning on no day": _LOG + "need 0\nsince 2026-02-30T08:00:00Z\n",
    "a beginning without its zone": _LOG + "need 0\nsince 2026-11-26T08:00:00\n",
}


@pytest.mark.parametrize("text", _CONTRADICTIONS.values(), ids=_CONTRADICTIONS)
def test_a_list_that_says_something_else_is_refused(text: str) -> None:
    with pytest.raises(Unjudged):
        parse_trust(text)


def test_a_witness_with_two_keys_is_one_witness() -> None:
    """Who changes a key must not count twice."""
    new = Signer(REGULATOR.name, 4, bytes(32))
    trust = parse_trust(TRUST + f"witness {new.verifier_key}\n")
    parts = world().parts()
    text = parts.checkpoint.partition("\n\n")[0] + "\n"
    parts.checkpoint = (
        text + "\n" + LOG.line(text) + REGULATOR.line(text, 1_795_700_000) + new.line(text, 1_795_700_000)
    )
    assert codes(judge(parts.packed(), Question(trust))) == ["signatures.few"]


def test_an_archive_whose_log_is_not_in_the_list_is_not_judged() -> None:
    trust = parse_trust(f"log {_OTHER_KEY.verifier_key}\n{_REGULATOR}witness {NOTARY.verifier_key}\nneed 2\n")
    judgement = judge(world().parts().packed(), Question(trust))
    assert (judgement.status, codes(judgement)) == (2, ["signatures.unknown"])
