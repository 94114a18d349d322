/** What the server answers about a check (随机打卡): the question that it shows, and what became of an answer to it. */
import {
  FAULT,
  type Failed,
  type Fault,
  Fields,
  failed,
  isPassing,
  type Reply,
  type Stretch,
  sound,
} from './reply';

const KINDS = ['confirm', 'simple_question', 'course_question', 'face'] as const;
const WORDS = ['passed', 'again', 'missed', 'withdrawn', 'failed', 'unclear', 'unavailable'] as const;
const FEWEST_OPTIONS = 2;

/** One showing of a question; the server draws words and order of the options. */
export interface Prompt {
  readonly check: string;
  readonly nonce: string;
  readonly kind: (typeof KINDS)[number];
  readonly text: string;
  readonly options: readonly string[];
  /** What is left of the time to answer, and how much it was at first. */
  readonly left_ms: number;
  readonly of_ms: number;
  readonly attempts_left: number;
}

export type ShowAnswer =
  | { readonly is: 'shown'; readonly prompt: Prompt }
  /** No check is open: it was answered elsewhere, or withdrawn. */
  | { readonly is: 'none' }
  | Failed
  | Fault;

export interface Passed {
  readonly is: 'passed';
  /** Null where there is no wrong answer. */
  readonly was_right: boolean | null;
  /** The right option of a course question. */
  readonly right: string | null;
  readonly reached_ms: number;
  readonly credited_ms: number;
  readonly day_ms: number;
  /** Today's stretches of this lesson, which take the place of those shown before. */
  readonly stretches: readonly Stretch[];
}

export type Outcome =
  | Passed
  /** A face check could not be made: nothing is confirmed, and learning goes on. */
  | (Omit<Passed, 'is'> & { readonly is: 'put_off' })
  | { readonly is: 'again'; readonly prompt: Prompt }
  /** Missed, withdrawn, or a face that was not confirmed: `url` is the page that says why. */
  | { readonly is: 'ended'; readonly url: string }
  | { readonly is: 'no_such_check' }
  | Failed
  | Fault;

/** Reads the answer to the wish to see the question. */
export function readShow(reply: Reply): ShowAnswer {
  if (reply.status !== 200) return isPassing(reply.status) ? failed(reply) : FAULT;
  const body = new Fields(reply.body);
  return body.isNull('prompt')
    ? { is: 'none' }
    : sound(reply, () => ({ is: 'shown', prompt: prompt(body.part('prompt')) }));
}

/** Reads what became of an answer. */
export function readOutcome(reply: Reply): Outcome {
  const body = new Fields(reply.body);
  if (reply.status === 200) return sound(reply, () => outcome(body));
  if (reply.status === 409)
    return body.maybeText('error') === 'no_such_check' ? { is: 'no_such_check' } : failed(reply);
  return isPassing(reply.status) ? failed(reply) : FAULT;
}

function outcome(body: Fields): Outcome {
  const word = body.word('outcome', WORDS);
  if (word === 'passed') return { is: 'passed', ...figures(body) };
  if (word === 'unavailable') return { is: 'put_off', ...figures(body) };
  if (word === 'again') return { is: 'again', prompt: prompt(body.part('prompt')) };
  return { is: 'ended', url: body.text('url') };
}

function figures(body: Fields): Omit<Passed, 'is'> {
  return {
    was_right: body.isNull('was_right') ? null : body.isTrue('was_right'),
    right: body.maybeText('right'),
    reached_ms: body.count('reached_ms'),
    credited_ms: body.count('credited_ms'),
    day_ms: body.count('day_ms'),
    stretches: body.stretches('stretches'),
  };
}

function prompt(body: Fields): Prompt {
  const kind = body.word('kind', KINDS);
  return {
    check: body.text('check'),
    nonce: body.text('nonce'),
    kind,
    text: body.text('text'),
    options: body.texts('options', kind === 'face' ? 0 : FEWEST_OPTIONS),
    left_ms: body.count('left_ms'),
    of_ms: body.count('of_ms'),
    attempts_left: body.count('attempts_left'),
  };
}
