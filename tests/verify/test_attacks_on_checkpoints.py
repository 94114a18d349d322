"""Attacks on the checkpoint and its witnesses, and on anchors."""

from collections.abc import Callable

import pytest

from jiangxue_verify.base64s import standard
from tests.verify.builder import Log, Parts, packed
from tests.verify.notary import LOG, NOTARY, ORIGIN, REGULATOR, STRANGER, Signer, b64, b64u, body, note, signer
from tests.verify.world import (
    LEARNER,
    SEEN,
    SIZE,
    World,
    append,
    at_s,
    changed_world,
    codes,
    judged,
    world,
)

Attack = Callable[[Parts, World], None]
_TEXT = world().log.body(SIZE)
_OTHER_LOG = signer("log.example/two", 1)
_OTHER_KEY = Signer(ORIGIN, 1, bytes(32))


def _checkpoint(text: str) -> Attack:
    def attack(parts: Parts, here: World) -> None:
        parts.checkpoint = text

    return attack


_LINES = {signer_.name: signer_.line(_TEXT, seconds) for signer_, seconds in SEEN}
_SIGNED = note(_TEXT)


def _under(name: Signer, other: Signer) -> str:
    """Return the cosignature of another witness under a name."""
    cosignature = standard(_LINES[other.name].split(" ")[2].rstrip())[4:]
    return f"— {name.name} {b64(name.key_id + cosignature)}\n"


_CHECKPOINTS = {
    "another size": (_checkpoint(note(_TEXT, SEEN).replace(f"\n{SIZE}\n", f"\n{SIZE + 1}\n")), 1, "signatures.wrong"),
    "another root": (_checkpoint(note(_TEXT, SEEN).replace("\n", "\nA", 2)), 1, "signatures.form"),
    "another root signed": (_checkpoint(note(body(SIZE, bytes(32)), SEEN)), 1, "tree.root"),
    "a smaller tree signed": (_checkpoint(world().log.note(SIZE - 1, SEEN)), 1, "tree.proof"),
    "an anchor as checkpoint": (_checkpoint(world().log.note(13, SEEN)), 1, "form.anchors-order"),
    "no signature of the log": (_checkpoint(_TEXT + "\n" + "".join(_LINES.values())), 1, "signatures.log"),
    "a cosignature stripped": (_checkpoint(note(_TEXT, SEEN[:1])), 1, "signatures.few"),
    "all cosignatures stripped": (_checkpoint(_SIGNED), 1, "signatures.few"),
    "one witness twice for two": (_checkpoint(note(_TEXT, [SEEN[0], (REGULATOR, at_s(49))])), 1, "signatures.few"),
    "a line twice": (_checkpoint(note(_TEXT, SEEN) + _LINES[NOTARY.name]), 1, "signatures.form"),
    "cosignatures exchanged": (
        _checkpoint(_SIGNED + _under(REGULATOR, NOTARY) + _under(NOTARY, REGULATOR)),
        1,
        "signatures.wrong",
    ),
    "a cosignature of another checkpoint": (
        _checkpoint(_SIGNED + REGULATOR.line(world().log.body(13), at_s(48)) + _LINES[NOTARY.name]),
        1,
        "signatures.wrong",
    ),
    "a cosignature with another time": (
        _checkpoint(_SIGNED + _LINES[NOTARY.name] + NOTARY.line(_TEXT, 5).replace("AAAF", "AAAG", 1)),
        1,
        "signatures.wrong",
    ),
    "signed by another log": (_checkpoint(note(_TEXT, SEEN, log=_OTHER_LOG)), 2, "signatures.unknown"),
    "signed by another key of the log's name": (
        _checkpoint(note(_TEXT, SEEN, log=_OTHER_KEY)),
        2,
        "signatures.unknown",
    ),
    "another key under the key id of the log": (
        _checkpoint(
            note(_TEXT, SEEN).replace(
                _SIGNED[len(_TEXT) + 1 :], f"— {ORIGIN} {b64(LOG.key_id + _OTHER_KEY.private.sign(_TEXT.encode()))}\n"
            )
        ),
        1,
        "signatures.wrong",
    ),
    "a stranger besides": (_checkpoint(note(_TEXT, [*SEEN, (STRANGER, at_s(49))])), 2, "signatures.unknown"),
    "a stranger for a witness": (_checkpoint(note(_TEXT, [SEEN[0], (STRANGER, at_s(49))])), 2, "signatures.unknown"),
}


