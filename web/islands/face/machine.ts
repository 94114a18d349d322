/**
 * The face check as a pure machine: `step` takes what it remembers, what happened and when, and returns what it remembers then and
 * what is to be done. It reads no clock, no page, no camera and no network.
 */
import {
  askAgain,
  begin,
  closeCamera,
  excuse,
  finish,
  heardBegin,
  heardExcuse,
  heardResult,
  meetTrouble,
} from './asking';
import type { Effect, Event } from './events';
import { breakOff, heard, heardClosing, hearPainted } from './socket_talk';
import { beginning, isLive, LIVE, NOTHING_SHOWN, type State, Turn } from './state';

export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** Takes one event at `at_ms` of a clock that does not go back. */
export function step(state: State, event: Event, at_ms: number): Step {
  const turn = new Turn(state, at_ms);
  dispatch(turn, event);
  settle(turn);
  return { state: turn.state, effects: turn.effects };
}

const OPENING: readonly State['phase'][] = ['asking', 'opening'];

type Handlers = { readonly [T in Event['type']]: (turn: Turn, event: Extract<Event, { type: T }>) => void };

const HANDLERS: Handlers = {
  start,
  stop: (turn) => {
    if (!isLive(turn.state) && turn.state.phase !== 'asking') return;
    leave(turn);
    turn.enter('stopped');
  },
  prefer,
  switch_camera: switchCamera,
  sound: (turn, { on }) => {
    turn.state.sounds = on;
  },
  excuse,
  go_on: goOn,
  opened: (turn, { check }) => {
    leave(turn);
    const { setup, sounds, prefers_actions, hidden, serial, chosen_camera, inputs, used_camera } = turn.state;
    const kept = { sounds, prefers_actions, hidden, serial, chosen_camera, inputs, used_camera };
    Object.assign(turn.state, beginning({ ...setup, check }, turn.at_ms), kept);
  },
  closed: (turn) => {
    leave(turn);
    turn.enter('over');
  },
  // Safari shows no first picture in an element that is not seen: from here on it is.
  camera_allowed: (turn, { serial }) => {
    if (serial === turn.state.camera_serial && turn.state.phase === 'asking') turn.enter('opening');
  },
  camera_ready: (turn, { serial, camera }) => {
    if (serial !== turn.state.camera_serial || !OPENING.includes(turn.state.phase)) return;
    const { id, inputs, width, height } = camera;
    Object.assign(turn.state, { camera, inputs, used_camera: id, camera_size: [width, height] });
    begin(turn);
  },
  camera_failed: (turn, { serial, why }) => {
    if (serial === turn.state.camera_serial && OPENING.includes(turn.state.phase)) meetTrouble(turn, why);
  },
  camera_lost: (turn, { serial }) => {
    if (serial !== turn.state.camera_serial || turn.state.camera === null) return;
    if (isLive(turn.state)) {
      leave(turn);
      meetTrouble(turn, 'in_use');
    } else closeCamera(turn);
  },
  begin_answer: (turn, { serial, answer }) => heardBegin(turn, serial, answer),
  said: heard,
  socket_closed: heardClosing,
  painted: hearPainted,
  result_answer: (turn, { serial, answer }) => heardResult(turn, serial, answer),
  excuse_answer: (turn, { serial, answer }) => heardExcuse(turn, serial, answer),
  visibility,
  timer: (turn) => {
    turn.state.wake_at_ms = null;
  },
};

function dispatch<T extends Event['type']>(turn: Turn, event: Extract<Event, { type: T }>): void {
  const handler = HANDLERS[event.type as T];
  handler(turn, event);
}

/** The one button, wherever it stands: the camera is asked for only inside a press. */
function start(turn: Turn): void {
  const { state } = turn;
  if (state.phase === 'fault') turn.emit({ type: 'reload' });
  else if (state.phase === 'result' ? mayRepeat(state) : STARTS.includes(state.phase)) openOrBegin(turn);
}

const STARTS: readonly State['phase'][] = ['idle', 'stopped', 'trouble', 'refused'];

/** Outside a check, whoever has switched a camera program off, or only tries the device, may begin anew. */
export function mayRepeat({ result, setup }: State): boolean {
  const outcome = result?.outcome;
  if (outcome === 'again' || outcome === 'step_up') return result?.attempts_left !== 0;
  if (setup.purpose === 'trial') return outcome !== 'passed';
  return setup.purpose === 'enrol' && outcome === 'blocked';
}

function openOrBegin(turn: Turn): void {
  const { state } = turn;
  if (state.setup.missing !== null) return;
  Object.assign(turn.state, { rebegun: 0, trouble: null, refusal: null, result: null });
  if (state.camera === null) openCamera(turn);
  else begin(turn);
}

