"""The guards of attempts at a face check: tickets, the socket, what counts, and what is kept (docs/formats/face-check.md)."""

from scripts.proof.guard import Guard

_API, _SERVICES = "src/jiangxue/facecheck/api", "src/jiangxue/facecheck/services"
_RULES = "src/jiangxue/facecheck/rules"
_CONVERSATION, _JUDGING = f"{_API}/conversation.py", f"{_API}/judging.py"
_INCOMING, _SOCKET = f"{_API}/incoming.py", f"{_API}/socket.py"
_TICKETS, _RESULTS = f"{_SERVICES}/tickets.py", f"{_SERVICES}/results.py"
_STAGING = f"{_RULES}/staging.py"
_FACING, _DUE = "src/jiangxue/learning/services/facing.py", "src/jiangxue/learning/rules/facing.py"

_WIRE, _GOING = "tests/attacks/test_face_wire.py", "tests/attacks/test_face_going.py"
_SPECIES, _CHECKS = "tests/attacks/test_face_species.py", "tests/domains/learning/test_face_checks.py"
_STAGES = "tests/rules/face/test_staging.py"

TICKETS = (
    Guard(
        "a ticket of a face check is good once",
        _TICKETS,
        "    if attempt.claimed_at is not None or attempt.outcome",
        "    if attempt.outcome",
        f"{_WIRE}::test_of_two_sockets_with_one_ticket_one_talks",
    ),
    Guard(
        "a ticket of a face check is good for its person",
        _TICKETS,
        "    if attempt.account_id != account_id:\n        raise TicketOfAnother\n",
        "",
        f"{_WIRE}::test_a_ticket_is_good_for_its_person",
    ),
    Guard(
        "a ticket of a face check is good for its time",
        _TICKETS,
        " or now >= attempt.expires_at:",
        ":",
        f"{_WIRE}::test_a_ticket_is_good_for_its_time",
    ),
    Guard(
        "no other site opens the socket of faces",
        _SOCKET,
        ' and bool(origin.netloc) and origin.netloc == headers.get(b"host")',
        "",
        f"{_WIRE}::test_another_site_is_not_heard",
    ),
    Guard(
        "a person has one socket of faces",
        _SOCKET,
        "            self._talking[attempt.account_id].end(Closed(Closing.NO_TICKET))\n",
        "            pass\n",
        f"{_WIRE}::test_whoever_begins_again_while_talking_is_left_with_the_newer_socket",
    ),
    Guard(
        "frames of a face are numbered upwards",
        _INCOMING,
        "        if frame.seq <= self._last_seq:\n            raise Closed(Closing.OUT_OF_ORDER)\n",
        "",
        f"{_WIRE}::test_what_is_no_frame_ends_the_attempt_before_it_counts",
    ),
    Guard(
        "a flood of frames ends an attempt",
        _INCOMING,
        "        if is_flood or len(self.stamps)",
        "        if len(self.stamps)",
        f"{_WIRE}::test_what_is_no_frame_ends_the_attempt_before_it_counts",
    ),
    Guard(
        "nobody names what is not shown yet",
        _CONVERSATION,
        "        if frame.slot > staging.slot:\n            raise Closed(Closing.OUT_OF_ORDER)\n",
        "",
        f"{_WIRE}::test_what_is_no_frame_ends_the_attempt_before_it_counts",
    ),
    Guard(
        "frames of what is over bear witness to nothing",
        _STAGING,
        " or frame.slot != self.slot:",
        ":",
        f"{_STAGES}::test_frames_of_a_slot_that_is_over_bear_witness_to_nothing",
    ),
    Guard(
        "who is late for what is shown is late",
        _STAGING,
        "            self.late = True\n            return self._end()\n",
        "            pass\n",
        f"{_STAGES}::test_whoever_sends_nothing_for_what_is_shown_is_late",
    ),
    Guard(
        "the next colour waits for a frame of the one before",
        _STAGING,
        "            case Stage.FLASHING if self._is_seen and gone_ms",
        "            case Stage.FLASHING if gone_ms",
        f"{_STAGES}::test_the_next_colour_waits_for_a_frame_of_the_one_before",
    ),
)

