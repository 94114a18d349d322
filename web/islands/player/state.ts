/** What the player remembers, and one turn of the machine over it. */
import type { Stretch } from '../../core/answers';
import type { Prompt } from '../../core/check_answers';
import type { Effect, Sample } from './events';
import type { MessageKey } from './messages';

/**
 * ready: waits for the tap that signs in · opening: asks the server · asking: another window counts, the learner decides ·
 * learning: a session is open · uncounted: may be watched, earns nothing · over: signed out, on the way to the page that
 * says why · left: the page went away · fault: only loading the page anew helps.
 */
export type Phase = 'ready' | 'opening' | 'asking' | 'learning' | 'uncounted' | 'over' | 'left' | 'fault';

/** Why the machine itself keeps the picture still: page hidden, server silent, browser wants a tap, check open, reader idle. */
export type Hold = 'none' | 'hidden' | 'silence' | 'blocked' | 'check' | 'idle';

/** How a document is read; a film is not. */
export interface Pace {
  /** What a page counts. */
  readonly page_ms: number;
  /** After so long without a touch the reader is asked whether they are still there. */
  readonly idle_ask_ms: number;
}

/** What the page says about the lesson. */
export interface Lesson {
  readonly length_ms: number;
  readonly reached_ms: number;
  readonly leave_url: string;
  /** Null for a film. */
  readonly pace: Pace | null;
}

/** What is needed to sign the next beat. */
export interface Session {
  readonly id: string;
  readonly key: string;
  /** Number, tag and nonce of the last beat that was acknowledged. */
  readonly n: number;
  readonly tag: string;
  readonly nonce: string;
}

/** tap: the learner starts · renew: the server wants a new session, playing goes on · back: the page came back. */
export type OpeningReason = 'tap' | 'renew' | 'back';

export interface OpeningRequest {
  readonly reason: OpeningReason;
  readonly take_over: boolean;
  readonly serial: number;
  readonly failures: number;
  /** When to ask again; null while an answer is awaited. */
  readonly retry_at_ms: number | null;
}

/** A beat on its way. Never more than one. */
export interface Flight {
  readonly serial: number;
  readonly body: string;
  readonly tag: string;
  readonly position_ms: number;
  /** Reading of the idle meter when it was made. */
  readonly idle_mark_ms: number;
  readonly sent_at_ms: number;
  readonly leaves: boolean;
  /** When to send the same body again; null while an answer is awaited. */
  readonly resend_at_ms: number | null;
  /** Made before a check was passed: what it claims is settled, and what is answered to it is old. */
  readonly outdated: boolean;
}

/** The conversation by beats in the present session. */
export interface Talk {
  readonly flight: Flight | null;
  /** Beats of the present number whose answers were lost; one of them may have been heard. */
  readonly lost: readonly Flight[];
  readonly due_at_ms: number;
  /** Before this not even an event is reported: the server or the network needs a pause. */
  readonly not_before_ms: number;
  readonly event_wanted: boolean;
  readonly event_sent_at_ms: readonly number[];
  /** Failures since the last answer. */
  readonly failures: number;
  /** Times in a row that the server and the page disagreed about the number. */
  readonly resyncs: number;
  /** When the last acknowledged beat was sent: the server pays at most a minute from here. */
  readonly heard_at_ms: number;
  /** Flags raised since the last acknowledged beat, and those since the last one sent. */
  readonly flags: number;
  readonly flags_since_sent: number;
  /** When to go without an answer, once the learner leaves; null otherwise. */
  readonly leave_by_ms: number | null;
}

/** Two readings of one meter: idle time up to now, and up to the last acknowledged beat. Their difference is claimed. */
export interface Idle {
  readonly total_ms: number;
  readonly acknowledged_ms: number;
}

/** What the guard knows about honest watching. */
export interface Guard {
  /** When the picture was last looked at. */
  readonly seen_at_ms: number;
  /** Furthest position that was played to, not jumped to. */
  readonly played_ms: number;
  /** Media time that may still pass now without being called a jump. */
  readonly slack_ms: number;
  /** Position that was watched but not yet claimed when the learner went back; 0 if none. */
  readonly owed_ms: number;
  /** Where our own seek goes, so that its event is not taken for the learner's. */
  readonly own_seek_ms: number | null;
}

/** The server's figures. */
export interface Figures {
  readonly reached_ms: number;
  readonly credited_ms: number;
  readonly day_ms: number;
  readonly cap_ms: number;
}

/** What the server is asked about a check. */
export interface CheckRequest {
  readonly serial: number;
  /** The answer of the learner; null when the question is being fetched. */
  readonly body: string | null;
  readonly choice: number | null;
  readonly failures: number;
  readonly sent_at_ms: number;
  /** When to ask again; null while an answer is awaited. */
  readonly retry_at_ms: number | null;
}

