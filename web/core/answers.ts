/** What the server answers to an opening and to a beat, read strictly: what is malformed counts as not answered. */
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

export type { Failed, Fault, Reply, Stretch } from './reply';

/** A stretch of a locked film, counted from 0, and its key in hexadecimal. */
export type ReleasedKey = readonly [stretch: number, key: string];

export interface Opened {
  readonly is: 'opened';
  readonly session: string;
  readonly key: string;
  readonly n: number;
  readonly tag: string;
  readonly nonce: string;
  readonly position_ms: number;
  readonly reached_ms: number;
  readonly length_ms: number;
  readonly credited_ms: number;
  readonly day_ms: number;
  readonly cap_ms: number;
  readonly next_ms: number;
  readonly stretches: readonly Stretch[];
  /** A check is open already: it comes before the picture. */
  readonly check: boolean;
  readonly keys: readonly ReleasedKey[];
}

export type Directive =
  | { readonly do: 'go_on' }
  | { readonly do: 'go_to'; readonly position_ms: number }
  | { readonly do: 'renew' }
  /** A check is open; said with every beat until it is settled. */
  | { readonly do: 'check' }
  | { readonly do: 'sign_out'; readonly reason: string; readonly url: string };

export interface Accepted {
  readonly is: 'accepted';
  readonly nonce: string;
  readonly reached_ms: number;
  readonly credited_ms: number;
  readonly day_ms: number;
  readonly verdict: readonly Stretch[];
  readonly directive: Directive;
  readonly next_ms: number;
  /** What this beat has released of a locked film. */
  readonly keys: readonly ReleasedKey[];
}

export type OpeningAnswer =
  | Opened
  | { readonly is: 'already_learning'; readonly message: string }
  | { readonly is: 'refused'; readonly message: string }
  | Failed
  | Fault;

export interface Resync {
  readonly is: 'resync';
  readonly n: number;
  readonly tag: string;
  readonly nonce: string;
}

export type BeatAnswer =
  | Accepted
  | Resync
  | { readonly is: 'signed_out'; readonly url: string }
  | { readonly is: 'too_often'; readonly wait_ms: number }
  | Failed
  | Fault;

const TOO_OFTEN_MS = 2_000;

/** Reads the answer to an opening. */
export function readOpening(reply: Reply): OpeningAnswer {
  const body = new Fields(reply.body);
  const message = body.maybeText('message');
  if (reply.status === 200) return sound(reply, () => opened(body));
  if (reply.status === 409 && message !== null) return { is: 'already_learning', message };
  if (reply.status === 403 && message !== null) return { is: 'refused', message };
  return isPassing(reply.status) ? failed(reply) : FAULT;
}

/** Reads the answer to a beat. */
export function readBeat(reply: Reply): BeatAnswer {
  const body = new Fields(reply.body);
  if (reply.status === 200) return sound(reply, () => accepted(body));
  if (reply.status === 409) return sound(reply, () => resync(body));
  if (reply.status === 410) return { is: 'signed_out', url: body.part('directive').maybeText('url') ?? '' };
  if (reply.status === 429)
    return { is: 'too_often', wait_ms: Math.max(TOO_OFTEN_MS, reply.retry_after_ms ?? 0) };
  return isPassing(reply.status) ? failed(reply) : FAULT;
}

function opened(body: Fields): Opened {
  return {
    is: 'opened',
    session: body.text('session'),
    key: body.text('key'),
    n: body.count('n'),
    tag: body.text('tag'),
    nonce: body.text('nonce'),
    position_ms: body.count('position_ms'),
    reached_ms: body.count('reached_ms'),
    length_ms: body.count('length_ms'),
    credited_ms: body.count('credited_ms'),
    day_ms: body.count('day_ms'),
    cap_ms: body.count('cap_ms'),
    next_ms: body.count('next_ms'),
    stretches: body.stretches('stretches'),
    check: body.isTrue('check'),
    keys: body.keys('keys'),
  };
}

function accepted(body: Fields): Accepted {
  return {
    is: 'accepted',
    nonce: body.text('nonce'),
    reached_ms: body.count('reached_ms'),
    credited_ms: body.count('credited_ms'),
    day_ms: body.count('day_ms'),
    verdict: body.stretches('verdict'),
    directive: directive(body.part('directive')),
    next_ms: body.count('next_ms'),
    keys: body.keys('keys'),
  };
}

function resync(body: Fields): Resync {
  return { is: 'resync', n: body.count('n'), tag: body.text('tag'), nonce: body.text('nonce') };
}

function directive(body: Fields): Directive {
  const verb = body.text('do');
  if (verb === 'go_to') return { do: verb, position_ms: body.count('position_ms') };
  if (verb === 'renew' || verb === 'check') return { do: verb };
  if (verb === 'sign_out') return { do: verb, reason: body.text('reason'), url: body.text('url') };
  return { do: 'go_on' };
}
