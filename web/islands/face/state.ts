/** What a face check on the page remembers, and one turn of the machine over it. */
import type { Action, Begun, Code, FaceOutcome, Hint, Why } from '../../core/face_check';
import type { Reply } from '../../core/reply';
import type { Camera, Effect, Input } from './events';

/** enrol: one's face is stored · check: an open check · trial: one's device is tried. */
export type Purpose = 'enrol' | 'check' | 'trial';

/**
 * idle: waits for the one button · asking: the browser asks for the camera · opening: its first picture is waited for · beginning: the server is asked for an attempt ·
 * busy: the server is full · connecting: the socket opens · queue, placing, flashing, acting, resting, judging: as the
 * server says · settling: what became of the check is fetched · result: it is shown · refused: the server's own sentence · trouble: something is
 * missing here · excusing: that is being told · stopped: by the learner · over: handed on · fault: only loading the page anew helps.
 */
export type Phase =
  | 'idle'
  | 'asking'
  | 'opening'
  | 'beginning'
  | 'busy'
  | 'connecting'
  | 'queue'
  | 'placing'
  | 'flashing'
  | 'acting'
  | 'resting'
  | 'judging'
  | 'settling'
  | 'result'
  | 'refused'
  | 'trouble'
  | 'excusing'
  | 'stopped'
  | 'over'
  | 'fault';

/** What the page says about the check. */
export interface Setup {
  readonly purpose: Purpose;
  /** The open check; null for other purposes. */
  readonly check: string | null;
  /** What is missing before anything is tried. */
  readonly missing: Why | null;
  readonly prefers_actions: boolean;
  /** People have arranged that no colours are shown. */
  readonly without_flash: boolean;
  /** Where to go once it is over. */
  readonly next_url: string;
}

/** Something asked of the server. */
export interface Request {
  readonly serial: number;
  readonly failures: number;
  readonly sent_at_ms: number;
  /** When to ask again; null while an answer is awaited. */
  readonly retry_at_ms: number | null;
}

/** An attempt that the server has begun. */
export interface Attempt {
  readonly serial: number;
  readonly begun: Begun;
  readonly left_ms: number;
  /** When the time is over; null while it does not run. */
  readonly until_ms: number | null;
  /** A colour or an action was shown: from here on it counts as one of the attempts. */
  readonly is_challenged: boolean;
  /** What frames show now; null before there is anything to show. */
  readonly slot: number | null;
}

/** What is on the screen of an attempt. */
export interface Shown {
  readonly place: number;
  readonly hint: Hint | null;
  readonly done: number;
  readonly of: number;
  readonly colour: string | null;
  /** The slot of that colour. */
  readonly colour_slot: number | null;
  readonly action: Action | null;
}

/** Why an attempt ended without the server's judgement. */
export type Broken = 'connection_lost' | 'too_late' | 'confused';

export interface Result {
  readonly outcome: FaceOutcome;
  readonly codes: readonly Code[];
  readonly broken: Broken | null;
  /** Null where the server has not said. */
  readonly attempts_left: number | null;
  readonly shown_at_ms: number;
  /** The answer that settles a check, for the host; null elsewhere. */
  readonly reply: Reply | null;
  /** Where it is explained; empty if nowhere. */
  readonly url: string;
}

/** What a try of the device has measured. */
export interface Facts {
  readonly delay_ms: number | null;
  readonly frames_per_s: number;
  /** The last complaint about the light, if there was one. */
  readonly light: 'dark' | 'bright' | null;
}