function openCamera(turn: Turn): void {
  turn.state.camera_serial = turn.nextSerial();
  turn.enter('asking');
  turn.emit({ type: 'open_camera', serial: turn.state.camera_serial, id: turn.state.chosen_camera });
}

/** Whoever has a camera program beside the camera must be able to take the camera. */
function switchCamera(turn: Turn): void {
  const { state } = turn;
  if (isLive(state) || state.phase === 'asking' || state.inputs.length < 2) return;
  const at = state.inputs.findIndex(({ id }) => id === state.used_camera);
  turn.state.chosen_camera = state.inputs[(at + 1) % state.inputs.length]?.id ?? null;
  if (state.camera !== null) closeCamera(turn);
  start(turn);
}

function prefer(turn: Turn, { actions }: Extract<Event, { type: 'prefer' }>): void {
  const { state } = turn;
  if (state.prefers_actions === actions) return;
  turn.state.prefers_actions = actions;
  turn.emit({ type: 'remember', prefers_actions: actions });
  if (!isLive(state) || state.attempt === null || state.phase === 'settling') return;
  // Whoever asks for this while colours change must not see another one.
  turn.emit({ type: 'disconnect' });
  begin(turn);
}

function goOn(turn: Turn): void {
  const { phase, result, refusal } = turn.state;
  if (phase === 'result' && result !== null) finish(turn, result.reply, result.url);
  else if (phase === 'refused' && refusal !== null) finish(turn, null, refusal.url);
}

/** Ends whatever goes on in front of the camera. */
function leave(turn: Turn): void {
  if (turn.state.attempt !== null) turn.emit({ type: 'disconnect' });
  if (turn.state.camera_serial !== 0) closeCamera(turn);
  Object.assign(turn.state, { request: null, attempt: null, shown: NOTHING_SHOWN });
}

/** A page that nobody sees keeps no camera, unless an attempt runs: its time goes on, and the learner may come back. */
function visibility(turn: Turn, { hidden }: { readonly hidden: boolean }): void {
  const { state } = turn;
  state.hidden = hidden;
  if (hidden && LIVE.includes(state.phase)) state.was_hidden = true;
  if (hidden && state.camera !== null && !LIVE.includes(state.phase)) closeCamera(turn);
}

/** The server's own end of the time comes first; this is for one that is never heard. */
const GRACE_MS = 4_000;
/** A permission that is not asked for where the learner can see it: help is shown beside the wait. */
export const HELP_AFTER_MS = 6_000;
/** Long enough to read one word. */
const PASSED_MS = 1_400;

function settle(turn: Turn): void {
  askAgain(turn);
  if (turn.at_ms >= overAt(turn.state)) breakOff(turn, 'too_late');
  const { result } = turn.state;
  if (result !== null && turn.at_ms >= doneAt(turn.state)) finish(turn, result.reply, result.url);
  keepAwake(turn);
  schedule(turn);
}

function overAt({ phase, attempt }: State): number {
  const runs = LIVE.includes(phase) && phase !== 'settling' && attempt?.until_ms != null;
  return runs ? (attempt?.until_ms ?? 0) + GRACE_MS : Number.POSITIVE_INFINITY;
}

/** A passed check needs no press: learning goes on. */
function doneAt({ phase, result, setup, since_ms }: State): number {
  const goes = phase === 'result' && result?.outcome === 'passed' && setup.purpose === 'check';
  return goes ? since_ms + PASSED_MS : Number.POSITIVE_INFINITY;
}

function keepAwake(turn: Turn): void {
  const on = isLive(turn.state);
  if (on === turn.state.awake) return;
  turn.state.awake = on;
  turn.emit({ type: 'wake_lock', on });
}

function helpAt({ phase, since_ms, at_ms }: State): number {
  const help_ms = since_ms + HELP_AFTER_MS;
  return phase === 'asking' && help_ms > at_ms ? help_ms : Number.POSITIVE_INFINITY;
}

function nextSecondAt(state: State): number {
  const left_ms = (state.attempt?.until_ms ?? 0) - state.at_ms;
  const counts = isLive(state) && left_ms > 0;
  return counts ? state.at_ms + ((left_ms - 1) % 1_000) + 1 : Number.POSITIVE_INFINITY;
}

function schedule(turn: Turn): void {
  const { state, at_ms } = turn;
  const wake_at_ms = Math.min(
    state.request?.retry_at_ms ?? Number.POSITIVE_INFINITY,
    overAt(state),
    doneAt(state),
    helpAt(state),
    nextSecondAt(state),
  );
  if (!Number.isFinite(wake_at_ms) || wake_at_ms === state.wake_at_ms) return;
  state.wake_at_ms = wake_at_ms;
  turn.emit({ type: 'schedule', in_ms: Math.max(0, wake_at_ms - at_ms) });
}
