/**
 * The random check-in (随机打卡): the picture stands still until the server says what became of the check. The page decides
 * nothing: not whether an answer is right, not whether it came in time.
 */
import type { Outcome, Prompt, ShowAnswer } from '../../core/check_answers';
import { merge } from '../../core/minute_bar';
import { signOut, stopForGood } from './ending';
import { settleUpToNow } from './flights';
import { goOnFrom, stopPlaying, wantBeat } from './guard';
import { type Check, type CheckRequest, isLearning, type State, type Turn } from './state';

const SHOW_AGAIN_MS = [1_000, 2_000, 4_000] as const;
const ANSWER_AGAIN_MS = [1_000, 2_000] as const;
/** How often to ask for the outcome once the time is over: the server's own clock may still run for a moment. */
const ASK_OUTCOME_MS = 3_000;
/** The right answer takes longer to read than other notices. */
const EXPLAIN_MS = 12_000;

type Settled = Extract<Outcome, { is: 'passed' | 'put_off' }>;

/** The server says that a check is open: the picture stops, and the question is fetched. */
export function openCheck(turn: Turn): void {
  const { state } = turn;
  if (state.check === null) {
    stopPlaying(turn);
    state.hold = 'check';
    fetchQuestion(turn);
  } else if (state.check.is_over) {
    const due_at_ms = Math.min(state.talk.due_at_ms, turn.at_ms + ASK_OUTCOME_MS);
    turn.talk({ due_at_ms });
  }
}

/** The server no longer speaks of the check: ask it, unless an answer is on its way that will tell. */
export function doubtCheck(turn: Turn): void {
  const { check } = turn.state;
  if (check !== null && check.request === null) fetchQuestion(turn);
}

/** The learner has pressed an option: one answer at a time, and none after the time. */
export function choose(turn: Turn, choice: number, reaction_ms: number): void {
  const { check } = turn.state;
  if (check?.prompt == null || check.request !== null || check.is_over) return;
  if (turn.at_ms >= check.until_ms || !(choice in check.prompt.options)) return;
  const { check: id, nonce } = check.prompt;
  const body = JSON.stringify({
    check: id,
    nonce,
    choice,
    reaction_ms: Math.max(0, Math.round(reaction_ms)),
  });
  request(turn, check, { body, choice });
}

/** Hears the question; an answer to an earlier request means nothing. */
export function heardShow(turn: Turn, serial: number, answer: ShowAnswer): void {
  const asked = requestOf(turn.state, serial);
  if (asked === null) return;
  if (answer.is === 'shown') show(turn, asked, answer.prompt, false);
  else if (answer.is === 'none') settled(turn);
  else if (answer.is === 'failed') failed(turn, answer.wait_ms ?? 0, SHOW_AGAIN_MS);
  else stopForGood(turn);
}

/** Hears what became of the learner's answer. */
export function heardOutcome(turn: Turn, serial: number, answer: Outcome): void {
  const asked = requestOf(turn.state, serial);
  if (asked === null) return;
  if (answer.is === 'passed' || answer.is === 'put_off') passed(turn, asked.sent_at_ms, answer);
  else if (answer.is === 'again') show(turn, asked, answer.prompt, true);
  else if (answer.is === 'ended') signOut(turn, answer.url);
  else if (answer.is === 'no_such_check') fetchQuestion(turn);
  else if (answer.is === 'failed') failed(turn, answer.wait_ms ?? 0, ANSWER_AGAIN_MS);
  else stopForGood(turn);
}

/** Hears what became of a face that was shown in the dialog; where that is not known, the server is asked for the check again. */
export function heardFace(turn: Turn, answer: Outcome | null): void {
  if (turn.state.check?.prompt?.kind !== 'face') return;
  if (answer === null || answer.is === 'again' || answer.is === 'no_such_check') fetchQuestion(turn);
  else if (answer.is === 'passed' || answer.is === 'put_off') passed(turn, turn.at_ms, answer);
  else if (answer.is === 'ended') signOut(turn, answer.url);
  else if (answer.is === 'failed') fetchQuestion(turn);
  else stopForGood(turn);
}

/** Does what has fallen due: asks again, and notices that the time is over. */
export function attendCheck(turn: Turn): void {
  const { check } = turn.state;
  if (check === null || !isLearning(turn.state)) return;
  if (isOver(check, turn.at_ms)) {
    turn.state.check = { ...check, request: null, is_over: true };
    wantBeat(turn);
  } else if (check.request !== null && turn.at_ms >= retryAt(turn.state)) {
    request(turn, check, check.request);
  }
}

