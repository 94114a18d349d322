"""A key that signs one checkpoint twice with different bytes: only its owner can, and C2SP forbids it."""

import hashlib
from pathlib import Path

from jiangxue_witness.words import Reason
from tests.verify.notary import LOG, b64, body
from tests.witness.ledgers import Ledger, request
from tests.witness.places import ask, remembered_size

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
BASE = (
    15112221349535400772501151409588531511454012693041857206046113283949847762202,
    46316835694926478169428394003475163141307993866256225615783033603165251855960,
)


def _sum(first: tuple[int, int], second: tuple[int, int]) -> tuple[int, int]:
    (x1, y1), (x2, y2) = first, second
    both = D * x1 * x2 * y1 * y2
    return (x1 * y2 + x2 * y1) * pow(1 + both, -1, P) % P, (y1 * y2 + x1 * x2) * pow(1 - both, -1, P) % P


def _multiple(factor: int) -> bytes:
    """Return a multiple of the base point, encoded (RFC 8032, section 5.1.2)."""
    total, power = (0, 1), BASE
    while factor:
        total = _sum(total, power) if factor & 1 else total
        power, factor = _sum(power, power), factor >> 1
    return (total[1] | (total[0] & 1) << 255).to_bytes(32, "little")


def _signed(seed: bytes, message: bytes, nonce: int) -> bytes:
    """Return an Ed25519 signature with a nonce of the signer's choice instead of the one of RFC 8032."""
    secret = int.from_bytes(hashlib.sha512(seed).digest()[:32], "little") & ~7 & (2**254 - 1) | 2**254
    point = _multiple(nonce)
    challenge = int.from_bytes(hashlib.sha512(point + _multiple(secret) + message).digest(), "little")
    return point + ((nonce + challenge * secret) % L).to_bytes(32, "little")


def _note(ledger: Ledger, *nonces: int) -> str:
    text = body(*ledger.tree)
    signatures = [_signed(LOG.seed, text.encode(), nonce) for nonce in nonces]
    return text + "\n" + "".join(f"\u2014 {LOG.name} {b64(LOG.key_id + one)}\n" for one in signatures)


def test_one_signature_with_a_nonce_of_its_own_is_as_good_as_any(place: Path, ledger: Ledger) -> None:
    assert ask(place, request(0, [], _note(ledger.of(3), 7))).status == 200
    assert remembered_size(place, ledger) == 3


def test_two_good_signatures_of_one_key_are_refused(place: Path, ledger: Ledger) -> None:
    """Else a log could make the remembered note so long that the witness could not read it any more."""
    answer = ask(place, request(0, [], _note(ledger.of(3), *range(7, 23))))
    assert (answer.status, answer.reason) == (403, Reason.NOT_SIGNED)
    assert ask(place, request(0, [], _note(ledger.of(3), 7, 8))).status == 403
