/**
 * The conversation by beats: one on its way at a time, sent again unchanged when its answer was lost, and after that made
 * anew. Nothing is forgotten and nothing is claimed twice, whatever happens to an answer: idle time and flags stay noted
 * until the beat that carried them is acknowledged.
 */
import type { Accepted, BeatAnswer, Directive, Resync } from '../../core/answers';
import { Flag, sign, tagOf } from '../../core/beat';
import { lookOf, merge } from '../../core/minute_bar';
import { doubtCheck, openCheck } from './check';
import { signOut, stopForGood } from './ending';
import { acknowledge, giveUp } from './flights';
import { place, startPlaying, stopPlaying } from './guard';
import { unclaimedIdle } from './idle';
import { ask, backOff } from './opening';
import type { Flight, Session, State, Turn } from './state';

const RESENDS = 2;
/** The server carries 10 s: time that passed since an older body was measured would be lost when that body is judged. Make a fresh one. */
const STALE_MS = 5_000;
/** The server refuses beats closer than this, other than events. */
const RESYNC_WAIT_MS = 2_000;
const MAX_RESYNCS = 5;
/** The server allows 5 event beats in 10 s; one is kept for leaving. */
const EVENTS = 4;
const EVENTS_WINDOW_MS = 10_000;
const LEAVE_WAIT_MS = 4_000;
/** Reasons that go on until something changes; the others are over when they are read. */
const LASTING = [
  'over_cap',
  'lesson_full',
  'class_closed',
  'out_of_hours',
  'check_pending',
  'other_window',
] as const;

/** Sends what is due. */
export function converse(turn: Turn): void {
  const { state, at_ms } = turn;
  if (state.phase !== 'learning' || state.session === null) return;
  const { flight } = state.talk;
  if (flight === null) {
    const event = state.talk.event_wanted && at_ms >= eventDueAt(state);
    if (event || at_ms >= state.talk.due_at_ms) sendFresh(turn, state.session, event ? Flag.EVENT : 0);
  } else if (flight.resend_at_ms !== null && at_ms >= flight.resend_at_ms) {
    launch(turn, { ...flight, serial: turn.nextSerial(), resend_at_ms: null });
  }
}

/** Returns when the conversation next needs a turn. */
export function nextBeatAt(state: State): number {
  const { talk } = state;
  if (state.phase !== 'learning') return Number.POSITIVE_INFINITY;
  if (talk.leave_by_ms !== null) return talk.leave_by_ms;
  if (talk.flight !== null) return talk.flight.resend_at_ms ?? Number.POSITIVE_INFINITY;
  return talk.event_wanted ? Math.min(eventDueAt(state), talk.due_at_ms) : talk.due_at_ms;
}

function eventDueAt(state: State): number {
  const { event_sent_at_ms, not_before_ms } = state.talk;
  const oldest_ms = event_sent_at_ms[event_sent_at_ms.length - EVENTS];
  return Math.max(not_before_ms, oldest_ms === undefined ? 0 : oldest_ms + EVENTS_WINDOW_MS);
}

/** The learner leaves: judge what there is, then sign out; go in any case when no answer comes. */
export function takeLeave(turn: Turn): void {
  stopPlaying(turn);
  turn.talk({ leave_by_ms: turn.at_ms + LEAVE_WAIT_MS });
  const { flight } = turn.state.talk;
  if (flight === null || flight.resend_at_ms !== null) sendLeave(turn, false);
}

/** Sends the beat that signs out; `last` when the page itself goes away and cannot hear the answer. */
export function sendLeave(turn: Turn, last: boolean): void {
  const { session, talk } = turn.state;
  if (session === null) return;
  if (talk.flight !== null) giveUp(turn, talk.flight);
  sendFresh(turn, session, Flag.LEAVE | Flag.EVENT, last);
}

/** The network is back: try at once. */
export function hasten(turn: Turn): void {
  const { flight, failures } = turn.state.talk;
  if (flight !== null && flight.resend_at_ms !== null) {
    turn.talk({ flight: { ...flight, resend_at_ms: turn.at_ms } });
  } else if (failures > 0) {
    turn.talk({ due_at_ms: turn.at_ms, not_before_ms: turn.at_ms });
  }
}

function sendFresh(turn: Turn, session: Session, flags: number, last = false): void {
  const { state, at_ms } = turn;
  const beat = sign(
    {
      session: session.id,
      n: session.n + 1,
      prev: session.tag,
      position: Math.round(Math.max(state.media.position_ms, state.guard.owed_ms)),
      idle: unclaimedIdle(state),
      flags: state.talk.flags | flags,
      client_ms: at_ms,
      nonce: session.nonce,
    },
    session.key,
  );
  const flight: Flight = {
    serial: turn.nextSerial(),
    body: JSON.stringify(beat),
    tag: tagOf(beat),
    position_ms: beat.position,
    idle_mark_ms: state.idle.total_ms,
    sent_at_ms: at_ms,
    leaves: (flags & Flag.LEAVE) !== 0,
    resend_at_ms: null,
    outdated: false,
  };
  const recent = state.talk.event_sent_at_ms.filter((sent_ms) => sent_ms > at_ms - EVENTS_WINDOW_MS);
  const event_sent_at_ms = flags & Flag.EVENT ? [...recent, at_ms] : recent;
  turn.talk({ event_wanted: false, event_sent_at_ms, flags_since_sent: 0 });
  launch(turn, flight, last);
}

