/**
 * The player as a pure machine: `step` takes what it remembers, what happened and when, and returns what it remembers then and
 * what is to be done. It reads no clock, no page and no network, so that every course of events can be tested.
 */
import { converse, hasten, heardBeat, nextBeatAt, sendLeave, takeLeave } from './beats';
import { attendCheck, choose, hastenCheck, heardFace, heardOutcome, heardShow, nextCheckAt } from './check';
import { forgetCheck, signOut } from './ending';
import type { Effect, Event } from './events';
import { look, seekTo, startPlaying, stopPlaying, wantBeat } from './guard';
import { measure, PAYABLE_MS } from './idle';
import { ask, askAgain, hastenOpening, heardOpening } from './opening';
import { isLearning, mayPlay, type State, Turn } from './state';

export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** Takes one event at `at_ms` of a clock that does not go back. */
export function step(state: State, event: Event, at_ms: number): Step {
  const turn = new Turn(state, at_ms);
  measure(turn);
  if (TOUCHES.some((type) => type === event.type)) turn.touch();
  dispatch(turn, event);
  settle(turn);
  return { state: turn.state, effects: turn.effects };
}

/** What only a learner who is there can do. */
const TOUCHES: readonly Event['type'][] = ['touched', 'toggle', 'seek_to', 'take_over', 'choose', 'leave'];

type Handlers = { readonly [T in Event['type']]: (turn: Turn, event: Extract<Event, { type: T }>) => void };

const HANDLERS: Handlers = {
  media: (turn, { seeking, sample }) => look(turn, seeking, sample),
  toggle,
  touched: () => undefined,
  seek_to: (turn, { position_ms }) => {
    const { state } = turn;
    const may_seek = isLearning(state) ? state.check === null : state.phase === 'uncounted';
    if (may_seek) seekTo(turn, position_ms);
  },
  take_over: (turn, { yes }) => {
    if (turn.state.phase !== 'asking') return;
    if (yes) signIn(turn, true);
    else turn.state.phase = 'ready';
  },
  choose: (turn, { choice, reaction_ms }) => choose(turn, choice, reaction_ms),
  leave: (turn) => {
    if (turn.state.phase === 'learning') takeLeave(turn);
    else signOut(turn, turn.state.lesson.leave_url);
  },
  visibility,
  network: (turn, { online }) => {
    turn.state.online = online;
    if (!online) return;
    hasten(turn);
    hastenOpening(turn);
    hastenCheck(turn);
  },
  pagehide: (turn) => {
    stopPlaying(turn);
    if (isLearning(turn.state)) sendLeave(turn, true);
    if (turn.state.phase === 'learning' || turn.state.phase === 'opening') turn.state.phase = 'left';
    forgetCheck(turn);
  },
  pageshow: (turn) => {
    if (turn.state.phase === 'left') ask(turn, 'back', false);
    else if (turn.state.phase === 'over') turn.state.phase = 'ready';
  },
  play_blocked: (turn) => {
    if (turn.state.check === null) turn.state.hold = 'blocked';
    turn.state.media = { ...turn.state.media, paused: true };
  },
  picture_trouble: (turn, { for_good }) => turn.notify(for_good ? 'picture_failed' : 'picture_trouble'),
  locked: (turn, { is_locked }) => {
    turn.state.locked = is_locked;
  },
  timer: (turn) => {
    turn.state.wake_at_ms = null;
  },
  opening_answer: (turn, { serial, answer }) => heardOpening(turn, serial, answer),
  beat_answer: (turn, { serial, answer }) => heardBeat(turn, serial, answer),
  check_shown: (turn, { serial, answer }) => heardShow(turn, serial, answer),
  check_outcome: (turn, { serial, answer }) => heardOutcome(turn, serial, answer),
  faced: (turn, { answer }) => heardFace(turn, answer),
};

function dispatch<T extends Event['type']>(turn: Turn, event: Extract<Event, { type: T }>): void {
  const handler = HANDLERS[event.type as T];
  handler(turn, event);
}

function toggle(turn: Turn): void {
  const { state } = turn;
  if (state.phase === 'ready') signIn(turn, false);
  else if (state.phase === 'fault') turn.emit({ type: 'reload' });
  else if (!state.media.paused) stopPlaying(turn);
  else if (mayPlay(state)) startPlaying(turn);
  else hastenOpening(turn);
}

function signIn(turn: Turn, take_over: boolean): void {
  turn.state.hold = 'none';
  turn.emit({ type: 'prime' });
  ask(turn, 'tap', take_over);
}

function visibility(turn: Turn, { hidden }: { readonly hidden: boolean }): void {
  const { state } = turn;
  if (state.hidden === hidden) return;
  state.hidden = hidden;
  if (hidden && !state.media.paused) {
    stopPlaying(turn);
    state.hold = 'hidden';
  }
  // On return too: the server may have signed out meanwhile, and the learner should know before going on.
  wantBeat(turn);
}

/** Does what has fallen due and sets the clock for what falls due next. */
function settle(turn: Turn): void {
  holdInSilence(turn);
  holdWhenIdle(turn);
  askAgain(turn);
  attendCheck(turn);
  const { state, at_ms } = turn;
  const { leave_by_ms } = state.talk;
  if (state.phase === 'learning' && leave_by_ms !== null && at_ms >= leave_by_ms)
    signOut(turn, state.lesson.leave_url);
  converse(turn);
  if (state.notice !== null && at_ms >= state.notice.until_ms) state.notice = null;
  keepAwake(turn);
  schedule(turn);
}

function silentAt(state: State): number {
  const watching = isLearning(state) && !state.media.paused;
  return watching ? state.talk.heard_at_ms + PAYABLE_MS : Number.POSITIVE_INFINITY;
}

/** What is watched without a word from the server for a minute would not be paid: stop, and say so. */
function holdInSilence(turn: Turn): void {
  if (turn.at_ms < silentAt(turn.state)) return;
  stopPlaying(turn);
  turn.state.hold = 'silence';
}

function idleAt(state: State): number {
  const { pace } = state.lesson;
  const reading = pace !== null && !state.media.paused;
  return reading ? state.touched_at_ms + pace.idle_ask_ms : Number.POSITIVE_INFINITY;
}

/** A page that nobody has touched for long may lie before nobody: stop, and ask. */
function holdWhenIdle(turn: Turn): void {
  if (turn.at_ms < idleAt(turn.state)) return;
  stopPlaying(turn);
  turn.state.hold = 'idle';
}

function keepAwake(turn: Turn): void {
  const { state } = turn;
  const awake = state.check !== null ? !state.hidden : !state.media.paused && mayPlay(state);
  if (awake === turn.state.awake) return;
  turn.state.awake = awake;
  turn.emit({ type: 'wake_lock', on: awake });
}

function schedule(turn: Turn): void {
  const { state, at_ms } = turn;
  const wake_at_ms = Math.min(
    silentAt(state),
    idleAt(state),
    nextBeatAt(state),
    nextCheckAt(state),
    state.notice?.until_ms ?? Number.POSITIVE_INFINITY,
    (state.phase === 'opening' ? state.opening?.retry_at_ms : null) ?? Number.POSITIVE_INFINITY,
  );
  if (!Number.isFinite(wake_at_ms) || wake_at_ms === state.wake_at_ms) return;
  state.wake_at_ms = wake_at_ms;
  turn.emit({ type: 'schedule', in_ms: Math.max(0, wake_at_ms - at_ms) });
}
