"""A checkpoint is believed in its one form, with every signature known and right."""

import pytest

from jiangxue_verify.keys import KeyMalformed, VerifierKey, parse_key
from jiangxue_verify.merkle import Tree
from jiangxue_verify.notes import (
    LATEST_S,
    NoteMalformed,
    NotSigned,
    UnknownSigner,
    only_lines_of,
    open_checkpoint,
    parse_note,
)
from tests.verify.notary import LOG, NOTARY, ORIGIN, REGULATOR, STRANGER, Signer, b64, body, note, signer

_ROOT = bytes(range(32))
_TEXT = body(7, _ROOT)
_SEEN_S = 1_795_000_000
_KEYS = [parse_key(one.verifier_key) for one in (LOG, REGULATOR, NOTARY)]
_GOOD = note(_TEXT, [(REGULATOR, _SEEN_S), (NOTARY, _SEEN_S + 60)])


def test_a_checkpoint_says_who_signed_it_and_who_saw_it_when() -> None:
    checkpoint = open_checkpoint(_GOOD, _KEYS)
    assert (checkpoint.origin, checkpoint.size, checkpoint.root, checkpoint.text) == (ORIGIN, 7, _ROOT, _TEXT)
    assert checkpoint.tree == Tree(7, _ROOT)
    assert {key.name for key in checkpoint.signed_by} == {ORIGIN}
    assert checkpoint.cosigned == {REGULATOR.name: _SEEN_S, NOTARY.name: _SEEN_S + 60}


def test_of_two_times_of_one_witness_the_earlier_counts() -> None:
    twice = note(_TEXT, [(REGULATOR, _SEEN_S + 5), (REGULATOR, _SEEN_S), (REGULATOR, _SEEN_S + 9)])
    assert open_checkpoint(twice, _KEYS).cosigned == {REGULATOR.name: _SEEN_S}


def test_a_log_that_changes_its_key_signs_with_both() -> None:
    new = Signer(ORIGIN, 1, bytes(32))
    both = note(_TEXT) + new.line(_TEXT)
    assert len(open_checkpoint(both, [*_KEYS, parse_key(new.verifier_key)]).signed_by) == 2


_BELOW = _GOOD[len(_TEXT) :]
_MALFORMED = {
    "nothing": "",
    "no signature": _TEXT,
    "no line of signature": _TEXT + "\n",
    "no blank line": _TEXT + _BELOW[1:],
    "two blank lines": _TEXT + "\n" + _BELOW,
    "no last newline": _GOOD[:-1],
    "more behind it": _GOOD + "\n",
    "carriage returns": _GOOD.replace("\n", "\r\n"),
    "a leading space": " " + _GOOD,
    "an extension line": _TEXT + "more\n" + _BELOW,
    "a size with a zero before it": _GOOD.replace("\n7\n", "\n07\n"),
    "a size with a sign": _GOOD.replace("\n7\n", "\n+7\n"),
    "a size in other digits": _GOOD.replace("\n7\n", "\n７\n"),
    "a size below nothing": _GOOD.replace("\n7\n", "\n-7\n"),
    "a size of too many bits": note(body(2**63, _ROOT)),
    "a size of 5,000 digits": note(body(7, _ROOT).replace("\n7\n", "\n" + "7" * 5000 + "\n")),
    "a root of 31 bytes": note(f"{ORIGIN}\n7\n{b64(_ROOT[:31])}\n"),
    "a root of 33 bytes": note(f"{ORIGIN}\n7\n{b64(bytes(33))}\n"),
    "a root in base64url": note(body(7, b"\xff" * 32).replace("/", "_")),
    "a root with loose bits": note(_TEXT.replace("8=", "9=")),
    "an origin with a space": note(body(7, _ROOT, "log example")),
    "an origin with a plus": note(body(7, _ROOT, "log+example")),
    "an origin with a space of another width": note(body(7, _ROOT, "log\u3000example")),
    "no origin": note(body(7, _ROOT, "")),
    "a hyphen for the dash": _GOOD.replace("—", "-"),
    "a line twice": _GOOD + REGULATOR.line(_TEXT, _SEEN_S),
    "17 lines": note(_TEXT, [(REGULATOR, second) for second in range(16)]),
    "a line of a key id alone": note(_TEXT) + f"— {NOTARY.name} {b64(NOTARY.key_id)}\n",
    "a line with loose bits": note(_TEXT) + f"— {NOTARY.name} AAAAAAB=\n",
    "a separator of lines in a name": note(_TEXT) + "— a\u2028b AAAAAAAA\n",
    "a lone surrogate in a name": note(_TEXT) + "— a\ud800b AAAAAAAA\n",
}


