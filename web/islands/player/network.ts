/** Talking to the server: posts that end in a reply, whatever happens to them. */
import type { Reply } from '../../core/answers';

const GIVE_UP_MS = 8_000;
const WINDOW_KEY = 'jiangxue-window';

/** Posts JSON and returns the reply; status 0 when none came in time. The post outlives the page. */
export async function post(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), GIVE_UP_MS);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body,
      keepalive: true,
      signal: abort.signal,
    });
    // A detour leads to the sign-in page: the learner's own session has ended.
    const status = response.redirected ? 401 : response.status;
    return { status, body: await read(response), retry_after_ms: retryAfter(response) };
  } catch {
    return { status: 0, body: null, retry_after_ms: null };
  } finally {
    clearTimeout(timer);
  }
}

async function read(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function retryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.round(seconds * 1_000) : null;
}

/** Sends a last word while the page goes away; no answer can be heard. */
export function lastWord(url: string, body: string): void {
  if (typeof navigator.sendBeacon === 'function' && navigator.sendBeacon(url, body)) return;
  fetch(url, { method: 'POST', body, keepalive: true }).catch(() => undefined);
}

/** Returns the name of this window, the same after a reload. */
export function windowName(): string {
  const fresh = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  try {
    const known = sessionStorage.getItem(WINDOW_KEY);
    if (known !== null && /^[0-9a-f]{32}$/.test(known)) return known;
    sessionStorage.setItem(WINDOW_KEY, fresh);
  } catch {
    // Storage is forbidden here: a reload then counts as another window, and asks.
  }
  return fresh;
}
