/** How the sending of one file stands, and what may happen to it; and whose turn it is. No page, no network. */

export type Phase = 'waiting' | 'sending' | 'trouble' | 'offline' | 'paused' | 'stuck' | 'sent' | 'refused';

export type Happening =
  /** Its turn has come. */
  | { readonly kind: 'begun' }
  /** Something arrived: `sent` bytes in all. */
  | { readonly kind: 'progress'; readonly sent: number }
  /** A portion failed and is sent again. */
  | { readonly kind: 'trouble' }
  /** It was tried often enough. */
  | { readonly kind: 'stuck' }
  | { readonly kind: 'line_lost' }
  | { readonly kind: 'line_back' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'resumed' }
  | { readonly kind: 'done' }
  /** The server will not have it; `words` say why. */
  | { readonly kind: 'refused'; readonly words: string };

export interface Sending {
  readonly phase: Phase;
  readonly sent: number;
  readonly size: number;
  /** Why it was refused; empty otherwise. */
  readonly words: string;
}

const ON_ITS_WAY: Partial<Record<Happening['kind'], Phase>> = {
  progress: 'sending',
  trouble: 'trouble',
  stuck: 'stuck',
  line_lost: 'offline',
  paused: 'paused',
  done: 'sent',
  refused: 'refused',
};

/** Which phase each happening leads to; what is not listed changes nothing. */
const WAYS: Readonly<Record<Phase, Partial<Record<Happening['kind'], Phase>>>> = {
  waiting: { begun: 'sending', paused: 'paused', refused: 'refused' },
  sending: ON_ITS_WAY,
  trouble: ON_ITS_WAY,
  offline: { line_back: 'waiting', paused: 'paused' },
  paused: { resumed: 'waiting' },
  stuck: { resumed: 'waiting', line_back: 'waiting' },
  sent: {},
  refused: {},
};

export const chosen = (size: number): Sending => ({ phase: 'waiting', sent: 0, size, words: '' });

/** Returns how the file stands after something has happened; the same object when that means nothing now. */
export function stepped(now: Sending, happening: Happening): Sending {
  const phase = WAYS[now.phase][happening.kind];
  if (phase === undefined) return now;
  if (happening.kind === 'progress') return { ...now, phase, sent: Math.min(happening.sent, now.size) };
  if (happening.kind === 'done') return { ...now, phase, sent: now.size };
  if (happening.kind === 'refused') return { ...now, phase, words: happening.words };
  return { ...now, phase };
}

export const isOnItsWay = (one: Sending): boolean => one.phase === 'sending' || one.phase === 'trouble';

/** Returns the place of the file whose turn it is, or -1: one at a time, so that a thin line finishes something. */
export function turn(files: readonly Sending[]): number {
  return files.some(isOnItsWay) ? -1 : files.findIndex((one) => one.phase === 'waiting');
}

/** Returns how much has been sent, in whole percent; 100 only when all of it has. */
export const percent = (one: Sending): number =>
  one.phase === 'sent' ? 100 : Math.min(99, Math.floor((one.sent * 100) / Math.max(1, one.size)));
