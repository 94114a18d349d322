/** The two ends of a player's life: signed out, and not understood. */
import { stopPlaying } from './guard';
import type { Turn } from './state';

/** The session is over: go to the page that says why. */
export function signOut(turn: Turn, url: string): void {
  stopPlaying(turn);
  turn.state.phase = 'over';
  turn.state.session = null;
  forgetCheck(turn);
  turn.emit({ type: 'navigate', url: url === '' ? turn.state.lesson.leave_url : url });
}

/** Page and server do not understand each other: stop, and ask for a reload. */
export function stopForGood(turn: Turn): void {
  stopPlaying(turn);
  turn.state.phase = 'fault';
  turn.state.session = null;
  forgetCheck(turn);
}

/** The check belongs to the learner: the next opening speaks of it again. */
export function forgetCheck(turn: Turn): void {
  if (turn.state.check === null) return;
  turn.state.check = null;
  turn.state.hold = 'none';
}
