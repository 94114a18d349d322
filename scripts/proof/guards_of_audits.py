"""What an audit of the log looks at, and two things without which no row is sealed (docs/trust.md, "The record itself")."""

from scripts.proof.guard import Guard

_VOUCHING = "src/jiangxue/ledger/log/vouching.py"
_AUDITING = "src/jiangxue/ledger/log/auditing.py"
_HEADS = "src/jiangxue/ledger/log/auditing_heads.py"
_NOTES = "src/jiangxue/ledger/log/auditing_notes.py"
_CONTENTS = "src/jiangxue/ledger/log/auditing_contents.py"
_OF_INBOX = "tests/attacks/test_log_inbox.py"
_OF_ROWS = "tests/attacks/test_log_rows.py"
_OF_HISTORIES = "tests/attacks/test_log_histories.py"

OF_AUDITS = (
    Guard(
        "a row is sealed only with its payload",
        _VOUCHING,
        '    except crypto.NotGenuine:\n        return "unvouched"\n',
        "    except crypto.NotGenuine:\n        return None\n",
        f"{_OF_INBOX}::test_a_row_is_not_sealed_when_its_payload_was_exchanged",
    ),
    Guard(
        "a row without payload is not sealed",
        _VOUCHING,
        '    if key is None or ciphertext is None:\n        return "unvouched"\n',
        "    if key is None or ciphertext is None:\n        return None\n",
        f"{_OF_INBOX}::test_a_forged_row_is_not_sealed",
    ),
    Guard(
        "an audit hashes each leaf",
        _AUDITING,
        "        if leaf_hash != computed:\n",
        "        if False:\n",
        f"{_OF_ROWS}::test_an_edited_row_is_found_and_its_archive_does_not_hold",
    ),
    Guard(
        "an audit follows the chain of each archive",
        _AUDITING,
        "        if (found.sequence, found.before) != wanted:\n",
        "        if False:\n",
        f"{_OF_ROWS}::test_an_edited_row_with_its_own_hash_is_found_and_its_archive_does_not_hold",
    ),
    Guard(
        "an audit computes each signed root",
        _NOTES,
        "            if size != tree.size or root != tree.root():\n",
        "            if False:\n",
        f"{_OF_ROWS}::test_a_row_that_is_changed_with_all_that_follows_from_it_stops_everything",
    ),
    Guard(
        "an audit compares columns with leaves",
        _AUDITING,
        "            if (found.event.aid, found.sequence, found.event.eid) != (aid, sequence, eid):\n",
        "            if False:\n",
        "tests/attacks/test_log_mutations.py::test_every_change_of_one_value_is_found",
    ),
    Guard(
        "an audit computes heads again",
        _HEADS,
        "        if payload.encode() != heads.payload(event.eid, event.at_ms, len(self._order), root):\n",
        "        if False:\n",
        f"{_OF_HISTORIES}::test_daily_heads_that_leave_the_end_of_an_archive_out_are_found_by_an_audit_alone",
    ),
    Guard(
        "an audit opens what entries commit to",
        _CONTENTS,
        "        if not _is_committed(by, event, salt, payload):\n",
        "        if False:\n",
        f"{_OF_HISTORIES}::test_told_anew_with_the_logs_key_alone_it_passes_until_payloads_are_opened",
    ),
    Guard(
        "an audit believes what is known outside",
        _NOTES,
        "            if root != tree.root():\n",
        "            if False:\n",
        f"{_OF_HISTORIES}::test_a_history_told_anew_is_found_from_outside",
    ),
    Guard(
        "an audit sees that a log was larger",
        _NOTES,
        "        for size in sorted(self._roots):\n",
        "        for size in ():\n",
        f"{_OF_HISTORIES}::test_a_cut_tail_is_found_by_whoever_knows_a_checkpoint_by_the_signer_and_by_the_witness",
    ),
    Guard(
        "cosignatures belong to one history",
        _NOTES,
        "        if fault:\n",
        "        if False:\n",
        f"{_OF_HISTORIES}::test_cosignatures_do_not_pass_over_to_a_history_told_anew",
    ),
)
