/** Asks the server which occupations match a text. */
import type { Happening, Occupation } from './machine';

const isOccupation = (line: unknown): line is Occupation => {
  const { code, name, facts } = (line ?? {}) as Record<string, unknown>;
  return typeof code === 'string' && typeof name === 'string' && typeof facts === 'string';
};

/** Returns what became of the question; it never throws. */
export async function asked(url: string, text: string): Promise<Happening> {
  try {
    const response = await fetch(`${url}?q=${encodeURIComponent(text)}`, {
      headers: { Accept: 'application/json' },
      redirect: 'manual', // who is not signed in any more would be led to the sign-in
    });
    if (response.type === 'opaqueredirect' || response.status === 403)
      return { kind: 'failed', text, phase: 'over' };
    if (!response.ok) return { kind: 'failed', text, phase: 'trouble' };
    const answer = (await response.json()) as { matches: unknown[]; has_more: unknown };
    const matches = answer.matches.filter(isOccupation);
    return { kind: 'answered', text, matches, has_more: answer.has_more === true };
  } catch {
    return { kind: 'failed', text, phase: 'trouble' };
  }
}
