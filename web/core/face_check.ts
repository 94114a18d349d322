/** The face check's messages, read and written as docs/formats/face-check.md says. */
import { FAULT, type Failed, type Fault, Fields, failed, isPassing, type Reply, sound } from './reply';

export const HINTS = [
  'no_face',
  'many_faces',
  'closer',
  'farther',
  'centre',
  'dark',
  'bright',
  'blurred',
  'straight',
] as const;
export type Hint = (typeof HINTS)[number];

export const ACTIONS = ['turn_left', 'turn_right', 'open_mouth', 'blink'] as const;
export type Action = (typeof ACTIONS)[number];

export const OUTCOMES = ['passed', 'again', 'step_up', 'review', 'failed', 'blocked'] as const;
export type FaceOutcome = (typeof OUTCOMES)[number];

export const CODES = [
  'not_seen_well',
  'not_sure_it_is_you',
  'not_live',
  'virtual_camera',
  'camera_software',
  'repeated_frames',
  'too_late',
  'other_face',
  'flash_needed',
] as const;
export type Code = (typeof CODES)[number];

/** Why there can be no check here. */
export type Why = 'no_camera' | 'denied' | 'in_use' | 'insecure' | 'old_browser' | 'no_service';

/** An attempt that may begin. */
export interface Begun {
  readonly is: 'begun';
  readonly attempt: string;
  readonly ticket: string;
  readonly socket: string;
  readonly left_ms: number;
  /** Null where they are not counted. */
  readonly attempts_left: number | null;
  readonly capture: Capture;
}

/** How frames are to be sent: sides in pixels, frames a second, quality of the JPEG from 0 to 1. */
export interface Capture {
  readonly long: number;
  readonly short: number;
  readonly fps: number;
  readonly quality: number;
}

export type BeginAnswer =
  | Begun
  | { readonly is: 'refused'; readonly error: string; readonly message: string; readonly url: string }
  | Failed
  | Fault;

/** What became of the check, as the learner's page is told. */
export type FaceResult =
  | { readonly is: 'passed'; readonly reply: Reply }
  | { readonly is: 'again'; readonly attempts_left: number; readonly step_up: boolean }
  /** `url` is the page that explains it. */
  | { readonly is: 'ended'; readonly outcome: string; readonly url: string; readonly reply: Reply }
  | Failed
  | Fault;

/** What the server says in a socket. */
export type Said =
  | { readonly do: 'queue'; readonly place: number }
  | {
      readonly do: 'place';
      readonly slot: number;
      readonly hint: Hint | null;
      readonly done: number;
      readonly of: number;
    }
  | {
      readonly do: 'flash';
      readonly slot: number;
      readonly colour: string;
      readonly number: number;
      readonly of: number;
    }
  | {
      readonly do: 'act';
      readonly slot: number;
      readonly action: Action;
      readonly number: number;
      readonly of: number;
      readonly within_ms: number;
    }
  | { readonly do: 'rest'; readonly slot: number }
  | { readonly do: 'judging' }
  | {
      readonly do: 'done';
      readonly outcome: FaceOutcome;
      readonly codes: readonly Code[];
      readonly attempts_left: number | null;
    };

/** Everything else is a page in between, not our server. */
const REFUSING = 409;

/** Reads the answer to the wish to begin. */
export function readBegin(reply: Reply): BeginAnswer {
  const body = new Fields(reply.body);
  if (reply.status === 200) return sound(reply, () => begun(body));
  if (reply.status !== REFUSING) return isPassing(reply.status) ? failed(reply) : FAULT;
  return sound(reply, () => {
    const [message, url] = [body.maybeText('message') ?? '', body.maybeText('url') ?? ''];
    return { is: 'refused', error: body.text('error'), message, url };
  });
}

/** Reads what became of a check after its socket has closed. */
export function readResult(reply: Reply): FaceResult {
  if (reply.status !== 200 && reply.status !== REFUSING)
    return isPassing(reply.status) ? failed(reply) : FAULT;
  const body = new Fields(reply.body);
  return sound(reply, () => {
    const outcome = body.text(reply.status === REFUSING ? 'error' : 'outcome');
    if (outcome === 'passed') return { is: 'passed', reply };
    if (outcome === 'again')
      return { is: 'again', attempts_left: body.count('attempts_left'), step_up: body.isTrue('step_up') };
    return { is: 'ended', outcome, url: body.maybeText('url') ?? '', reply };
  });
}

/** Reads a text of the socket; null for what this version does not know. */
export function readSaid(text: string): Said | null {
  const read = sound({ status: 200, body: parsed(text), retry_after_ms: null }, () => {
    const body = new Fields(parsed(text));
    const word = body.text('do');
    const reader = Object.keys(READERS).includes(word) ? READERS[word] : undefined;
    return reader === undefined ? null : reader(body);
  });
  return read !== null && 'do' in read ? read : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

const READERS: Readonly<Record<string, (body: Fields) => Said>> = {
  queue: (body) => ({ do: 'queue', place: body.count('place') }),
  place: (body) => ({
    do: 'place',
    slot: body.count('slot'),
    hint: HINTS.find((hint) => hint === body.maybeText('hint')) ?? null,
    ...counted(body, 'done'),
  }),
  flash: (body) => ({
    do: 'flash',
    slot: body.count('slot'),
    colour: body.colour('colour'),
    ...counted(body, 'number'),
  }),
  act: (body) => ({
    do: 'act',
    slot: body.count('slot'),
    action: body.word('action', ACTIONS),
    within_ms: body.count('within_ms'),
    ...counted(body, 'number'),
  }),
  rest: (body) => ({ do: 'rest', slot: body.count('slot') }),
  judging: () => ({ do: 'judging' }),
  done: (body) => ({
    do: 'done',
    outcome: body.word('outcome', OUTCOMES),
    codes: CODES.filter((code) => body.texts('codes', 0).includes(code)),
    attempts_left: body.maybeCount('attempts_left'),
  }),
};

function counted<N extends string>(body: Fields, name: N): Record<N | 'of', number> {
  return { [name]: body.count(name), of: body.count('of') } as Record<N | 'of', number>;
}

function begun(body: Fields): Begun {
  const capture = body.part('capture');
  return {
    is: 'begun',
    attempt: body.text('attempt'),
    ticket: body.text('ticket'),
    socket: body.text('socket'),
    left_ms: body.count('left_ms'),
    attempts_left: body.maybeCount('attempts_left'),
    capture: {
      long: capture.count('long'),
      short: capture.count('short'),
      fps: capture.count('fps'),
      quality: capture.share('quality'),
    },
  };
}
