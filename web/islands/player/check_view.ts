/** What the learner sees of an open check, derived from the state and from nothing else. */
import type { Prompt } from '../../core/check_answers';
import type { MessageKey } from './messages';
import type { Check, State } from './state';

/** fetching: no question yet · asking: the learner may press · sending: an answer is on its way · over: the time is. */
export type CheckStage = 'fetching' | 'asking' | 'sending' | 'over';

export interface CheckView {
  readonly stage: CheckStage;
  readonly prompt: Prompt | null;
  /** The option whose answer is on its way. */
  readonly choice: number | null;
  /** One plain sentence under the question. */
  readonly line: MessageKey;
  /** Whether that sentence asks for more attention than usual. */
  readonly is_again: boolean;
  readonly seconds_left: number;
  /** What is left of the time, 0 to 1. */
  readonly share_left: number;
}

/** Returns what to show of the check; null when none is open. */
export function viewOfCheck({ check, at_ms }: State): CheckView | null {
  if (check === null) return null;
  const stage = stageOf(check);
  const left_ms = check.prompt === null ? 0 : Math.max(0, check.until_ms - at_ms);
  const of_ms = check.prompt?.of_ms ?? 0;
  return {
    stage,
    prompt: check.prompt,
    choice: check.request?.choice ?? null,
    line: lineOf(check, stage),
    is_again: check.is_again && stage === 'asking',
    seconds_left: Math.ceil(left_ms / 1_000),
    share_left: of_ms > 0 ? Math.min(1, left_ms / of_ms) : 0,
  };
}

function stageOf({ prompt, request, is_over }: Check): CheckStage {
  if (prompt === null) return 'fetching';
  if (is_over) return 'over';
  return request === null ? 'asking' : 'sending';
}

function lineOf({ prompt, request, is_again }: Check, stage: CheckStage): MessageKey {
  const fails = (request?.failures ?? 0) > 0;
  if (stage === 'fetching') return fails ? 'check_fetching_again' : 'check_fetching';
  if (stage === 'sending') return fails ? 'check_sending_again' : 'check_sending';
  if (stage === 'over') return 'check_over';
  if (prompt?.kind === 'face') return 'check_face';
  return is_again ? 'check_again' : 'check_hint';
}
