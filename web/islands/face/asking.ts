/** Asking the server: for an attempt, for what became of it, and telling it that there can be none. */
import type { BeginAnswer, FaceResult, Why } from '../../core/face_check';
import type { Reply } from '../../core/reply';
import type { Effect } from './events';
import { NOTHING_SHOWN, type Phase, type Request, type Turn } from './state';

const WAITS_MS = [1_000, 2_000, 4_000] as const;
/** After so many failures in a row there is no service here, and the learner need not wait for it. */
const BEGIN_AT_MOST = 5;

/** The camera runs: asks for an attempt. */
export function begin(turn: Turn): void {
  turn.enter('beginning');
  turn.state.attempt = null;
  turn.state.shown = NOTHING_SHOWN;
  turn.state.was_hidden = false;
  ask(turn, 0);
}

/** Asks for what became of the check. */
export function fetchResult(turn: Turn): void {
  turn.enter('settling');
  ask(turn, 0);
}

/** Tells that there can be no check here; a camera that is never asked for is not allowed. */
export function excuse(turn: Turn): void {
  const { phase, setup, trouble } = turn.state;
  const why = phase === 'asking' ? 'denied' : trouble;
  if ((phase !== 'trouble' && phase !== 'asking') || setup.check === null || why === null) return;
  if (phase === 'asking') closeCamera(turn);
  turn.state.trouble = why;
  turn.enter('excusing');
  ask(turn, 0);
}

/** Asks again what has not been answered yet, once it is time. */
export function askAgain(turn: Turn): void {
  const { request } = turn.state;
  if (request?.retry_at_ms == null || turn.at_ms < request.retry_at_ms) return;
  if (turn.state.phase === 'busy') turn.enter('beginning');
  ask(turn, request.failures);
}

function ask(turn: Turn, failures: number): void {
  const { phase, setup, attempt, trouble } = turn.state;
  const { check, purpose } = setup;
  const serial = turn.nextSerial();
  turn.state.request = { serial, failures, sent_at_ms: turn.at_ms, retry_at_ms: null };
  const asking: { readonly [P in Phase]?: () => Effect } = {
    beginning: () => ({
      type: 'begin',
      serial,
      body: JSON.stringify(check === null ? { purpose } : { check }),
    }),
    settling: () => ({
      type: 'fetch_result',
      serial,
      body: JSON.stringify({ check, attempt: attempt?.begun.attempt }),
    }),
    excusing: () => ({ type: 'excuse', serial, body: JSON.stringify({ check, why: trouble }) }),
  };
  const effect = asking[phase]?.();
  if (effect !== undefined) turn.emit(effect);
}

/** Returns the request that an answer belongs to; null when it means nothing any more. */
function requestOf(turn: Turn, serial: number): Request | null {
  const { request } = turn.state;
  return request?.serial === serial ? request : null;
}

/** Hears whether an attempt may begin. */
export function heardBegin(turn: Turn, serial: number, answer: BeginAnswer): void {
  const request = requestOf(turn, serial);
  if (request === null || turn.state.phase !== 'beginning') return;
  turn.state.request = null;
  if (answer.is === 'begun') {
    const until_ms = request.sent_at_ms + answer.left_ms;
    const first = { left_ms: answer.left_ms, until_ms, is_challenged: false, slot: null };
    turn.state.attempt = { serial, begun: answer, ...first };
    turn.facts({ delay_ms: turn.at_ms - request.sent_at_ms });
    turn.enter('connecting');
    const { socket, ticket } = answer;
    turn.emit({ type: 'connect', serial, socket, ticket, prefers_actions: turn.state.prefers_actions });
  } else if (answer.is === 'failed') failed(turn, request, answer.wait_ms);
  else if (answer.is === 'fault') fail(turn, 'fault');
  else refused(turn, answer);
}

/** The server is full: nobody's fault, and the time does not run. */
export function wait(turn: Turn, wait_ms: number): void {
  turn.state.request = { serial: 0, failures: 0, sent_at_ms: turn.at_ms, retry_at_ms: turn.at_ms + wait_ms };
  turn.enter('busy');
}

