/** The opening (签到): asking for the one right to earn time, and what the answers lead to. */
import type { Opened, OpeningAnswer } from '../../core/answers';
import { merge } from '../../core/minute_bar';
import { doubtCheck, openCheck } from './check';
import { stopForGood } from './ending';
import { place, playUnlessHidden, stopPlaying } from './guard';
import { freshTalk, type OpeningReason, startFrom, type Turn } from './state';

const BACK_OFF_MS = [2_000, 4_000, 8_000, 15_000] as const;

/** Returns the wait before the next try after so many failures in a row. */
export function backOff(failures: number): number {
  return BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length) - 1] ?? BACK_OFF_MS[0];
}

/** Asks the server to open a session. */
export function ask(turn: Turn, reason: OpeningReason, take_over: boolean): void {
  const serial = turn.nextSerial();
  turn.state.phase = 'opening';
  turn.state.message = null;
  turn.state.opening = { reason, take_over, serial, failures: 0, retry_at_ms: null };
  turn.emit({ type: 'open', serial, take_over });
}

/** Asks again when the wait after a failure is over. */
export function askAgain(turn: Turn): void {
  const { opening, phase } = turn.state;
  if (phase !== 'opening' || opening === null || opening.retry_at_ms === null) return;
  if (turn.at_ms < opening.retry_at_ms) return;
  const serial = turn.nextSerial();
  turn.state.opening = { ...opening, serial, retry_at_ms: null };
  turn.emit({ type: 'open', serial, take_over: opening.take_over });
}

/** The learner or the network says that waiting longer makes no sense. */
export function hastenOpening(turn: Turn): void {
  const { opening } = turn.state;
  if (opening !== null && opening.retry_at_ms !== null)
    turn.state.opening = { ...opening, retry_at_ms: turn.at_ms };
}

/** Hears the answer to the opening; an answer to an earlier one means nothing. */
export function heardOpening(turn: Turn, serial: number, answer: OpeningAnswer): void {
  const { state } = turn;
  const { opening, phase } = state;
  if (phase !== 'opening' || opening === null || opening.serial !== serial) return;
  if (answer.is === 'failed') {
    const failures = opening.failures + 1;
    const retry_at_ms = turn.at_ms + Math.max(answer.wait_ms ?? 0, backOff(failures));
    state.opening = { ...opening, failures, retry_at_ms };
    return;
  }
  state.opening = null;
  if (answer.is === 'opened') opened(turn, opening.reason, answer);
  else if (answer.is === 'fault') stopForGood(turn);
  else refused(turn, opening.reason, answer);
}

function opened(turn: Turn, reason: OpeningReason, answer: Opened): void {
  const { state, at_ms } = turn;
  const { session: id, key, n, tag, nonce } = answer;
  const { reached_ms, credited_ms, day_ms, cap_ms } = answer;
  if (state.lesson.pace !== null && answer.length_ms !== state.lesson.length_ms) {
    loadAnew(turn);
    return;
  }
  state.phase = 'learning';
  state.session = { id, key, n, tag, nonce };
  state.talk = freshTalk(at_ms, answer.next_ms);
  state.idle = { total_ms: 0, acknowledged_ms: 0 };
  state.figures = { reached_ms, credited_ms, day_ms, cap_ms };
  state.stretches = merge(answer.stretches);
  state.refusal = null;
  if (answer.keys.length > 0) turn.emit({ type: 'keys', keys: answer.keys });
  if (reason !== 'renew') {
    const start_ms = startFrom(answer.position_ms, answer.length_ms);
    turn.guard({ played_ms: start_ms, owed_ms: 0 });
    place(turn, start_ms);
  }
  if (answer.check) openCheck(turn);
  else if (state.check !== null) doubtCheck(turn);
  else if (reason === 'tap' || state.hold === 'silence') playUnlessHidden(turn);
}

/** The pace of the pages has changed since the page was made: it reckons by the old one. */
function loadAnew(turn: Turn): void {
  stopPlaying(turn);
  turn.state.phase = 'over';
  turn.emit({ type: 'reload' });
}

/** Another window counts, or nothing is counted here at present: the server's sentence says why. */
function refused(
  turn: Turn,
  reason: OpeningReason,
  answer: { readonly is: 'already_learning' | 'refused'; readonly message: string },
): void {
  const { state } = turn;
  stopPlaying(turn);
  state.session = null;
  state.check = null;
  state.hold = 'none';
  state.message = answer.message;
  state.phase = answer.is === 'refused' ? 'uncounted' : 'asking';
  if (reason !== 'renew' && answer.is === 'refused')
    place(turn, startFrom(state.figures.reached_ms, state.lesson.length_ms));
}