@pytest.mark.parametrize("name", _CHECKPOINTS)
def test_another_checkpoint_is_not_believed(name: str) -> None:
    attack, status, code = _CHECKPOINTS[name]
    parts = world().parts()
    attack(parts, world())
    judgement = judged(parts.packed())
    assert judgement.status == status
    assert any(found.startswith(code) for found in codes(judgement)), codes(judgement)


def _fork() -> World:
    """Another history of the same length, signed by the same log: the third entry of the learner says something else."""

    def change(log: Log, index: int) -> bool:
        if index != 4:
            return False
        append(log, 2, LEARNER, "segment.sealed", minutes=500)
        return True

    return changed_world(change)


def _anchor_of_another_history(parts: Parts, here: World) -> None:
    parts.anchors[1]["note"] = _fork().log.note(8, [(NOTARY, at_s(17.1))])


def _anchor_of_another_history_with_its_proof(parts: Parts, here: World) -> None:
    _anchor_of_another_history(parts, here)
    parts.anchors[1]["proof"] = [b64u(one) for one in _fork().log.proof(8, SIZE)]


def _anchor_without_witness(parts: Parts, here: World) -> None:
    parts.anchors[1]["note"] = here.log.note(8)


def _anchor_without_log(parts: Parts, here: World) -> None:
    text = here.log.body(8)
    parts.anchors[1]["note"] = text + "\n" + NOTARY.line(text, at_s(17.1))


def _anchor_with_a_wrong_time(parts: Parts, here: World) -> None:
    text = here.log.body(8)
    line = NOTARY.line(text, at_s(17.1))
    early = b64(NOTARY.key_id + at_s(1).to_bytes(8, "big"))[:16]
    parts.anchors[1]["note"] = note(text) + line.replace(line.split(" ")[2][:16], early)


def _anchors_exchanged(parts: Parts, here: World) -> None:
    parts.anchors[0], parts.anchors[1] = parts.anchors[1], parts.anchors[0]


def _anchor_twice(parts: Parts, here: World) -> None:
    parts.anchors.insert(1, parts.anchors[1])


def _anchor_of_the_checkpoints_size(parts: Parts, here: World) -> None:
    parts.anchors.append({"note": here.log.note(SIZE, SEEN), "proof": []})


def _anchor_without_proof(parts: Parts, here: World) -> None:
    parts.anchors[2]["proof"] = []


def _anchor_with_more_proof(parts: Parts, here: World) -> None:
    parts.anchors[2]["proof"].append(b64u(bytes(32)))


_ANCHORS: dict[Attack, str] = {
    _anchor_of_another_history: "signatures.rewritten",
    _anchor_of_another_history_with_its_proof: "signatures.rewritten",
    _anchor_without_witness: "signatures.anchor-unseen",
    _anchor_without_log: "signatures.anchor",
    _anchor_with_a_wrong_time: "signatures.anchor",
    _anchors_exchanged: "form.anchors-order",
    _anchor_twice: "form.anchors-order",
    _anchor_of_the_checkpoints_size: "form.anchors-order",
    _anchor_without_proof: "signatures.rewritten",
    _anchor_with_more_proof: "signatures.rewritten",
}


@pytest.mark.parametrize("attack", _ANCHORS, ids=lambda attack: attack.__name__)
def test_anchors_that_do_not_belong_are_found(attack: Attack) -> None:
    parts = world().parts()
    attack(parts, world())
    judgement = judged(parts.packed())
    assert (judgement.status, codes(judgement)) == (1, [_ANCHORS[attack]])


def test_a_rewritten_history_names_the_witness_that_saw_the_first_one() -> None:
    """The operator rewrites everything and signs it, with witnesses that remember nothing: an older anchor tells."""
    parts = _fork().parts()
    parts.anchors[1]["note"] = world().log.note(8, [(NOTARY, at_s(17.1))])
    (finding,) = judged(parts.packed()).findings
    assert (finding.code, finding.values) == (
        "signatures.rewritten",
        {"size": 8, "name": NOTARY.name, "seen_ms": at_s(17.1) * 1000},
    )
    assert judged(_fork().parts().packed()).status == 0


def test_a_checkpoint_that_is_no_text_is_refused() -> None:
    content = packed({**world().parts().members(), "checkpoint.txt": note(_TEXT, SEEN).encode("utf-16")})
    assert codes(judged(content)) == ["signatures.form"]


def test_the_order_of_signature_lines_says_nothing() -> None:
    parts = world().parts()
    parts.checkpoint = _TEXT + "\n" + _LINES[NOTARY.name] + _LINES[REGULATOR.name] + LOG.line(_TEXT)
    assert judged(parts.packed()).status == 0
