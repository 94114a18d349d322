/** How the choosing of an occupation stands, and what may happen to it. No page, no network, no clock. */

export interface Occupation {
  readonly code: string;
  readonly name: string;
  /** Its levels, how it is learned, its standard, in words. */
  readonly facts: string;
}

/** What the list below the box has to say. */
export type Phase = 'resting' | 'waiting' | 'listed' | 'trouble' | 'over';

export interface Choosing {
  readonly text: string;
  /** What the form holds; null while the text is only text. */
  readonly chosen: Occupation | null;
  /** What was chosen last, to which Escape leads back. */
  readonly before: Occupation | null;
  readonly phase: Phase;
  readonly matches: readonly Occupation[];
  readonly has_more: boolean;
  /** The place of the match that Enter would choose, or -1. */
  readonly active: number;
}

export type Happening =
  | { readonly kind: 'typed'; readonly text: string }
  /** The server's answer to a text; an answer to another one than the present means nothing any more. */
  | {
      readonly kind: 'answered';
      readonly text: string;
      readonly matches: readonly Occupation[];
      readonly has_more: boolean;
    }
  | { readonly kind: 'failed'; readonly text: string; readonly phase: 'trouble' | 'over' }
  | { readonly kind: 'moved'; readonly by: 1 | -1 }
  /** A match was pressed, or the active one confirmed by Enter. */
  | { readonly kind: 'picked'; readonly place: number }
  | { readonly kind: 'escaped' }
  | { readonly kind: 'left' };

const closed = { phase: 'resting', matches: [], has_more: false, active: -1 } as const;

export const begun = (chosen: Occupation | null, text: string): Choosing => ({
  ...closed,
  text: chosen === null ? text : chosen.name,
  chosen,
  before: chosen,
});

export const isOpen = (now: Choosing): boolean => now.phase === 'listed' && now.matches.length > 0;

/** Whether something was typed that is no choice: the form would be refused. */
export const isUnchosen = (now: Choosing): boolean => now.chosen === null && now.text.trim() !== '';

/** Returns what is to be asked of the server, or '' for nothing. */
export const wanted = (now: Choosing): string => (now.phase === 'waiting' ? now.text.trim() : '');

/** Returns how things stand after something has happened; the same object when that means nothing now. */
export function stepped(now: Choosing, happening: Happening): Choosing {
  switch (happening.kind) {
    case 'typed':
      return typed(now, happening.text);
    case 'answered': {
      if (now.phase !== 'waiting' || happening.text !== now.text.trim()) return now;
      const { matches, has_more } = happening;
      return { ...now, phase: 'listed', matches, has_more, active: -1 };
    }
    case 'failed':
      return wanted(now) !== happening.text ? now : { ...now, ...closed, phase: happening.phase };
    case 'moved':
      return moved(now, happening.by);
    case 'picked':
      return picked(now, happening.place);
    case 'escaped':
      return escaped(now);
    case 'left':
      return isOpen(now) ? { ...now, ...closed } : now;
  }
}

/** Any change of the text takes the choice back: nobody chose what the box says now. */
function typed(now: Choosing, text: string): Choosing {
  if (text === now.text) return now;
  const phase = text.trim() === '' ? 'resting' : 'waiting';
  return { ...now, ...closed, text, chosen: null, phase };
}

/** The arrows go round, through a place at which nothing is active; without a list they ask for one. */
function moved(now: Choosing, by: 1 | -1): Choosing {
  if (!isOpen(now)) return isUnchosen(now) && now.phase !== 'listed' ? { ...now, phase: 'waiting' } : now;
  const places = now.matches.length + 1;
  return { ...now, active: ((now.active + 1 + by + places) % places) - 1 };
}

function picked(now: Choosing, place: number): Choosing {
  const chosen = now.matches[place];
  return chosen === undefined ? now : begun(chosen, '');
}

/** First the list goes; then the text, and what was chosen before is chosen again. */
function escaped(now: Choosing): Choosing {
  if (isOpen(now)) return { ...now, ...closed };
  return now.chosen === null ? begun(now.before, '') : now;
}

/** Returns what Enter means: choose the active match, keep the form from being sent with text that is no choice, or send it. */
export function entered(now: Choosing): 'pick' | 'stay' | 'send' {
  if (isOpen(now) && now.active >= 0) return 'pick';
  return isOpen(now) || isUnchosen(now) ? 'stay' : 'send';
}