COUNTING = (
    Guard(
        "what is shown is noted before it is shown",
        _CONVERSATION,
        "            if not await in_database(partial(note_challenge, self._attempt.pk)):\n"
        "                raise Closed(Closing.NO_TICKET)\n",
        "",
        f"{_GOING}::test_an_attempt_left_for_another_is_asked_nothing_that_could_not_be_counted",
    ),
    Guard(
        "an attempt that has shown something counts",
        f"{_RULES}/outcomes.py",
        "    return outcome not in {None, AttemptOutcome.BROKEN} or was_challenged",
        "    return outcome not in {None, AttemptOutcome.BROKEN}",
        f"{_GOING}::test_whoever_goes_when_something_was_asked_has_used_an_attempt",
    ),
    Guard(
        "going does not undo what was found",
        _CONVERSATION,
        "        return await self._judge.left(self._staging, self._kept, self._incoming, self._eyes)\n",
        "        return self._judge.unjudged(self._staging, self._incoming, AttemptOutcome.BROKEN)\n",
        f"{_GOING}::test_somebody_else_does_not_get_away_from_it_by_going",
    ),
    Guard(
        "beginning again does not undo what was found",
        _RESULTS,
        "    if attempt.outcome and not _was_left(attempt):",
        "    if attempt.outcome:",
        f"{_GOING}::test_beginning_again_does_not_undo_what_was_found",
    ),
    Guard(
        "colours that are declined are not replaced",
        _CONVERSATION,
        "        if self._judge.is_declined and not self._judge.is_blocked:",
        "        if False:",
        f"{_GOING}::test_colours_that_are_declined_are_not_replaced_by_actions",
    ),
    Guard(
        "who leaves the queue was not kept from a check",
        _SOCKET,
        "    is_ours = isinstance(why, Closed) and why.code is Closing.NO_SERVICE\n",
        "    is_ours = True\n",
        f"{_GOING}::test_whoever_leaves_the_queue_was_not_kept_from_it_by_us",
    ),
    Guard(
        "who was asked for more is not asked for less",
        _FACING,
        "    if AttemptOutcome.STEP_UP in used_attempts(check.pk):\n        return Form.STEP_UP\n",
        "",
        f"{_CHECKS}::test_whoever_was_asked_for_more_does_not_come_back_to_less",
    ),
    Guard(
        "after a face that was not passed the next session begins with one",
        _DUE,
        "(Trigger.UNPASSED, last is not None and last.outcome not in _KNOWN)",
        "(Trigger.UNPASSED, False)",
        f"{_CHECKS}::test_after_a_face_that_was_not_passed_the_next_session_begins_with_one",
    ),
    Guard(
        "no face passes after its time",
        _RESULTS,
        " and now > attempt.expires_at",
        " and False",
        f"{_GOING}::test_nothing_passes_after_its_time",
    ),
    Guard(
        "nothing is kept of a face whose consent is withdrawn",
        _RESULTS,
        "    if has_agreed(attempt.account_id, ConsentPurpose.FACE):\n",
        "    if True:\n",
        f"{_GOING}::test_nothing_is_kept_of_somebody_who_withdraws_in_the_middle",
    ),
)

JUDGING = (
    Guard(
        "frames of earlier attempts are remembered",
        _JUDGING,
        "repeats_of(self.sent, earlier.marks, self.thresholds)",
        "repeats_of(self.sent, (), self.thresholds)",
        f"{_SPECIES}::test_frames_of_an_earlier_attempt_are_known_again",
    ),
    Guard(
        "a face is compared with its own model alone",
        _JUDGING,
        "    if template is None or template.model_sha256 != SFACE.sha256:",
        "    if template is None:",
        f"{_GOING}::test_a_template_of_another_model_is_like_nobody",
    ),
    Guard(
        "whoever does the action is compared as well",
        f"{_RULES}/identity.py",
        "min([lowest, *self.acting])",
        "lowest",
        f"{_SPECIES}::test_somebody_else_who_does_the_action_is_asked_for_more",
    ),
    Guard(
        "an attempt comes to the worst that was found",
        f"{_RULES}/decision.py",
        "    worst = max((finding.outcome",
        "    worst = min((finding.outcome",
        "tests/rules/face/test_decision.py::test_what_an_attempt_comes_to",
    ),
    Guard(
        "an enrolled picture is known again",
        _JUDGING,
        "    return all(is_near_duplicate(",
        "    return False and all(is_near_duplicate(",
        f"{_SPECIES}::test_an_enrolled_picture_is_known_again",
    ),
)

OF_FACE_ATTEMPTS = (*TICKETS, *COUNTING, *JUDGING)
"""All guards of attempts at a face check."""
