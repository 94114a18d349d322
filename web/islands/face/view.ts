/** What the person sees of a face check, derived from the state and from nothing else. */
import type { Action } from '../../core/face_check';
import type { Family } from './browser';
import { type CalmView, PLAIN, type Sentence } from './calm';
import { HELP_AFTER_MS } from './machine';
import { outcomeView } from './result_view';
import { isLive, mayFlash, type State } from './state';

/** What stands in front of the camera. */
export interface LiveView {
  /** The short words to be read at arm's length. */
  readonly word: Sentence;
  /** A second, smaller line; null if there is nothing to say. */
  readonly note: Sentence | null;
  readonly sign: Action | 'rest' | null;
  /** What colour the screen has; null: white. */
  readonly colour: string | null;
  /** What is done of the present part, 0 to 1. */
  readonly share_done: number;
  /** Null while the time does not run. */
  readonly seconds_left: number | null;
  /** Held right: nothing is asked for. */
  readonly is_good: boolean;
  readonly may_ask_for_actions: boolean;
  /** To be said at once, not when the person has got used to it. */
  readonly is_urgent: boolean;
}

export interface View {
  readonly phase: State['phase'];
  readonly live: LiveView | null;
  readonly calm: CalmView | null;
  readonly sounds: boolean;
  readonly prefers_actions: boolean;
}

/** Returns what to show. */
export function view(state: State, family: Family): View {
  const live = isLive(state) ? liveView(state) : null;
  const calm = live === null ? calmView(state, family) : null;
  return { phase: state.phase, live, calm, sounds: state.sounds, prefers_actions: state.prefers_actions };
}

function liveView(state: State): LiveView {
  const { shown, phase, attempt, at_ms } = state;
  const left_ms = attempt?.until_ms == null ? null : Math.max(0, attempt.until_ms - at_ms);
  const is_good = phase === 'flashing' || (phase === 'placing' && shown.hint === null);
  return {
    word: wordOf(state),
    note: noteOf(state),
    sign: phase === 'resting' ? 'rest' : shown.action,
    colour: shown.colour,
    share_done: shown.of > 0 ? Math.min(1, shown.done / shown.of) : 0,
    seconds_left: left_ms === null ? null : Math.ceil(left_ms / 1_000),
    is_good,
    may_ask_for_actions: mayFlash(state) && !state.prefers_actions && MAY_CHANGE.includes(phase),
    is_urgent: phase !== 'placing',
  };
}

const MAY_CHANGE: readonly State['phase'][] = [
  'opening',
  'beginning',
  'busy',
  'connecting',
  'queue',
  'placing',
  'flashing',
];

function wordOf({ phase, shown, request }: State): Sentence {
  const again = (request?.failures ?? 0) > 0;
  const words: { readonly [P in State['phase']]?: Sentence } = {
    opening: { key: 'beginning' },
    beginning: { key: again ? 'beginning_again' : 'beginning' },
    busy: { key: 'busy' },
    connecting: { key: 'beginning' },
    queue: { key: 'queue', values: { place: String(shown.place) } },
    placing: { key: shown.hint === null ? 'hold_still' : `hint_${shown.hint}` },
    flashing: { key: 'flashing' },
    acting: { key: `action_${shown.action ?? 'blink'}` },
    resting: { key: 'rest' },
    judging: { key: 'judging' },
    settling: { key: again ? 'settling_again' : 'settling' },
  };
  return words[phase] ?? { key: 'beginning' };
}

function noteOf({ phase, shown, was_hidden }: State): Sentence | null {
  if (phase === 'queue' || phase === 'busy') return { key: 'time_stands' };
  if ((phase === 'acting' || phase === 'resting') && shown.of > 0)
    return { key: 'step', values: { number: String(shown.done), of: String(shown.of) } };
  return was_hidden && phase === 'placing' ? { key: 'was_hidden' } : null;
}

function calmView(state: State, family: Family): CalmView {
  const { phase, setup } = state;
  const views: { readonly [P in State['phase']]?: () => CalmView } = {
    idle: () => ({
      ...PLAIN,
      title: { key: `${setup.purpose}_title` },
      line: { key: `${setup.purpose}_line` },
      steps: 'tips',
      main: { label: 'start', does: 'start' },
      shows_flash_choice: mayFlash(state),
      offers_supervised: true,
    }),
    asking: () => askingView(state, family),
    result: () => outcomeView(state),
    refused: () => refusedView(state),
    trouble: () => troubleView(state, family),
    excusing: () => ({
      ...PLAIN,
      mark: 'wait',
      title: { key: (state.request?.failures ?? 0) > 0 ? 'excusing_again' : 'excusing' },
    }),
    stopped: () => ({
      ...PLAIN,
      mark: 'again',
      title: { key: 'stopped_title' },
      line: { key: 'stopped_line' },
      main: { label: 'again', does: 'start' },
      shows_flash_choice: mayFlash(state),
      offers_supervised: true,
    }),
    fault: () => ({
      ...PLAIN,
      mark: 'trouble',
      title: { key: 'fault_title' },
      line: { key: 'fault_line' },
      main: { label: 'reload', does: 'start' },
    }),
  };
  return views[phase]?.() ?? { ...PLAIN, mark: 'wait' };
}

function askingView({ at_ms, since_ms, setup }: State, family: Family): CalmView {
  const long = at_ms - since_ms >= HELP_AFTER_MS;
  return {
    ...PLAIN,
    title: { key: 'asking_title' },
    line: { key: long ? 'asking_long' : 'asking_line' },
    steps: long ? `allow_${family}` : null,
    may_excuse: long && setup.check !== null,
    offers_supervised: long,
  };
}

function refusedView({ refusal }: State): CalmView {
  return {
    ...PLAIN,
    mark: 'look',
    title: { key: 'refused_title' },
    message: refusal?.message ?? '',
    main: { label: 'go_on', does: 'go_on' },
    offers_supervised: true,
  };
}

/** What is missing before anything was tried will still be missing: there is nothing to press again. */
function troubleView(state: State, family: Family): CalmView {
  const { setup, inputs } = state;
  const why = state.trouble ?? 'no_service';
  return {
    ...PLAIN,
    mark: 'trouble',
    title: { key: `${why}_title` },
    steps: why === 'denied' ? `allow_${family}` : `${why}_steps`,
    main: setup.missing === null ? { label: 'again', does: 'start' } : null,
    may_switch: inputs.length > 1 && why === 'in_use',
    may_excuse: setup.check !== null,
    note: setup.check === null ? null : { key: 'excuse_note' },
    offers_supervised: true,
  };
}
