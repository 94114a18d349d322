/** What is said in the socket of an attempt, and what it means when it closes. */
import type { Said } from '../../core/face_check';
import { begin, fetchResult, meetTrouble, showResult, wait } from './asking';
import type { Event } from './events';
import { type Broken, isLive, NOTHING_SHOWN, type Shown, type Turn } from './state';

/** Attempts that the page begins anew by itself: a weak network must not ask for a press each time. */
const REBEGIN_AT_MOST = 3;
const FULL_WAIT_MS = 3_000;

const FULL = 4503;
const TOO_LATE = 4408;
const CONFUSED: readonly number[] = [4400, 4401, 4403, 4409, 4413, 4429];

/** Hears one message; one of an earlier attempt means nothing any more. */
export function heard(turn: Turn, { serial, said, frames_per_s }: Extract<Event, { type: 'said' }>): void {
  const { attempt, phase } = turn.state;
  if (attempt?.serial !== serial || !isLive(turn.state) || phase === 'settling') return;
  turn.facts({ frames_per_s });
  runTime(turn, said.do !== 'queue');
  if ('slot' in said && attempt.slot !== null && said.slot < attempt.slot) return;
  (HEARD[said.do] as (turn: Turn, said: Said) => void)(turn, said);
}

type Hearers = { readonly [D in Said['do']]: (turn: Turn, said: Extract<Said, { do: D }>) => void };

const HEARD: Hearers = {
  queue: (turn, { place }) => {
    show(turn, { place });
    turn.enter('queue');
  },
  place: (turn, { slot, hint, done, of }) => {
    turn.attempt({ slot });
    if (hint === 'dark' || hint === 'bright') turn.facts({ light: hint });
    else if (hint === null) turn.facts({ light: null });
    show(turn, { hint, done, of });
    turn.enter('placing');
  },
  flash: (turn, { slot, colour, number, of }) => {
    // Frames name the new slot only once its colour can be seen: `hearPainted`.
    turn.attempt({ is_challenged: true });
    show(turn, { colour, colour_slot: slot, done: number, of });
    turn.enter('flashing');
    turn.emit({ type: 'paint', serial: turn.state.attempt?.serial ?? 0, slot });
  },
  act: (turn, { slot, action, number, of }) => {
    turn.attempt({ is_challenged: true, slot });
    show(turn, { action, done: number, of });
    turn.enter('acting');
    turn.emit({ type: 'tone' });
  },
  rest: (turn, { slot }) => {
    turn.attempt({ slot });
    // What was counted before is an action only after one: colours and first looks are none.
    const { done, of } = turn.state.phase === 'acting' ? turn.state.shown : NOTHING_SHOWN;
    show(turn, { done, of });
    turn.enter('resting');
  },
  judging: (turn) => {
    const { done, of } = turn.state.shown;
    show(turn, { done, of });
    turn.enter('judging');
  },
  done: (turn, { outcome, codes, attempts_left }) => {
    const result = { outcome, codes, attempts_left, broken: null, shown_at_ms: turn.at_ms };
    turn.state.result = { ...result, reply: null, url: '' };
    conclude(turn);
  },
};

function show(turn: Turn, shown: Partial<Shown>): void {
  turn.state.shown = { ...NOTHING_SHOWN, ...shown };
}

/** The time stands still in the queue. */
function runTime(turn: Turn, runs: boolean): void {
  const { attempt } = turn.state;
  if (attempt === null) return;
  if (!runs && attempt.until_ms !== null)
    turn.attempt({ left_ms: Math.max(0, attempt.until_ms - turn.at_ms), until_ms: null });
  else if (runs && attempt.until_ms === null) turn.attempt({ until_ms: turn.at_ms + attempt.left_ms });
}

/** The colour of a slot is on the screen: from now on frames show it. */
export function hearPainted(turn: Turn, { serial, slot }: Extract<Event, { type: 'painted' }>): void {
  const { attempt, shown } = turn.state;
  if (attempt?.serial !== serial || shown.colour_slot !== slot) return;
  turn.attempt({ slot });
  turn.emit({ type: 'say', body: JSON.stringify({ painted: slot }) });
}

/** The socket has closed without having said what came of it. */
export function heardClosing(turn: Turn, { serial, code }: Extract<Event, { type: 'socket_closed' }>): void {
  const { attempt, phase } = turn.state;
  if (attempt?.serial !== serial || !isLive(turn.state) || phase === 'settling') return;
  if (code === FULL) waitForRoom(turn);
  else if (code === TOO_LATE) breakOff(turn, 'too_late');
  else if (CONFUSED.includes(code)) breakOff(turn, 'confused');
  else if (!attempt.is_challenged && mayRebegin(turn)) begin(turn);
  else breakOff(turn, 'connection_lost');
}

/** The attempt is not used up. */
function waitForRoom(turn: Turn): void {
  turn.state.attempt = null;
  turn.state.shown = NOTHING_SHOWN;
  if (!mayRebegin(turn)) {
    meetTrouble(turn, 'no_service');
    return;
  }
  wait(turn, FULL_WAIT_MS);
}

function mayRebegin(turn: Turn): boolean {
  turn.state.rebegun += 1;
  return turn.state.rebegun <= REBEGIN_AT_MOST;
}

/** The attempt is over without a judgement, or with one that was not heard. */
export function breakOff(turn: Turn, broken: Broken): void {
  const attempts_left = null;
  const result = { outcome: 'again', codes: [], attempts_left, broken, shown_at_ms: turn.at_ms } as const;
  turn.state.result = { ...result, reply: null, url: '' };
  turn.emit({ type: 'disconnect' });
  conclude(turn);
}

/** A check is settled by asking what became of it; enrolling and trying end with the socket. */
function conclude(turn: Turn): void {
  if (turn.state.setup.check !== null) fetchResult(turn);
  else showResult(turn);
}