function launch(turn: Turn, flight: Flight, last = false): void {
  turn.talk({ flight });
  turn.emit({ type: 'send', serial: flight.serial, body: flight.body, last });
}

/** Hears the answer to the beat on its way; answers to any other are late and mean nothing. */
export function heardBeat(turn: Turn, serial: number, answer: BeatAnswer): void {
  const { session, talk, phase } = turn.state;
  const { flight } = talk;
  if (phase !== 'learning' || session === null || flight === null || flight.serial !== serial) return;
  if (answer.is === 'accepted') accepted(turn, { session, flight, answer });
  else if (answer.is === 'resync') resynced(turn, { session, flight, answer });
  else if (answer.is === 'signed_out') signOut(turn, answer.url);
  else if (answer.is === 'too_often') waitFor(turn, answer.wait_ms);
  else if (answer.is === 'failed') lostAnswer(turn, flight, answer.wait_ms ?? 0);
  else stopForGood(turn);
  if (turn.state.phase === 'learning' && turn.state.talk.leave_by_ms !== null)
    stillLeaving(turn, flight, answer);
}

function accepted(turn: Turn, heard: { session: Session; flight: Flight; answer: Accepted }): void {
  const { session, flight, answer } = heard;
  const { state, at_ms } = turn;
  state.session = { ...session, n: session.n + 1, tag: flight.tag, nonce: answer.nonce };
  acknowledge(turn, flight);
  if (answer.keys.length > 0) turn.emit({ type: 'keys', keys: answer.keys });
  turn.talk({ due_at_ms: at_ms + answer.next_ms, not_before_ms: at_ms, resyncs: 0 });
  if (flight.outdated) followOld(turn, answer);
  else {
    const { reached_ms, credited_ms, day_ms } = answer;
    state.figures = { ...state.figures, reached_ms, credited_ms, day_ms };
    state.stretches = merge([...state.stretches, ...answer.verdict]);
    state.refusal = lastingRefusal(answer);
    follow(turn, answer.directive);
  }
}

function lastingRefusal(answer: Accepted): string | null {
  const kind = answer.verdict[answer.verdict.length - 1]?.[0] ?? '';
  return lookOf(kind) === 'refused' && LASTING.some((reason) => reason === kind) ? kind : null;
}

/** Said before a check was passed, or about a beat from before: its figures, its place and that check are no news. */
function followOld(turn: Turn, { directive }: Accepted): void {
  const is_old = directive.do === 'check' || directive.do === 'go_to';
  follow(turn, is_old ? { do: 'go_on' } : directive);
}

function follow(turn: Turn, directive: Directive): void {
  const { state } = turn;
  if (directive.do === 'sign_out') {
    signOut(turn, directive.url);
    return;
  }
  if (directive.do === 'go_to') {
    turn.guard({ played_ms: directive.position_ms, owed_ms: 0 });
    place(turn, directive.position_ms);
    turn.notify('went_back');
  }
  if (directive.do === 'check' && state.talk.leave_by_ms === null) openCheck(turn);
  else if (directive.do !== 'renew') doubtCheck(turn);
  if (state.hold === 'silence') {
    state.hold = 'none';
    turn.notify('connected_again');
    if (!state.hidden && state.talk.leave_by_ms === null) startPlaying(turn);
  }
  if (directive.do === 'renew' && state.talk.leave_by_ms === null) ask(turn, 'renew', false);
}

/** The server knows another number than the page: take its word. A lost beat of that tag was heard after all. */
function resynced(turn: Turn, heard: { session: Session; flight: Flight; answer: Resync }): void {
  const { session, flight, answer } = heard;
  const { state } = turn;
  const { lost, resyncs, flags } = state.talk;
  if (resyncs >= MAX_RESYNCS) {
    stopForGood(turn);
    return;
  }
  state.session = { ...session, n: answer.n, tag: answer.tag, nonce: answer.nonce };
  const known = [...lost, flight].find(({ tag }) => tag === answer.tag);
  if (known !== undefined) acknowledge(turn, known);
  turn.talk({ lost: [], failures: 0, resyncs: resyncs + 1, flags });
  waitFor(turn, RESYNC_WAIT_MS);
}

/** Keeps all that was measured and says it in one fresh beat later. */
function waitFor(turn: Turn, wait_ms: number): void {
  const until_ms = turn.at_ms + wait_ms;
  turn.talk({ flight: null, due_at_ms: until_ms, not_before_ms: until_ms });
}

function lostAnswer(turn: Turn, flight: Flight, asked_ms: number): void {
  const failures = turn.state.talk.failures + 1;
  const wait_ms = Math.max(asked_ms, backOff(failures));
  turn.talk({ failures });
  const resend_at_ms = turn.at_ms + wait_ms;
  if (failures <= RESENDS && !flight.outdated && resend_at_ms <= flight.sent_at_ms + STALE_MS) {
    turn.talk({ flight: { ...flight, resend_at_ms } });
    return;
  }
  giveUp(turn, flight);
  waitFor(turn, wait_ms);
}

/** While leaving: after the answer to an earlier beat, and once after a disagreement, say it (again); else go. */
function stillLeaving(turn: Turn, flight: Flight, answer: BeatAnswer): void {
  const earlier = answer.is === 'accepted' && !flight.leaves;
  const disagreed = answer.is === 'resync' && turn.state.talk.resyncs <= 1;
  if (earlier || disagreed) sendLeave(turn, false);
  else signOut(turn, turn.state.lesson.leave_url);
}