@pytest.mark.parametrize("text", _MALFORMED.values(), ids=_MALFORMED)
def test_another_form_is_no_checkpoint(text: str) -> None:
    with pytest.raises(NoteMalformed):
        open_checkpoint(text, _KEYS)


_WRONG = {
    "another size": _GOOD.replace("\n7\n", "\n8\n"),
    "another root": _GOOD.replace(b64(_ROOT), b64(bytes(32))),
    "another origin": _GOOD.replace(f"{ORIGIN}\n7", f"{ORIGIN}x\n7"),
    "only witnesses": _TEXT + "\n" + REGULATOR.line(_TEXT, _SEEN_S),
    "a signature under another text": _TEXT + "\n" + LOG.line(body(8, _ROOT)),
    "signatures swapped": _TEXT + "\n" + LOG.line(_TEXT).split(" ")[0] + f" {ORIGIN} {b64(LOG.key_id + bytes(64))}\n",
    "another time": note(_TEXT)
    + f"— {NOTARY.name} {b64(NOTARY.key_id + bytes(8) + NOTARY.private.sign(f'cosignature/v1\ntime 1\n{_TEXT}'.encode()))}\n",
    "a time beyond the calendar": note(_TEXT, [(NOTARY, LATEST_S + 1)]),
    "a cosignature too short to hold a time": note(_TEXT) + f"— {NOTARY.name} {b64(NOTARY.key_id + b'1234')}\n",
    "a witness that signs like a log": note(_TEXT) + NOTARY.line(_TEXT),
}


@pytest.mark.parametrize("text", _WRONG.values(), ids=_WRONG)
def test_a_checkpoint_with_a_wrong_signature_is_not_signed(text: str) -> None:
    with pytest.raises(NotSigned):
        open_checkpoint(text, _KEYS)


@pytest.mark.parametrize("other", [STRANGER, signer(NOTARY.name + "x", 4), Signer(NOTARY.name, 4, bytes(32))])
def test_a_line_of_an_unknown_key_leaves_a_checkpoint_unjudged(other: Signer) -> None:
    with pytest.raises(UnknownSigner):
        open_checkpoint(note(_TEXT, [(other, _SEEN_S)]), _KEYS)


def test_a_log_signs_only_checkpoints_of_its_own() -> None:
    other = signer("log.example/two", 1)
    with pytest.raises(NotSigned):
        open_checkpoint(note(_TEXT, log=other), [*_KEYS, parse_key(other.verifier_key)])


def test_a_witness_passes_over_lines_of_others() -> None:
    crowd = note(_TEXT, [(STRANGER, _SEEN_S), (REGULATOR, _SEEN_S)])
    assert only_lines_of(crowd, _KEYS[:1]) == note(_TEXT)
    assert open_checkpoint(only_lines_of(crowd, _KEYS[:1]), _KEYS[:1]).size == 7
    with pytest.raises(NotSigned):
        only_lines_of(note(_TEXT, log=signer("log.example/two", 1)), _KEYS)


def test_what_an_unchecked_note_says_is_only_claimed() -> None:
    unchecked = parse_note(note(body(9, bytes(32)), log=signer("log.example/two", 1)))
    assert (unchecked.claimed_origin, unchecked.claimed_tree) == (ORIGIN, Tree(9, bytes(32)))


def test_a_verifier_key_is_read_as_it_is_written() -> None:
    assert parse_key(REGULATOR.verifier_key) == VerifierKey(
        REGULATOR.name, 4, REGULATOR.private.public_key().public_bytes_raw()
    )
    assert parse_key(REGULATOR.verifier_key).key_id == REGULATOR.key_id


def test_the_verifier_key_of_the_specification_of_signed_notes_is_read() -> None:
    """The example key of Go's sumdb/note, whose key id others have computed."""
    assert parse_key("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").name == "PeterNeumann"


_NO_KEYS = [
    "",
    "name",
    "++",
    REGULATOR.verifier_key[:-1],
    REGULATOR.verifier_key + "=",
    REGULATOR.verifier_key + "\n",
    " " + REGULATOR.verifier_key,
    "x" + REGULATOR.verifier_key,
    REGULATOR.verifier_key.replace(REGULATOR.key_id.hex(), "00000000"),
    REGULATOR.verifier_key.replace(REGULATOR.key_id.hex(), REGULATOR.key_id.hex().upper() + "0"),
    signer("two words", 4).verifier_key,
    signer("name", 2).verifier_key,
    f"name+00000000+{b64(bytes([4]))}",
]


@pytest.mark.parametrize("text", _NO_KEYS)
def test_whatever_is_no_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(KeyMalformed):
        parse_key(text)