function failed(turn: Turn, request: Request, asked_ms: number | null): void {
  const failures = request.failures + 1;
  if (turn.state.phase === 'beginning' && failures >= BEGIN_AT_MOST) {
    meetTrouble(turn, 'no_service');
    return;
  }
  const wait_ms = Math.max(asked_ms ?? 0, WAITS_MS[Math.min(failures, WAITS_MS.length) - 1] ?? 0);
  turn.state.request = { ...request, failures, retry_at_ms: turn.at_ms + wait_ms };
}

function refused(turn: Turn, { message, url }: Extract<BeginAnswer, { is: 'refused' }>): void {
  turn.state.refusal = { message, url };
  fail(turn, 'refused');
}

/** Something is missing here: the camera goes dark, and the page says what helps. */
export function meetTrouble(turn: Turn, why: Why): void {
  turn.state.trouble = why;
  fail(turn, 'trouble');
}

function fail(turn: Turn, phase: Phase): void {
  turn.state.request = null;
  closeCamera(turn);
  turn.enter(phase);
}

export function closeCamera(turn: Turn): void {
  turn.state.camera = null;
  turn.state.camera_serial = 0;
  turn.emit({ type: 'close_camera' });
}

/** Hears what became of the check. */
export function heardResult(turn: Turn, serial: number, answer: FaceResult): void {
  const request = requestOf(turn, serial);
  if (request === null || turn.state.phase !== 'settling') return;
  if (answer.is === 'failed') failed(turn, request, answer.wait_ms);
  else if (answer.is === 'fault') fail(turn, 'fault');
  else settle(turn, answer);
}

/** Ends that are explained here; others (missed, withdrawn) are the host's to explain. */
const CLOSING = ['review', 'failed', 'blocked'] as const;

type Settled = Exclude<FaceResult, { is: 'failed' | 'fault' }>;

/** The answer to the check outweighs what the socket said; its reasons are kept. */
function settle(turn: Turn, answer: Settled): void {
  turn.state.request = null;
  const told = turn.state.result;
  const words = { codes: told?.codes ?? [], broken: told?.broken ?? null, shown_at_ms: turn.at_ms };
  if (answer.is === 'again') {
    const outcome = answer.step_up ? 'step_up' : 'again';
    const { attempts_left } = answer;
    turn.state.result = { ...words, outcome, attempts_left, reply: null, url: '' };
  } else {
    const outcome = answer.is === 'passed' ? 'passed' : CLOSING.find((one) => one === answer.outcome);
    const url = answer.is === 'ended' ? answer.url : '';
    if (outcome === undefined) {
      finish(turn, answer.reply, url);
      return;
    }
    turn.state.result = { ...words, outcome, attempts_left: null, reply: answer.reply, url };
  }
  showResult(turn);
}

/** Shows the result. The camera stays on only where it is wanted again at once: browsers may ask for it anew each time. */
export function showResult(turn: Turn): void {
  const outcome = turn.state.result?.outcome;
  if (outcome !== 'again' && outcome !== 'step_up') closeCamera(turn);
  turn.emit({ type: 'tone' });
  turn.enter('result');
}

/** Hears that it is known that there can be no check here. */
export function heardExcuse(turn: Turn, serial: number, answer: FaceResult): void {
  const request = requestOf(turn, serial);
  if (request === null || turn.state.phase !== 'excusing') return;
  if (answer.is === 'failed') failed(turn, request, answer.wait_ms);
  else if (answer.is === 'fault' || answer.is === 'again') fail(turn, 'fault');
  else {
    turn.state.request = null;
    finish(turn, answer.reply, answer.is === 'ended' ? answer.url : '');
  }
}

/** Hands on what is settled, to the host or to the next page. */
export function finish(turn: Turn, reply: Reply | null, url: string): void {
  if (turn.state.camera !== null) closeCamera(turn);
  turn.enter('over');
  turn.emit({ type: 'finish', reply, url: url === '' ? turn.state.setup.next_url : url });
}
