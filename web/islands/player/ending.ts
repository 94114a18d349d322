/** The two ends of a player's life: signed out, and not understood. */
import { stopPlaying } from './guard';
import type { Turn } from './state';

/** The session is over: go to the page that says why. */
export function signOut(turn: Turn, url: string): void {
  stopPlaying(turn);
  turn.state.phase = 'over';
  turn.state.session = null;
  turn.emit({ type: 'navigate', url: url === '' ? turn.state.lesson.leave_url : url });
}

/** Page and server do not understand each other: stop, and ask for a reload. */
export function stopForGood(turn: Turn): void {
  stopPlaying(turn);
  turn.state.phase = 'fault';
  turn.state.session = null;
}