/** The network is back: ask again at once. */
export function hastenCheck(turn: Turn): void {
  const { check } = turn.state;
  if (check?.request?.retry_at_ms == null) return;
  turn.state.check = { ...check, request: { ...check.request, retry_at_ms: turn.at_ms } };
}

/** Returns when the check next needs a turn: to ask again, or to show another second. */
export function nextCheckAt(state: State): number {
  const { check, at_ms } = state;
  if (check === null || !isLearning(state)) return Number.POSITIVE_INFINITY;
  const left_ms = check.until_ms - at_ms;
  const counts = check.prompt !== null && !check.is_over && left_ms > 0;
  const next_second_ms = counts ? at_ms + ((left_ms - 1) % 1_000) + 1 : Number.POSITIVE_INFINITY;
  return Math.min(retryAt(state), next_second_ms);
}

/** While the page is hidden the question waits: showing it starts the learner's time. */
function retryAt({ check, hidden }: State): number {
  const asked = check?.request ?? null;
  const waits = hidden && asked?.body === null;
  return waits ? Number.POSITIVE_INFINITY : (asked?.retry_at_ms ?? Number.POSITIVE_INFINITY);
}

function isOver({ prompt, request: asked, is_over, until_ms }: Check, at_ms: number): boolean {
  const on_its_way = asked !== null && asked.retry_at_ms === null;
  return prompt !== null && !is_over && !on_its_way && at_ms >= until_ms;
}

function requestOf({ check }: State, serial: number): CheckRequest | null {
  const asked = check?.request ?? null;
  return asked?.serial === serial ? asked : null;
}

function fetchQuestion(turn: Turn): void {
  const asked = { serial: 0, body: null, choice: null, failures: 0, sent_at_ms: 0, retry_at_ms: turn.at_ms };
  turn.state.check = { prompt: null, until_ms: 0, request: asked, is_again: false, is_over: false };
}

function request(turn: Turn, check: Check, asked: Pick<CheckRequest, 'body' | 'choice'>): void {
  const serial = turn.nextSerial();
  const failures = check.request?.failures ?? 0;
  const { body, choice } = asked;
  const sent = { serial, body, choice, failures, sent_at_ms: turn.at_ms, retry_at_ms: null };
  turn.state.check = { ...check, request: sent };
  turn.emit(body === null ? { type: 'show_check', serial } : { type: 'answer_check', serial, body });
}

function failed(turn: Turn, asked_ms: number, waits: readonly number[]): void {
  const { check } = turn.state;
  if (check === null || check.request === null) return;
  const failures = check.request.failures + 1;
  const wait_ms = Math.max(asked_ms, waits[Math.min(failures, waits.length) - 1] ?? 0);
  const retry_at_ms = turn.at_ms + wait_ms;
  turn.state.check = { ...check, request: { ...check.request, failures, retry_at_ms } };
}

/** The time is reckoned from when it was asked for: what the way took is not promised to the learner. */
function show(turn: Turn, asked: CheckRequest, prompt: Prompt, is_again: boolean): void {
  const until_ms = asked.sent_at_ms + prompt.left_ms;
  turn.state.check = { prompt, until_ms, request: null, is_again, is_over: false };
}

function passed(turn: Turn, sent_at_ms: number, answer: Settled): void {
  const { reached_ms, credited_ms, day_ms, stretches, was_right, right } = answer;
  turn.state.figures = { ...turn.state.figures, reached_ms, credited_ms, day_ms };
  turn.state.stretches = merge(stretches);
  turn.state.refusal = null;
  settleUpToNow(turn, sent_at_ms);
  if (answer.is === 'put_off') turn.notify('check_put_off', {}, EXPLAIN_MS);
  else if (was_right === false && right !== null) turn.notify('check_was_wrong', { right }, EXPLAIN_MS);
  else turn.notify('check_passed');
  close(turn);
}

/** Answered elsewhere, or withdrawn; the next beat hears whether the session still lives. */
function settled(turn: Turn): void {
  turn.notify('check_settled');
  close(turn);
}

function close(turn: Turn): void {
  const { state } = turn;
  state.check = null;
  state.hold = 'none';
  goOnFrom(turn, state.figures.reached_ms);
}
