"""Part of the audit: what was signed, by the log and by witnesses, and what an auditor knows from outside."""

from collections.abc import Iterable, Mapping

from jiangxue.ledger.log.findings import Findings, stream
from jiangxue.ledger.log.nodes import Connection
from jiangxue.ledger.log.regrowing import Regrown
from jiangxue.ledger.rules import note
from jiangxue.ledger.rules.note import NotANote, VerifierKey

type Keys = Mapping[VerifierKey, int]
"""The keys that sign the log, and the size from which on each does."""


def signing_keys(connection: Connection, findings: Findings) -> Keys:
    """Return the keys of the log that can be read and bear its name."""
    keys: dict[VerifierKey, int] = {}
    for text, origin, from_size in stream(
        connection,
        findings,
        "signing_keys",
        "SELECT verifier_key, origin, from_size FROM ledger_signingkey ORDER BY at_ms",
    ):
        try:
            key = note.read_key(text)
        except NotANote as fault:
            findings.add("signing_key.malformed", text, str(fault))
            continue
        if key.kind != note.LOG_KEY or key.name != origin or any(each.name != origin for each in keys):
            findings.add("signing_key.malformed", text, "not a key of this log")
        keys[key] = from_size
    return keys


class Checkpoints:
    """Holds the stored checkpoints against the tree while it is grown anew."""

    def __init__(self, connection: Connection, keys: Keys, findings: Findings) -> None:
        self.count = 0
        self._keys, self._findings = keys, findings
        question = "SELECT size, root, note FROM ledger_checkpoint ORDER BY size"
        self._rows = stream(connection, findings, "checkpoints", question)
        self._next = next(self._rows, None)

    def hold_against(self, tree: Regrown) -> None:
        """Check the checkpoints of the size that the tree has now."""
        while self._next is not None and self._next[0] <= tree.size:
            size, root, text = self._next
            if size != tree.size or root != tree.root():
                self._findings.add("checkpoint.wrong_root", size, "the entries do not lead to the root that was signed")
            self._check_note(size, root, text)
            self._next = next(self._rows, None)

    def end(self, tree: Regrown) -> None:
        """Report the checkpoints that the log does not come to."""
        while self._next is not None:
            size, root, text = self._next
            self._findings.add("checkpoint.beyond", size, f"a larger log was signed: there are {tree.size} entries")
            self._check_note(size, root, text)
            self._next = next(self._rows, None)

    def _check_note(self, size: int, root: bytes, text: str) -> None:
        self.count += 1
        able = [key for key, from_size in self._keys.items() if from_size <= size]
        try:
            said = note.opened(text, able).checkpoint
        except NotANote as fault:
            self._findings.add("checkpoint.not_signed", size, str(fault))
            return
        if note.split(text)[1].count("\n") != 1:
            self._findings.add("checkpoint.not_signed", size, "the note has more than one signature")
        if (said.size, said.root) != (size, root) or said.origin not in {key.name for key in able}:
            self._findings.add("checkpoint.not_as_signed", size, f"signed was {said.size} with {said.root.hex()}")


class Known:
    """Holds checkpoints that somebody outside kept against the tree while it is grown anew."""

    def __init__(self, notes: Iterable[str], keys: Keys, findings: Findings) -> None:
        self._findings = findings
        self._roots: dict[int, set[bytes]] = {}
        self.count = 0
        for text in notes:
            self.count += 1
            try:
                said = note.opened(text, keys).checkpoint
            except NotANote as fault:
                findings.add("known.foreign", text.partition("\n")[0], f"by no key of this log: {fault}")
                continue
            self._roots.setdefault(said.size, set()).add(said.root)

    def hold_against(self, tree: Regrown) -> None:
        """Check what is known of the size that the tree has now."""
        for root in self._roots.pop(tree.size, ()):
            if root != tree.root():
                self._findings.add(
                    "known.rewritten", tree.size, f"outside is known {root.hex()}, here is {tree.root().hex()}"
                )

    def end(self, tree: Regrown) -> None:
        """Report what the log does not come to."""
        for size in sorted(self._roots):
            self._findings.add(
                "known.set_back", size, f"outside is known a log of {size} entries, here are {tree.size}"
            )


def check_cosignatures(connection: Connection, findings: Findings) -> int:
    """Check that each cosignature holds under the checkpoint of its size, and return how many there are."""
    count = 0
    for number, size, line, signed_s, key, text in stream(
        connection,
        findings,
        "cosignatures",
        """
        SELECT c.id, c.size, c.line, extract(epoch FROM c.signed_at)::float8, w.verifier_key, coalesce(p.note, '')
        FROM ledger_cosignature c JOIN ledger_witness w ON w.id = c.witness_id LEFT JOIN ledger_checkpoint p ON p.size = c.size
        ORDER BY c.id
        """,
    ):
        count += 1
        if not text:
            findings.add("cosignature.without_checkpoint", number, f"no checkpoint of size {size}")
            continue
        fault = _fault_of(line, key, text, signed_s)
        if fault:
            findings.add("cosignature.not_genuine", number, f"size {size}: {fault}")
    return count


def _fault_of(line: str, key: str, text: str, signed_s: float) -> str | None:
    """Return what is wrong with a cosignature, None if nothing is."""
    try:
        witness = note.read_key(key)
        opened = note.opened(f"{note.split(text)[0]}\n{line.rstrip('\n')}\n", [witness])
    except NotANote as fault:
        return str(fault)
    if opened.witnessed.get(witness.name) != signed_s:
        return "the witness states another time"
    return None