export interface State {
  readonly setup: Setup;
  readonly phase: Phase;
  readonly at_ms: number;
  /** When the phase began. */
  readonly since_ms: number;
  readonly wake_at_ms: number | null;
  readonly serial: number;
  readonly hidden: boolean;
  /** The page was left during this attempt. */
  readonly was_hidden: boolean;
  readonly awake: boolean;
  readonly sounds: boolean;
  readonly prefers_actions: boolean;
  readonly camera: Camera | null;
  /** The cameras of this device, as the last one that opened told. */
  readonly inputs: readonly Input[];
  /** The last one that opened, and the size of its picture. */
  readonly used_camera: string | null;
  readonly camera_size: readonly [number, number] | null;
  /** Of the camera that is open or being opened. */
  readonly camera_serial: number;
  /** The camera that the learner has chosen. */
  readonly chosen_camera: string | null;
  readonly request: Request | null;
  readonly attempt: Attempt | null;
  /** Attempts begun anew by the page itself, since the learner pressed. */
  readonly rebegun: number;
  readonly shown: Shown;
  readonly result: Result | null;
  readonly trouble: Why | null;
  readonly refusal: { readonly message: string; readonly url: string } | null;
  readonly facts: Facts;
}

export const NOTHING_SHOWN: Shown = {
  place: 0,
  hint: null,
  done: 0,
  of: 0,
  colour: null,
  colour_slot: null,
  action: null,
};
const NO_FACTS: Facts = { delay_ms: null, frames_per_s: 0, light: null };

/** Returns a face check before anything has happened. */
export function beginning(setup: Setup, at_ms: number): State {
  return {
    setup,
    phase: setup.missing === null ? 'idle' : 'trouble',
    at_ms,
    since_ms: at_ms,
    wake_at_ms: null,
    serial: 0,
    hidden: false,
    was_hidden: false,
    awake: false,
    sounds: true,
    prefers_actions: setup.prefers_actions,
    camera: null,
    inputs: [],
    used_camera: null,
    camera_size: null,
    camera_serial: 0,
    chosen_camera: null,
    request: null,
    attempt: null,
    rebegun: 0,
    shown: NOTHING_SHOWN,
    result: null,
    trouble: setup.missing,
    refusal: null,
    facts: NO_FACTS,
  };
}

type Parts = { -readonly [K in keyof State]: State[K] };

/** One turn: a copy of the state that may be changed part by part, and the effects so far. Parts are replaced, never edited. */
export class Turn {
  readonly state: Parts;
  readonly effects: Effect[] = [];
  readonly at_ms: number;

  constructor(state: State, at_ms: number) {
    this.at_ms = Math.max(Math.round(at_ms), state.at_ms);
    this.state = { ...state, at_ms: this.at_ms };
  }

  emit(effect: Effect): void {
    this.effects.push(effect);
  }

  enter(phase: Phase): void {
    if (this.state.phase === phase) return;
    this.state.phase = phase;
    this.state.since_ms = this.at_ms;
  }

  attempt(change: Partial<Attempt>): void {
    if (this.state.attempt !== null) this.state.attempt = { ...this.state.attempt, ...change };
  }

  facts(change: Partial<Facts>): void {
    this.state.facts = { ...this.state.facts, ...change };
  }

  nextSerial(): number {
    this.state.serial += 1;
    return this.state.serial;
  }
}

/** In front of the camera: the whole screen is the check's. */
export const LIVE: readonly Phase[] = [
  'opening',
  'beginning',
  'busy',
  'connecting',
  'queue',
  'placing',
  'flashing',
  'acting',
  'resting',
  'judging',
  'settling',
];

/** The phases in which the server looks at frames. */
const SENDING: readonly Phase[] = ['placing', 'flashing', 'acting', 'resting'];

export function isLive({ phase }: State): boolean {
  return LIVE.includes(phase);
}

/** A try of the device shows no colours, nor does anything where people have arranged that: there is nothing to choose. */
export function mayFlash({ setup }: State): boolean {
  return setup.purpose !== 'trial' && !setup.without_flash;
}

/** Returns the slot that frames must name now; null: send none. */
export function sendingSlot({ phase, attempt }: State): number | null {
  return SENDING.includes(phase) ? (attempt?.slot ?? null) : null;
}
