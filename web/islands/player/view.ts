/** What the learner sees and is told, derived from the state and from nothing else. */
import type { Stretch } from '../../core/answers';
import { type CheckView, viewOfCheck } from './check_view';
import type { MessageKey } from './messages';
import { type Figures, isLearning, limitOf, type State } from './state';

export type MainAction = 'start' | 'play' | 'pause' | 'wait' | 'watch' | 'still_here' | 'reload';

/** One plain sentence about whether this window counts. */
export interface Status {
  readonly counting: boolean;
  readonly key: MessageKey;
  /** Kind of the refusal, if the sentence names one. */
  readonly kind: string | null;
}

export interface View {
  readonly action: MainAction;
  /** Whether the large button lies over the picture. */
  readonly covered: boolean;
  readonly status: Status;
  /** Whether there is a session to sign out of. */
  readonly signed_in: boolean;
  readonly notice: MessageKey | null;
  readonly notice_values: Readonly<Record<string, string>>;
  /** The server's sentence: in the dialog while it asks, else above the picture. */
  readonly question: string | null;
  readonly banner: string | null;
  /** The open check: shown before anything else. */
  readonly check: CheckView | null;
  readonly position_ms: number;
  readonly limit_ms: number;
  readonly reached_ms: number;
  readonly buffering: boolean;
  readonly figures: Figures;
  readonly stretches: readonly Stretch[];
}

/** Returns what to show. */
export function view(state: State): View {
  const action = mainAction(state);
  return {
    action,
    covered: isCovered(state, action),
    status: status(state),
    signed_in: isLearning(state),
    notice: state.notice?.key ?? null,
    notice_values: state.notice?.values ?? {},
    question: state.phase === 'asking' ? state.message : null,
    banner: state.phase === 'uncounted' ? state.message : null,
    check: viewOfCheck(state),
    position_ms: state.media.position_ms,
    limit_ms: limitOf(state),
    reached_ms: state.figures.reached_ms,
    buffering: state.media.buffering,
    figures: state.figures,
    stretches: state.stretches,
  };
}

/** A document that was read to its end stays open to be leafed through. */
function isCovered(state: State, action: MainAction): boolean {
  const read = state.lesson.pace !== null && state.media.ended;
  return (
    action !== 'pause' && !read && state.phase !== 'over' && state.phase !== 'asking' && state.check === null
  );
}

function mainAction(state: State): MainAction {
  if (state.phase === 'ready') return 'start';
  if (state.phase === 'fault') return 'reload';
  if (state.phase === 'uncounted') return state.media.paused ? 'watch' : 'pause';
  if (!isLearning(state) || state.hold === 'silence' || state.check !== null) return 'wait';
  if (state.hold === 'idle') return 'still_here';
  return state.media.paused ? 'play' : 'pause';
}

function status(state: State): Status {
  if (state.locked && state.media.buffering) return not('locked');
  if (isLearning(state)) return learningStatus(state);
  if (state.phase === 'opening' && (state.opening?.failures ?? 0) > 0) return not('opening_failed');
  const keys = {
    ready: 'ready',
    opening: 'opening',
    asking: 'asking',
    uncounted: 'uncounted',
    over: 'signing_out',
    left: 'opening',
    fault: 'fault',
    learning: 'counting',
  } as const;
  return not(keys[state.phase]);
}

function learningStatus(state: State): Status {
  if (state.talk.leave_by_ms !== null) return not('signing_out');
  if (state.check !== null) return not('check_waiting');
  if (state.hidden) return not('hidden');
  return stillStatus(state) ?? playingStatus(state);
}

/** Why the picture stands still, if it does. */
function stillStatus(state: State): Status | null {
  if (state.hold === 'silence') return not('silence');
  if (!state.media.paused && !state.media.ended) return null;
  if (state.hold === 'hidden') return not('was_hidden');
  if (state.hold === 'blocked') return not('tap_needed');
  if (state.hold === 'idle') return not('idle');
  return not(state.media.ended ? 'ended' : 'paused');
}

function playingStatus(state: State): Status {
  if (state.talk.failures > 0 || !state.online) return not('network_lost');
  if (state.refusal !== null) return { counting: false, key: 'refused', kind: state.refusal };
  if (state.media.position_ms < state.figures.reached_ms - 1_500) return not('repeating');
  if (state.media.is_full === true) return not('page_full');
  if (state.media.buffering) return not('buffering');
  return { counting: true, key: 'counting', kind: null };
}

function not(key: MessageKey): Status {
  return { counting: false, key, kind: null };
}
