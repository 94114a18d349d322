"""The guards of the witness (docs/formats/witness.md): what it never signs, never forgets and never lets itself be drowned in."""

from scripts.proof.guard import Guard

_DECIDING = "src/jiangxue_witness/deciding.py"
_WITNESS = "src/jiangxue_witness/witness.py"
_OF_DECIDING = "tests/witness/test_deciding.py"
_OF_FOLDER = "tests/witness/test_folder.py"

OF_WITNESS = (
    Guard(
        "a witness signs only a continuation",
        _DECIDING,
        "    if not consistent(log.hash_, last.tree, tree, request.proof):\n",
        "    if False:\n",
        f"{_OF_DECIDING}::test_a_rewritten_history_is_refused_with_its_evidence",
    ),
    Guard(
        "a witness signs no older tree",
        _DECIDING,
        "    if request.old_size != last.tree.size:\n",
        "    if False:\n",
        f"{_OF_DECIDING}::test_an_older_tree_is_never_signed_again",
    ),
    Guard(
        "a witness calls a fork a fork",
        _DECIDING,
        "    if is_fork:\n",
        "    if False:\n",
        f"{_OF_DECIDING}::test_a_fork_is_refused_with_its_evidence",
    ),
    Guard(
        "a witness signs only what the log has signed",
        _DECIDING,
        "    open_checkpoint(signed, [log.verifier])\n",
        "",
        f"{_OF_DECIDING}::test_403_comes_before_a_wrong_size",
    ),
    Guard(
        "a log signs a checkpoint for a witness once",
        _DECIDING,
        "    if len(parse_note(signed).lines) > 1:\n",
        "    if False:\n",
        "tests/witness/test_signed_twice.py::test_two_good_signatures_of_one_key_are_refused",
    ),
    Guard(
        "the time of a witness never goes back",
        _DECIDING,
        "    if now_s < last.signed_at_s:\n",
        "    if False:\n",
        f"{_OF_DECIDING}::test_the_clock_is_looked_at_last_and_stops_only_signing",
    ),
    Guard(
        "a witness decides and writes in one turn",
        _WITNESS,
        "        with self._turn:\n",
        "        if True:\n",
        "tests/witness/test_witness.py::test_of_two_requests_from_one_old_size_the_second_is_refused",
    ),
    Guard(
        "a witness writes before it answers",
        _WITNESS,
        "            return self._written(answer)\n",
        "            return answer\n",
        f"{_OF_FOLDER}::test_what_was_signed_is_there_when_the_folder_is_opened_again",
    ),
    Guard(
        "a checkpoint is replaced whole",
        "src/jiangxue_witness/disk.py",
        "    beside.replace(path)\n",
        "    path.write_bytes(content)\n",
        f"{_OF_FOLDER}::test_bytes_are_on_the_disk_before_the_name_and_the_name_before_the_answer",
    ),
    Guard(
        "evidence of a checkpoint is kept once",
        "src/jiangxue_witness/evidence.py",
        " or any(name.endswith(end) for name in there)",
        "",
        "tests/witness/test_evidence.py::test_one_checkpoint_is_kept_once_however_often_it_is_sent",
    ),
    Guard(
        "evidence does not fill the disk",
        "src/jiangxue_witness/evidence.py",
        "len(there) >= MOST or ",
        "",
        "tests/witness/test_evidence.py::test_genuine_checkpoints_with_wrong_proofs_never_crowd_out_a_fork",
    ),
)
