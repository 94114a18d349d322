"""The guards of the log of evidence (docs/formats/ledger.md): what is not sealed, what is not signed, what is not given out."""

from scripts.proof.guard import Guard

_VOUCHING = "src/jiangxue/ledger/log/vouching.py"
_SEALING = "src/jiangxue/ledger/log/sealing.py"
_SIGNING = "src/jiangxue/ledger/log/signing.py"
_ATTACKS = "tests/attacks/test_log_"
_OF_SEALING = "tests/domains/ledger/test_sealing.py"
_OF_GIVING = "tests/domains/archive/test_giving_out.py"

OF_LEDGER = (
    Guard(
        "a row is sealed only as its payload vouches for it",
        _VOUCHING,
        "    same = is_payload_of(event, payload) and crypto.commitment(salt, payload, by) == event.commitment\n",
        "    same = True\n",
        f"{_ATTACKS}inbox.py::test_a_row_is_not_sealed_after_an_edit_of_any_column",
    ),
    Guard(
        "sealers take turns",
        _SEALING,
        '    connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])\n',
        "",
        f"{_OF_SEALING}::test_sealers_at_once_take_turns",
    ),
    Guard(
        "nothing is signed that no sealer vouches for",
        "src/jiangxue/ledger/log/nodes.py",
        "    if rows and not hmac.compare_digest(bytes(rows[0][0]), mac(key, by, edge)):\n",
        "    if False:\n",
        f"{_ATTACKS}appended.py::test_an_entry_put_behind_the_last_one_without_the_sealers_key_is_not_signed_and_stops_the_sealer",
    ),
    Guard(
        "the signer comes to the root itself",
        _SIGNING,
        "        if edges.root(by, continued) != edges.root(by, edge):\n",
        "        if False:\n",
        f"{_ATTACKS}rows.py::test_a_row_that_is_changed_with_all_that_follows_from_it_stops_everything",
    ),
    Guard(
        "the signer remembers what it signs",
        _SIGNING,
        "            self.memory.write(by, continued)\n",
        "",
        f"{_OF_SEALING}::test_what_is_signed_is_remembered_first",
    ),
    Guard(
        "another signer does not go on with a log",
        _SIGNING,
        "        if (known and key not in known) or signed > remembered.size:\n",
        "        if False:\n",
        f"{_OF_SEALING}::test_another_signer_does_not_go_on_with_a_log_that_was_signed",
    ),
    Guard(
        "an archive waits for its witnesses",
        "src/jiangxue/ledger/queries/state.py",
        "    if demanded == 0:\n",
        "    if True:\n",
        f"{_OF_GIVING}::test_an_archive_waits_for_as_many_witnesses_as_the_rule_demands",
    ),
    Guard(
        "what an archive is proved by was signed",
        "src/jiangxue/ledger/queries/proofs.py",
        "    if merkle.root(by, nodes, size) != root:\n",
        "    if False:\n",
        f"{_ATTACKS}rows.py::test_a_row_that_is_changed_with_all_that_follows_from_it_stops_everything",
    ),
)
