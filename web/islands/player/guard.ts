/**
 * The picture: starting, stopping, moving it, and the guard against skipping and speed. The guard only deters and keeps the
 * page honest with itself: what is credited is decided by the server, which believes none of this.
 */
import { Flag } from '../../core/beat';
import type { Sample } from './events';
import { raise, unclaimedIdle } from './idle';
import { isLearning, limitOf, mayPlay, type Turn } from './state';

/** A seek may land this far beyond what was watched: streams start late and players nudge over small gaps. */
const TOLERANCE_MS = 1_500;
/** Looks at the picture come late on a slow phone: so much media time may pass unexplained. */
const MAX_SLACK_MS = 2_000;
/** Media clocks are not exact: per millisecond of playing, so much of the lesson may pass. */
const CLOCK_DRIFT = 1.1;
/** A shorter move is the player's own doing, a shorter pause is not worth a beat of its own. */
const SMALL_MOVE_MS = 500;
const SHORT_IDLE_MS = 1_000;

/** Asks for a beat as soon as one may be sent. */
export function wantBeat(turn: Turn): void {
  if (isLearning(turn.state)) turn.talk({ event_wanted: true });
}

/** Starts the picture. It counts as playing from now on; the next look at it tells whether the browser obeyed. */
export function startPlaying(turn: Turn): void {
  turn.emit({ type: 'play' });
  turn.state.media = { ...turn.state.media, paused: false };
  started(turn);
}

/** Stops the picture and reports it. */
export function stopPlaying(turn: Turn): void {
  if (turn.state.media.paused) return;
  turn.emit({ type: 'pause' });
  turn.state.media = { ...turn.state.media, paused: true };
  wantBeat(turn);
}

/** Moves the picture to where the server or the guard wants it. */
export function place(turn: Turn, position_ms: number): void {
  turn.emit({ type: 'seek', position_ms });
  turn.state.media = { ...turn.state.media, position_ms, ended: false, is_full: false };
  turn.guard({ own_seek_ms: position_ms });
}

/** Starts the picture, unless nobody can see it. */
export function playUnlessHidden(turn: Turn): void {
  if (turn.state.hidden) turn.state.hold = 'hidden';
  else startPlaying(turn);
}

/** Goes on after a check: back to what was credited, if the picture had gone further before the check was seen. */
export function goOnFrom(turn: Turn, reached_ms: number): void {
  const { state } = turn;
  if (state.media.position_ms > reached_ms + SMALL_MOVE_MS) place(turn, reached_ms);
  turn.guard({ played_ms: Math.max(reached_ms, state.media.position_ms), owed_ms: 0 });
  wantBeat(turn);
  if (state.talk.leave_by_ms !== null) return;
  if (state.media.ended) raise(turn, Flag.ENDED);
  else playUnlessHidden(turn);
}

/** Moves the picture where the learner wants it, as far as it was watched. */
export function seekTo(turn: Turn, position_ms: number): void {
  const { media, lesson } = turn.state;
  const before_ms = media.position_ms;
  const limit_ms = limitOf(turn.state);
  const target_ms = Math.round(Math.max(0, Math.min(position_ms, limit_ms)));
  if (lesson.pace !== null && position_ms > limit_ms + TOLERANCE_MS) turn.notify('no_forward');
  // From a full page to the next one the position stays: it lies at the end of the one and at the beginning of the other.
  if (target_ms === before_ms) {
    if (media.is_full === true) place(turn, target_ms);
    return;
  }
  if (target_ms < before_ms) owe(turn, before_ms);
  place(turn, target_ms);
  wantBeat(turn);
}

/** Remembers what was watched before going back, so that the next beat still claims it. */
function owe(turn: Turn, position_ms: number): void {
  const { guard, figures } = turn.state;
  const honest_ms = Math.min(position_ms, limitOf(turn.state));
  if (honest_ms > figures.reached_ms) turn.guard({ owed_ms: Math.max(guard.owed_ms, honest_ms) });
}

/** Takes a look at the picture: undoes what is not allowed, notes what changed. */
export function look(turn: Turn, seeking: boolean, sample: Sample): void {
  const before = turn.state.media;
  const slack_ms = earnSlack(turn, before.paused);
  const advance_ms = sample.position_ms - before.position_ms;
  const beyond = sample.position_ms > limitOf(turn.state) + TOLERANCE_MS;
  turn.state.media = sample;
  if (beyond && (seeking || advance_ms > slack_ms)) sendBack(turn);
  else if (seeking) noteSeek(turn, before.position_ms);
  else follow(turn, advance_ms, slack_ms);
  checkRate(turn, before.rate);
  noteChange(turn, before);
}

function earnSlack(turn: Turn, was_paused: boolean): number {
  const { guard } = turn.state;
  const wall_ms = turn.at_ms - guard.seen_at_ms;
  const slack_ms = Math.min(guard.slack_ms, MAX_SLACK_MS) + (was_paused ? 0 : wall_ms * CLOCK_DRIFT);
  turn.guard({ seen_at_ms: turn.at_ms, slack_ms });
  return slack_ms;
}

function sendBack(turn: Turn): void {
  place(turn, limitOf(turn.state));
  turn.notify('no_forward');
}

/** Somebody moved the picture, and not too far: report it, unless it was ourselves. */
function noteSeek(turn: Turn, before_ms: number): void {
  const { guard, media } = turn.state;
  const ours = guard.own_seek_ms !== null && Math.abs(media.position_ms - guard.own_seek_ms) < 1_000;
  turn.guard({ own_seek_ms: null });
  if (ours || Math.abs(media.position_ms - before_ms) < SMALL_MOVE_MS) return;
  if (media.position_ms < before_ms) owe(turn, before_ms);
  wantBeat(turn);
}

/** Ordinary playing: what passed in its time was honestly watched. */
function follow(turn: Turn, advance_ms: number, slack_ms: number): void {
  if (advance_ms <= 0) return;
  const { guard, media } = turn.state;
  if (advance_ms > slack_ms) turn.guard({ slack_ms: 0 });
  else
    turn.guard({ slack_ms: slack_ms - advance_ms, played_ms: Math.max(guard.played_ms, media.position_ms) });
}

/** Slower is left alone: it counts what was seen. */
function checkRate(turn: Turn, before_rate: number): void {
  if (turn.state.media.rate <= 1) return;
  turn.emit({ type: 'normal_rate' });
  raise(turn, Flag.TOO_FAST);
  if (before_rate > 1) return;
  turn.notify('no_speed');
  wantBeat(turn);
}

/** The picture started, stopped or ended, by whomever. */
function noteChange(turn: Turn, before: Sample): void {
  const { media } = turn.state;
  if (before.paused && !media.paused) mayHaveStarted(turn);
  if (!before.paused && media.paused) wantBeat(turn);
  // The server should know at once: what comes next is released by it.
  if (media.is_full === true && before.is_full !== true) wantBeat(turn);
  if (!before.ended && media.ended && isLearning(turn.state)) {
    raise(turn, Flag.ENDED);
    wantBeat(turn);
  }
}

/** Started by somebody else: the keys of a headset, the lock screen, a script. */
function mayHaveStarted(turn: Turn): void {
  if (mayPlay(turn.state)) {
    started(turn);
    return;
  }
  turn.emit({ type: 'pause' });
  turn.state.media = { ...turn.state.media, paused: true };
}

function started(turn: Turn): void {
  turn.state.hold = 'none';
  if (unclaimedIdle(turn.state) > SHORT_IDLE_MS) wantBeat(turn);
}
