// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Refreshing } from './refreshing';

const EVERY_MS = 12_000;
const board = (number: number, seconds = 42): string =>
  `<p data-summary="${number} learning"></p><a href="/day/1/">x</a><span data-seconds-left>${seconds}</span>`;

let asked: string[];
let answer: () => Promise<Response>;

function aPage(): HTMLElement {
  document.body.innerHTML = `<div data-island="refreshing" data-url="/board/" data-every-ms="${EVERY_MS}"
    data-word-pause="pause" data-word-resume="resume" data-word-lost="lost" data-word-over="over">
    <a data-part="reload"></a><button data-part="toggle" hidden></button><span data-part="note"></span>
    <p data-part="spoken"></p><div data-part="board">${board(1)}</div></div>`;
  const root = document.querySelector<HTMLElement>('[data-island]');
  if (root === null) throw new Error('no island');
  return root;
}

function part(name: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[data-part="${name}"]`);
  if (found === null) throw new Error(name);
  return found;
}

function hide(hidden: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
  document.dispatchEvent(new Event('visibilitychange'));
}

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  answer = async () => new Response(board(2));
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url);
    return answer();
  });
  const root = aPage();
  hide(false);
  new Refreshing(root).start();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a part that refreshes itself', () => {
  it('asks every so often, replaces what is shown and speaks only of what changed', async () => {
    expect(part('reload').hidden).toBe(true);
    await vi.advanceTimersByTimeAsync(EVERY_MS + 10);
    expect(asked).toEqual(['/board/']);
    expect(part('spoken').textContent).toBe('2 learning');
    part('spoken').textContent = '';
    await vi.advanceTimersByTimeAsync(EVERY_MS + 10);
    expect(asked.length).toBe(2);
    expect(part('spoken').textContent).toBe('');
  });

  it('counts the seconds down between two answers', async () => {
    await vi.advanceTimersByTimeAsync(5_000);
    expect(part('board').textContent).toContain('37');
  });

  it('rests while nobody looks, and asks at once when somebody does again', async () => {
    hide(true);
    await vi.advanceTimersByTimeAsync(10 * EVERY_MS);
    expect(asked).toEqual([]);
    hide(false);
    await vi.advanceTimersByTimeAsync(10);
    expect(asked.length).toBe(1);
  });

  it('can be stopped and goes on when asked to', async () => {
    part('toggle').click();
    expect(part('toggle').textContent).toBe('resume');
    await vi.advanceTimersByTimeAsync(10 * EVERY_MS);
    expect(asked).toEqual([]);
    part('toggle').click();
    await vi.advanceTimersByTimeAsync(10);
    expect(asked.length).toBe(1);
  });

  it('keeps the place of whoever uses the keyboard', async () => {
    part('board').querySelector('a')?.focus();
    await vi.advanceTimersByTimeAsync(EVERY_MS + 10);
    expect(document.activeElement?.getAttribute('href')).toBe('/day/1/');
    expect(part('board').contains(document.activeElement)).toBe(true);
  });

  it('says that what is shown is older, waits longer, and takes the words back', async () => {
    answer = () => Promise.reject(new TypeError('offline'));
    await vi.advanceTimersByTimeAsync(EVERY_MS + 10);
    expect(part('note').textContent).toBe('lost');
    await vi.advanceTimersByTimeAsync(EVERY_MS + 10);
    expect(asked.length).toBe(1);
    answer = async () => new Response(board(3));
    await vi.advanceTimersByTimeAsync(EVERY_MS);
    expect(part('note').textContent).toBe('');
    expect(part('spoken').textContent).toBe('3 learning');
  });

  it('ends with a way on when the person is no longer signed in', async () => {
    answer = async () => new Response('', { status: 403 });
    await vi.advanceTimersByTimeAsync(EVERY_MS + 10);
    expect(part('note').textContent).toBe('over');
    expect(part('reload').hidden).toBe(false);
    await vi.advanceTimersByTimeAsync(10 * EVERY_MS);
    expect(asked.length).toBe(1);
  });
});
