/** What becomes of a beat on its way: acknowledged, given up, or outdated by a check that was passed meanwhile. */
import { Flag } from '../../core/beat';
import type { Flight, Turn } from './state';

const MAX_LOST = 16;

/** The server has judged this beat: what it carried is claimed, what came after it is not. */
export function acknowledge(turn: Turn, flight: Flight): void {
  const { idle, guard, talk } = turn.state;
  // A check passed since this beat was made has settled more than the beat did.
  turn.state.idle = { ...idle, acknowledged_ms: Math.max(idle.acknowledged_ms, flight.idle_mark_ms) };
  if (flight.position_ms >= guard.owed_ms) turn.guard({ owed_ms: 0 });
  turn.talk({
    flight: null,
    lost: [],
    failures: 0,
    heard_at_ms: Math.max(talk.heard_at_ms, flight.sent_at_ms),
    flags: talk.flags_since_sent,
  });
}

/** No answer came: what the beat said is said again by another, but it may have been heard. */
export function giveUp(turn: Turn, flight: Flight): void {
  turn.talk({ flight: null, lost: [...turn.state.talk.lost, flight].slice(-MAX_LOST) });
}

/**
 * The server has settled all time up to now, as of an answer that was sent at `sent_at_ms`: nothing before is claimed again,
 * and no beat that was made before is sent again.
 */
export function settleUpToNow(turn: Turn, sent_at_ms: number): void {
  const { idle, talk } = turn.state;
  turn.state.idle = { ...idle, acknowledged_ms: Math.max(idle.acknowledged_ms, idle.total_ms) };
  turn.talk({
    flags: talk.flags & Flag.ENDED,
    flags_since_sent: talk.flags_since_sent & Flag.ENDED,
    heard_at_ms: Math.max(talk.heard_at_ms, sent_at_ms),
  });
  const { flight } = talk;
  if (flight === null) return;
  if (flight.resend_at_ms === null) turn.talk({ flight: { ...flight, outdated: true } });
  else giveUp(turn, flight);
}
