/** Which files are not worth sending: the server would refuse them by their size or by the ending of their name alone. */

export interface Limits {
  readonly mostBytes: number;
  /** Endings without the dot, in small letters; none means that the server has not said which. */
  readonly endings: readonly string[];
  readonly macroEndings: readonly string[];
}

/** Why a file is not sent; the page has a word for each. */
export type Refusal = 'empty' | 'large' | 'macros' | 'kind';

export function refusalOf(file: File, limits: Limits): Refusal | null {
  const ending = endingOf(file.name);
  if (limits.macroEndings.includes(ending)) return 'macros';
  if (limits.endings.length > 0 && !limits.endings.includes(ending)) return 'kind';
  if (file.size === 0) return 'empty';
  return file.size > limits.mostBytes ? 'large' : null;
}

/** Returns the words of a list that the page gives as one text. */
export const listed = (text: string | undefined): string[] => (text ?? '').split(' ').filter(Boolean);

/** A name that only begins with a dot has no ending, as on the server. */
function endingOf(name: string): string {
  const parts = name.trim().toLowerCase().replace(/^\.+/, '').split('.');
  return parts.length > 1 ? (parts[parts.length - 1] ?? '') : '';
}
