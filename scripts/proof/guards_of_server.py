"""The guards of the processes: the hot path, its rows and locks, and openings (docs/trust.md)."""

from scripts.proof.guard import Guard

_HOT = "src/jiangxue/learning/hot"
_APP, _COMMITTER, _LANE, _ROWS = (f"{_HOT}/{name}.py" for name in ("app", "committer", "lane", "rows"))
_WIRE = f"{_HOT}/wire.py"
_HOT_HEARING = f"{_HOT}/hearing.py"
_OPENING = "src/jiangxue/learning/services/opening.py"
_SEALING = "src/jiangxue/learning/services/sealing.py"
_REPLAYING = "src/jiangxue/learning/queries/replaying.py"
_ENDING = "src/jiangxue/learning/services/ending.py"
_LEASES = "src/jiangxue/learning/services/leases.py"

_FLOOD = "tests/attacks/test_flood.py"
_FORGERY = "tests/attacks/test_forgery.py"
_PROCESSES = "tests/attacks/test_two_processes.py"
_WINDOWS = "tests/attacks/test_windows.py"
_MIDNIGHT = "tests/attacks/test_midnight.py"
_SILENCE = "tests/attacks/test_silence_and_lies.py"
_GATHERING = "tests/hot/test_gathering.py"
_RECOVERY = "tests/hot/test_recovery.py"
_REFUSALS = "tests/hot/test_refusals.py"
_MEMORY = "tests/hot/test_memory.py"
_SEALS = "tests/domains/learning/test_sealing.py"
_SEALS_AT_ONCE = "tests/domains/learning/test_sealing_at_once.py"
_SWEEPER = "tests/domains/learning/test_sweeper.py"
_AT_ONCE = "tests/domains/learning/test_openings_at_once.py"

HOT = (
    Guard(
        "the mac is checked first",
        _APP,
        "if not is_authentic(beat, self._key(beat.session)):",
        "if False:",
        f"{_FLOOD}::test_a_flood_of_forged_beats_does_not_reach_the_queue",
    ),
    Guard(
        "a kibibyte at most",
        _APP,
        "        if len(body) > wire.MAX_BYTES:\n",
        "        if False:\n",
        f"{_FORGERY}::test_a_body_beyond_a_kibibyte_is_not_read",
    ),
    Guard(
        "no unknown fields",
        _WIRE,
        "forbid_unknown_fields=True",
        "forbid_unknown_fields=False",
        f"{_FORGERY}::test_unknown_fields_are_refused",
    ),
    Guard(
        "hexadecimal ends where it should",
        _WIRE,
        r'type Hex32 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]',
        'type Hex32 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]',
        f"{_FORGERY}::test_values_beyond_the_document_are_malformed_even_when_signed",
    ),
    Guard(
        "four beats of a session wait at most",
        _COMMITTER,
        "if self._of_session[beat.session] >= self._limits.waiting_of_session:",
        "if False:",
        f"{_FLOOD}::test_a_flood_of_the_same_beat_is_one_beat",
    ),
    Guard(
        "the queue is bounded",
        _COMMITTER,
        "if len(self._queue) >= self._limits.waiting or self._stopping:",
        "if self._stopping:",
        f"{_FLOOD}::test_a_full_queue_turns_beats_away_at_once_and_the_honest_twin_comes_again",
    ),
    Guard(
        "what is answered is committed",
        _LANE,
        """                    await cursor.execute("COMMIT")
                if cursor.statusmessage != "COMMIT":
                    raise NotCommitted(cursor.statusmessage or "no answer")
""",
        """                    await cursor.execute("ROLLBACK")
""",
        f"{_PROCESSES}::test_what_was_answered_is_already_kept",
    ),
    Guard(
        "a commit is on the disk",
        _LANE,
        "-c synchronous_commit=on",
        "-c synchronous_commit=off",
        f"{_GATHERING}::test_a_commit_is_answered_after_it_is_on_the_disk_whatever_the_database_is_set_to",
    ),
    Guard(
        "a beat's own fault is found by halving",
        _LANE,
        "            return await self._halved(connection, beats, fullness, fault)\n",
        "            return await self._told_to_come_again(connection, beats, fault)\n",
        f"{_GATHERING}::test_a_lease_that_makes_no_sense_harms_no_other",
    ),
    Guard(
        "the database's fault is no beat's",
        _LANE,
        "            if _is_the_databases(fault):\n",
        "            if False:\n",
        f"{_RECOVERY}::test_a_missing_right_is_nobodys_fault_but_the_databases",
    ),
    Guard(
        "a server that only reads is left",
        _LANE,
        "                await self._begin(connection)\n",
        "                self._connection = connection\n",
        f"{_RECOVERY}::test_a_server_that_only_reads_is_left_until_there_is_one_that_writes",
    ),
    Guard(
        "what has waited too long is not judged",
        _COMMITTER,
        "if waiting.since_ms > oldest_ms:",
        "if True:",
        f"{_GATHERING}::test_what_has_waited_longer_than_its_page_is_not_judged_any_more",
    ),
    Guard(
        "an ending process hears what is waiting",
        _COMMITTER,
        "while self._queue or self._under_way or not self._stopping:",
        "while not self._stopping:",
        "tests/hot/test_draining.py::test_what_waits_is_answered_before_the_end",
    ),
    Guard(
        "a large body is not read to its end",
        _APP,
        'while event.get("more_body") and len(body) <= wire.MAX_BYTES:',
        'while event.get("more_body"):',
        f"{_REFUSALS}::test_no_more_of_a_body_is_read_than_says_that_it_is_too_large",
    ),
    Guard(
        "a forgotten session is asked for anew",
        _HOT_HEARING,
        """        known = [self._snapshots.get(beat.session) for beat in beats]
        self._forget_the_oldest()
""",
        """        self._forget_the_oldest()
        known = [self._snapshots.get(beat.session) for beat in beats]
""",
        f"{_MEMORY}::test_a_session_that_is_forgotten_while_it_beats_is_heard_all_the_same",
    ),
    Guard(
        "leases are locked",
        _ROWS,
        "ORDER BY learner_id FOR UPDATE SKIP LOCKED",
        "ORDER BY learner_id",
        f"{_PROCESSES}::test_of_two_beats_with_the_same_number_in_two_processes_one_is_judged",
    ),
    Guard(
        "a clock that steps back raises an alarm",
        _HOT_HEARING,
        "        _watch_clock(gathering)\n",
        "",
        f"{_SILENCE}::test_a_server_clock_that_steps_back_and_forth_pays_nothing_twice",
    ),
    Guard(
        "one gathering's beats build on each other",
        _HOT_HEARING,
        "gathering.leases[snapshot.learner_id] = replace(outcome.lease, answer=answer.decode())",
        "_ = replace(outcome.lease, answer=answer.decode())",
        f"{_FLOOD}::test_a_flood_of_different_beats_earns_no_more_than_one",
    ),
)