/** An open check. */
export interface Check {
  /** The question as last shown; null while it is being fetched. */
  readonly prompt: Prompt | null;
  readonly until_ms: number;
  /** Null while the learner thinks, and once the time is over. */
  readonly request: CheckRequest | null;
  /** The last press was not what the question asked for. */
  readonly is_again: boolean;
  readonly is_over: boolean;
}

export interface Notice {
  readonly key: MessageKey;
  readonly values: Readonly<Record<string, string>>;
  readonly until_ms: number;
}

export interface State {
  readonly lesson: Lesson;
  readonly phase: Phase;
  readonly hold: Hold;
  readonly at_ms: number;
  readonly wake_at_ms: number | null;
  readonly serial: number;
  readonly hidden: boolean;
  readonly online: boolean;
  readonly awake: boolean;
  /** The stream waits for a key that is not released yet. */
  readonly locked: boolean;
  /** When the reader was last seen to be there. */
  readonly touched_at_ms: number;
  readonly media: Sample;
  readonly guard: Guard;
  readonly opening: OpeningRequest | null;
  readonly session: Session | null;
  readonly talk: Talk;
  readonly check: Check | null;
  readonly idle: Idle;
  readonly figures: Figures;
  readonly stretches: readonly Stretch[];
  /** Why the server does not credit at present, if it said so. */
  readonly refusal: string | null;
  /** The server's own sentence. */
  readonly message: string | null;
  readonly notice: Notice | null;
}

const NOTICE_MS = 6_000;

const SILENT_TALK: Talk = {
  flight: null,
  lost: [],
  due_at_ms: 0,
  not_before_ms: 0,
  event_wanted: false,
  event_sent_at_ms: [],
  failures: 0,
  resyncs: 0,
  heard_at_ms: 0,
  flags: 0,
  flags_since_sent: 0,
  leave_by_ms: null,
};

/** Returns the player before anything has happened. */
export function beginning(lesson: Lesson, at_ms: number): State {
  const position_ms = startFrom(lesson.reached_ms, lesson.length_ms);
  return {
    lesson,
    phase: 'ready',
    hold: 'none',
    at_ms,
    wake_at_ms: null,
    serial: 0,
    hidden: false,
    online: true,
    awake: false,
    locked: false,
    touched_at_ms: at_ms,
    media: { position_ms, paused: true, ended: false, rate: 1, buffering: false },
    guard: { seen_at_ms: at_ms, played_ms: position_ms, slack_ms: 0, owed_ms: 0, own_seek_ms: null },
    opening: null,
    session: null,
    talk: SILENT_TALK,
    check: null,
    idle: { total_ms: 0, acknowledged_ms: 0 },
    figures: { reached_ms: lesson.reached_ms, credited_ms: 0, day_ms: 0, cap_ms: 0 },
    stretches: [],
    refusal: null,
    message: null,
    notice: null,
  };
}

/** Returns where to start: where the learner was, and from the beginning when that was the end. */
export function startFrom(position_ms: number, length_ms: number): number {
  return position_ms < length_ms - 1_000 ? position_ms : 0;
}

/** Returns the conversation of a session that was opened at `at_ms`. */
export function freshTalk(at_ms: number, next_ms: number): Talk {
  return { ...SILENT_TALK, heard_at_ms: at_ms, due_at_ms: at_ms + next_ms };
}

type Parts = { -readonly [K in keyof State]: State[K] };

/** One turn: a copy of the state that may be changed part by part, and the effects so far. Parts are replaced, never edited. */
export class Turn {
  readonly state: Parts;
  readonly effects: Effect[] = [];
  readonly at_ms: number;

  constructor(state: State, at_ms: number) {
    this.at_ms = Math.max(Math.round(at_ms), state.at_ms);
    this.state = { ...state };
  }

  emit(effect: Effect): void {
    this.effects.push(effect);
  }

  guard(change: Partial<Guard>): void {
    this.state.guard = { ...this.state.guard, ...change };
  }

  talk(change: Partial<Talk>): void {
    this.state.talk = { ...this.state.talk, ...change };
  }

  /** Says something for a few seconds. */
  notify(key: MessageKey, values: Notice['values'] = {}, for_ms = NOTICE_MS): void {
    this.state.notice = { key, values, until_ms: this.at_ms + for_ms };
  }

  /** The learner has done something: nobody needs to ask whether they are there. */
  touch(): void {
    this.state.touched_at_ms = this.at_ms;
  }

  nextSerial(): number {
    this.state.serial += 1;
    return this.state.serial;
  }
}

/** A session is open, or is being renewed while the picture goes on. */
export function isLearning(state: State): boolean {
  return state.phase === 'learning' || (state.phase === 'opening' && state.opening?.reason === 'renew');
}

/** Whether the picture may move at all now. */
export function mayPlay(state: State): boolean {
  const held = state.hidden || state.hold === 'silence' || state.check !== null;
  return (isLearning(state) || state.phase === 'uncounted') && !held;
}

/** The furthest position that may be sought. */
export function limitOf(state: State): number {
  return Math.max(state.figures.reached_ms, state.guard.played_ms);
}
