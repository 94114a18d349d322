"""The worked example of docs/formats/ledger.md is what the platform makes, and what the verifier reads."""

import json

import pytest

from jiangxue_verify.hashing import HASHES
from jiangxue_verify.keys import parse_key
from jiangxue_verify.leaves import parse_leaf
from jiangxue_verify.merkle import leaf_hash, root
from jiangxue_verify.notes import open_checkpoint
from tests.formats.example import FILE, SIGNED_S, WITNESS, example

EXAMPLE = json.loads(FILE.read_text(encoding="utf-8"))
_each_log = pytest.mark.parametrize("name", ["sha256", "sm3"])


def test_the_example_is_what_the_platform_makes() -> None:
    assert example() == EXAMPLE


@_each_log
def test_the_verifier_comes_to_the_same_hashes_and_roots(name: str) -> None:
    by, log = HASHES[name], EXAMPLE["logs"][name]
    hashes = [leaf_hash(by, each["leaf"].encode()) for each in log["entries"]]
    assert [each.hex() for each in hashes] == [each["leaf_hash"] for each in log["entries"]]
    assert [root(by, hashes[:size]).hex() for size in range(len(hashes) + 1)] == log["roots"]


@_each_log
def test_the_verifier_opens_the_note(name: str) -> None:
    log = EXAMPLE["logs"][name]
    opened = open_checkpoint(log["note"], [parse_key(EXAMPLE["log_key"]), parse_key(EXAMPLE["witness_key"])])
    assert (opened.size, opened.root.hex()) == (7, log["roots"][-1])
    assert opened.cosigned == {WITNESS: SIGNED_S}


@_each_log
def test_the_verifier_reads_every_leaf(name: str) -> None:
    for each in EXAMPLE["logs"][name]["entries"]:
        assert parse_leaf(each["leaf"]).hash_id == name