OPENING = (
    Guard(
        "an opening locks the lease",
        _LEASES,
        "Lease.objects.select_for_update().get(pk=learner_id)",
        "Lease.objects.get(pk=learner_id)",
        f"{_AT_ONCE}::test_takeovers_at_once_leave_exactly_one_session_open_and_end_the_others_with_a_reason",
    ),
    Guard(
        "another window is asked for",
        _OPENING,
        "if alive and not wanted.take_over:",
        "if False:",
        f"{_WINDOWS}::test_a_second_window_is_asked_before_it_takes_over",
    ),
    Guard(
        "a takeover ends the other session",
        _OPENING,
        "    end(lease, current, EndReason.SUPERSEDED if alive else EndReason.SILENT, now)\n",
        "",
        f"{_AT_ONCE}::test_takeovers_at_once_leave_exactly_one_session_open_and_end_the_others_with_a_reason",
    ),
    Guard(
        "a silent window is dead",
        _OPENING,
        "alive = overdue_ms <= policy_of(current).dead_after_ms",
        "alive = True",
        f"{_WINDOWS}::test_a_window_that_has_gone_silent_is_taken_over_without_asking",
    ),
    Guard(
        "a reload is not asked",
        _OPENING,
        "if current.window == wanted.window:",
        "if False:",
        f"{_WINDOWS}::test_the_honest_twin_that_reloads_its_page_is_not_asked",
    ),
    Guard(
        "the class's term",
        _OPENING,
        "    _require_term(training_class.term, now)\n",
        "",
        f"{_SILENCE}::test_a_class_that_closes_pays_nothing_after_its_end",
    ),
    Guard(
        "a full day opens nothing",
        _OPENING,
        "if left_of_day_ms(today, policy) == 0:",
        "if False:",
        f"{_MIDNIGHT}::test_the_cap_ends_the_session_and_refuses_another_until_midnight",
    ),
    Guard(
        "thirty openings a minute",
        _OPENING,
        "    _require_calm(viewer, now)\n",
        "",
        f"{_AT_ONCE}::test_openings_without_end_are_refused",
    ),
    Guard(
        "three hundred openings a day",
        _OPENING,
        'if opened["today"] >= OPENINGS_A_DAY:',
        "if False:",
        f"{_AT_ONCE}::test_openings_all_day_long_are_refused",
    ),
    Guard(
        "an old password opens nothing",
        _OPENING,
        "    _require_sign_in(viewer, wanted)\n",
        "",
        f"{_AT_ONCE}::test_an_opening_that_was_signed_in_with_an_old_password_is_refused",
    ),
)

SEALING = (
    Guard(
        "a lease that differs raises an alarm",
        _SEALING,
        "if lease_held is not None:",
        "if False:",
        f"{_SEALS}::test_a_lease_that_was_tampered_with_raises_an_alarm_and_earns_nothing",
    ),
    Guard(
        "a session is sealed by one at a time",
        _SEALING,
        '        .select_for_update(skip_locked=True, of=("self",))\n',
        "",
        f"{_SEALS_AT_ONCE}::test_what_somebody_is_sealing_or_ending_is_passed_over",
    ),
    Guard(
        "only beats that the lease has counted are sealed",
        _REPLAYING,
        "AND n > above_n AND n <= last_n",
        "AND n > above_n",
        f"{_SEALS}::test_a_beat_that_the_lease_has_not_counted_is_not_sealed_with_it",
    ),
    Guard(
        "added beats raise an alarm",
        _SEALING,
        "if len(beats) != part.lease.n - session.sealed_n:",
        "if False:",
        f"{_SEALS}::test_beats_that_were_added_beside_the_lease_raise_an_alarm_and_shift_no_later_one",
    ),
    Guard(
        "only what is due is ended",
        _ENDING,
        "due = [lease for lease in leases if _is_due(lease, now)]",
        "due = [lease for lease in leases if lease.session_id]",
        f"{_SWEEPER}::test_a_session_that_was_heard_again_before_the_sweeper_had_its_lease_goes_on",
    ),
)

OF_SERVER = (*HOT, *OPENING, *SEALING)
