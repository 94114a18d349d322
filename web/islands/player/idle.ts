/** The idle meter: how long the page was paused, hidden or too fast, each millisecond measured once. */
import { Flag } from '../../core/beat';
import { isLearning, type State, type Turn } from './state';

/**
 * The server pays at most this long without a beat. What lies beyond is `silent` in its books whatever the page did, so it
 * is not claimed as idle too: that would take it a second time, from the minute that was watched.
 */
export const PAYABLE_MS = 60_000;

/** Adds the time since the last turn to the meter, by what the page was doing during it. */
export function measure(turn: Turn): void {
  const { state, at_ms } = turn;
  const from_ms = state.at_ms;
  state.at_ms = at_ms;
  const flags = isLearning(state) ? idleFlags(state) : 0;
  if (flags === 0 || at_ms === from_ms) return;
  const payable_until_ms = state.talk.heard_at_ms + PAYABLE_MS;
  const idle_ms = Math.max(0, Math.min(at_ms, payable_until_ms) - from_ms);
  state.idle = { ...state.idle, total_ms: state.idle.total_ms + idle_ms };
  raise(turn, flags);
}

function idleFlags(state: State): number {
  return (
    (state.hidden ? Flag.HIDDEN : 0) |
    (state.media.paused || state.media.ended ? Flag.PAUSED : 0) |
    (state.media.rate > 1 ? Flag.TOO_FAST : 0)
  );
}

/** Notes flags for the next beat. */
export function raise(turn: Turn, flags: number): void {
  const { talk } = turn.state;
  turn.talk({ flags: talk.flags | flags, flags_since_sent: talk.flags_since_sent | flags });
}

/** Returns the idle time that no acknowledged beat has claimed yet. */
export function unclaimedIdle(state: State): number {
  return state.idle.total_ms - state.idle.acknowledged_ms;
}
