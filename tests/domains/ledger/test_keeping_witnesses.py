"""Who is a witness, and that no rule demands more of them than there are."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jiangxue.ledger.errors import KeyFault, NotAWitness, NotEnoughWitnesses
from jiangxue.ledger.models import SigningKey, Witness
from jiangxue.ledger.queries.state import need, rules_so_far, trust_list
from jiangxue.ledger.rules import note
from jiangxue.ledger.services.keeping_witnesses import (
    MOST_WITNESSES,
    add_witness,
    change_witness,
    demand_witnesses,
    move_witness,
    put_witness,
    retire_witness,
)
from jiangxue_verify.trust import parse_trust
from tests.conftest import MORNING
from tests.factories.logs import Log


def key_of(number: int = 0, name: str = "", kind: int = note.WITNESS_KEY) -> str:
    private = Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
    return str(note.public_key(name or f"witness{number}.example", kind, private))


def added(number: int = 0) -> Witness:
    return add_witness(f"见证方 {number}", key_of(number), "", now=MORNING)


def refused(key: str) -> KeyFault:
    with pytest.raises(NotAWitness) as refusal:
        add_witness("见证方", key, "", now=MORNING)
    return refusal.value.fault


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        ("", KeyFault.NOT_A_KEY),
        ("witness.example", KeyFault.NOT_A_KEY),
        ("witness.example+00000000+" + key_of().split("+")[2], KeyFault.NOT_A_KEY),
        (key_of()[:-4], KeyFault.NOT_A_KEY),
        ("见证 方" + key_of(), KeyFault.NOT_A_KEY),
        (key_of(kind=note.LOG_KEY), KeyFault.OF_A_LOG),
        (key_of(name="another.example"), KeyFault.OTHER_NAME),
        (key_of(), KeyFault.KNOWN),
        (f"  {key_of()}\n", KeyFault.KNOWN),
    ],
)
def test_only_the_new_key_of_a_witness_is_taken(db: None, key: str, fault: KeyFault) -> None:
    added()
    assert refused(key) is fault
    assert Witness.objects.count() == 1


def test_the_key_of_the_log_is_no_witness_under_another_name(log: Log) -> None:
    """A log could else vouch for itself; and a list in which one key stands twice is read by no verifier."""
    own = note.read_key(SigningKey.objects.get().verifier_key)
    assert refused(str(note.VerifierKey("witness.example", note.WITNESS_KEY, own.public))) is KeyFault.OF_A_LOG


def test_a_trust_list_is_read_by_the_verifier_and_keeps_retired_witnesses(log: Log) -> None:
    demand_witnesses(0, "试运行", account_id=1, now=MORNING)
    retire_witness(added(1), now=MORNING)
    added(2)
    text = trust_list()
    assert text is not None
    parse_trust(text)
    assert text.count("witness ") == 2


def test_a_retired_witness_comes_back_by_its_key(db: None) -> None:
    added(1)
    first = added()
    retire_witness(first, now=MORNING)
    again = add_witness("新名称", key_of(), "https://w.example", now=MORNING)
    assert (again.pk, again.retired_at, again.title) == (first.pk, None, "新名称")


def test_putting_a_witness_moves_it(db: None) -> None:
    first = put_witness("演示", key_of(), "http://localhost:1", now=MORNING)
    assert put_witness("演示", key_of(), "http://localhost:2", now=MORNING) == first
    change_witness(first, "名", "")
    assert list(Witness.objects.values_list("title", "address")) == [("名", "")]


def test_no_more_witnesses_are_taken_than_a_note_has_lines_for(db: None) -> None:
    for number in range(MOST_WITNESSES):
        added(number)
    assert refused(key_of(99)) is KeyFault.TOO_MANY
    put_witness("换了名称", key_of(3), "", now=MORNING)


def test_long_names_leave_room_for_fewer(db: None) -> None:
    """A note holds 8 KiB; one that is longer is read by nobody."""
    for number in range(8):
        add_witness("见证方", key_of(number, name=f"{number}" + "见" * 190), "", now=MORNING)
    assert refused(key_of(99, name="见" * 191)) is KeyFault.TOO_MANY


def test_nobody_can_be_retired_whom_the_rule_demands(db: None) -> None:
    only = added()
    with pytest.raises(NotEnoughWitnesses):
        retire_witness(only, now=MORNING)
    added(1)
    retire_witness(only, now=MORNING)
    assert Witness.objects.get(pk=only.pk).retired_at == MORNING


def test_no_more_can_be_demanded_than_there_are(db: None) -> None:
    added()
    with pytest.raises(NotEnoughWitnesses):
        demand_witnesses(2, "补贴班", account_id=1, now=MORNING)
    assert need() == 1
    added(1)
    demand_witnesses(2, "补贴班", account_id=1, now=MORNING)
    assert (need(), [rule.reason for rule in rules_so_far()]) == (2, ["补贴班"])
    with pytest.raises(NotEnoughWitnesses):
        retire_witness(Witness.objects.all()[0], now=MORNING)


def test_a_witness_that_moves_stays_what_it_is(db: None) -> None:
    """So a witness of the demonstration that somebody retired is not asked again at the next start."""
    assert not move_witness(key_of(), "http://127.0.0.1:1")
    put_witness("演示见证方", key_of(), "http://127.0.0.1:1", now=MORNING)
    Witness.objects.update(retired_at=MORNING)
    assert move_witness(key_of() + "\n", "http://127.0.0.1:2")
    moved = Witness.objects.get()
    assert (moved.address, moved.retired_at) == ("http://127.0.0.1:2", MORNING)
