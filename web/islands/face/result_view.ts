/** What the person sees of what came of it: the outcome, why, and what happens next. */
import type { FaceOutcome } from '../../core/face_check';
import { type CalmView, PLAIN, type Sentence } from './calm';
import { mayRepeat } from './machine';
import type { MessageKey } from './messages';
import { type Facts, mayFlash, type Purpose, type Result, type State } from './state';

/** The beginnings of the keys of a result's title and line. */
type ResultWords = KeyOf<MessageKey>;
type KeyOf<K> = K extends `${infer W}_title` ? (`${W}_line` extends MessageKey ? W : never) : never;

const MARKS: Readonly<Record<FaceOutcome, CalmView['mark']>> = {
  passed: 'passed',
  again: 'again',
  step_up: 'again',
  review: 'look',
  failed: 'look',
  blocked: 'look',
};

/** Returns the page of a result. */
export function outcomeView(state: State): CalmView {
  const { result, setup, inputs } = state;
  if (result === null) return PLAIN;
  const { outcome, url } = result;
  const words = wordsOf(outcome, setup.purpose);
  // A camera that is refused at once has sent nothing: neither light nor network has been measured.
  const facts = setup.purpose === 'trial' && outcome !== 'blocked' ? factsSaid(state) : [];
  return {
    ...PLAIN,
    mark: MARKS[outcome],
    title: { key: `${words}_title` },
    line: { key: `${words}_line` },
    items: [...reasons(result), ...facts],
    note: setup.purpose === 'trial' ? null : attemptsSaid(result),
    steps: outcome === 'blocked' ? 'blocked_steps' : null,
    main: mainOf(state),
    shows_flash_choice: mayFlash(state) && (outcome === 'again' || outcome === 'step_up'),
    may_switch: outcome !== 'passed' && inputs.length > 1 && mayRepeat(state),
    offers_supervised: outcome !== 'passed' && outcome !== 'review',
    url,
  };
}

/** Only a check has hours that wait or are at stake. */
function wordsOf(outcome: FaceOutcome, purpose: Purpose): ResultWords {
  if (outcome === 'passed') return `${purpose}_passed`;
  if (purpose === 'check' || (outcome !== 'failed' && outcome !== 'review')) return outcome;
  return outcome === 'failed' && purpose === 'trial' ? 'again' : `enrol_${outcome}`;
}

/** A passed check goes on by itself. */
function mainOf(state: State): CalmView['main'] {
  if (mayRepeat(state)) return { label: 'again', does: 'start' };
  const goes_on = state.result?.outcome === 'passed' && state.setup.purpose === 'check';
  return goes_on ? null : { label: 'go_on', does: 'go_on' };
}

/** Who waits for a person's answer has nothing to mend, and who is blocked has read why in the title. */
function reasons({ outcome, codes, broken }: Result): readonly Sentence[] {
  if (outcome === 'review' || outcome === 'blocked') return [];
  const said = codes.map((code): Sentence => ({ key: `code_${code}` }));
  if (broken === null) return said;
  return [{ key: broken === 'too_late' ? 'code_too_late' : `broken_${broken}` }];
}

function attemptsSaid({ outcome, attempts_left }: Result): Sentence | null {
  const repeats = outcome === 'again' || outcome === 'step_up';
  if (!repeats || attempts_left === null) return null;
  return { key: 'attempts_left', values: { left: String(attempts_left) } };
}

/** Below this a check takes long; the server judges what it gets, however slow. */
const SLOW_FRAMES_PER_S = 5;
const SLOW_DELAY_MS = 600;

function factsSaid({ facts, camera_size }: State): readonly Sentence[] {
  const said: Sentence[] = [];
  if (camera_size !== null) {
    const [width, height] = camera_size;
    said.push({ key: 'fact_camera', values: { width: String(width), height: String(height) } });
  }
  return [...said, lightSaid(facts), ...networkSaid(facts)];
}

function lightSaid({ light }: Facts): Sentence {
  return { key: light === null ? 'fact_light_good' : `fact_light_${light}` };
}

function networkSaid({ frames_per_s, delay_ms }: Facts): readonly Sentence[] {
  const rate = frames_per_s >= SLOW_FRAMES_PER_S ? 'fact_speed_good' : 'fact_speed_slow';
  const said: Sentence[] = [{ key: rate, values: { frames: frames_per_s.toFixed(0) } }];
  if (delay_ms !== null) {
    const delay = delay_ms < SLOW_DELAY_MS ? 'fact_delay_good' : 'fact_delay_slow';
    said.push({ key: delay, values: { ms: String(delay_ms) } });
  }
  return said;
}
