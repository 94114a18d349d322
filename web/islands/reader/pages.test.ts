// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Press, Reason } from './fetching';
import { Leaves } from './leaves';
import { Pages } from './pages';
import { openAt } from './reading';

const BOOK = { pages: 3, page_ms: 10_000 };

/** A press whose pages come when the test lets them. */
class SlowPress implements Press {
  readonly asked: string[] = [];
  reasons: Record<string, Reason> = {};
  released = 3;

  async image(url: string): Promise<HTMLImageElement> {
    this.asked.push(url);
    if (Number(url.slice(-9, -5)) > this.released) throw new Error('no picture');
    return document.createElement('img');
  }

  async reason(url: string): Promise<Reason> {
    return this.reasons[url] ?? 'not_released';
  }

  async text(url: string): Promise<string> {
    return url;
  }
}

let press: SlowPress;
let now_ms: number;
let pages: Pages;
let leaves: Leaves;

beforeEach(() => {
  vi.useFakeTimers();
  press = new SlowPress();
  now_ms = 0;
  leaves = new Leaves('/pages/', BOOK.pages, press, (page) => pages.arrived(page));
  pages = new Pages(
    openAt(BOOK, 0),
    leaves,
    () => undefined,
    () => now_ms,
  );
});

/** Lets everything that is under way arrive. */
async function arrive(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

/** Reads on, with a look every quarter of a second. */
function read(ms: number): void {
  for (let passed_ms = 0; passed_ms < ms; passed_ms += 250) {
    now_ms += 250;
    pages.look();
  }
}

async function begin(): Promise<void> {
  pages.seek(0);
  pages.play();
  await arrive();
}

describe('the time of a page', () => {
  it('does not run before the page is there', async () => {
    pages.seek(0);
    pages.play();
    read(5_000);
    expect(pages.look()).toMatchObject({ position_ms: 0, paused: false, buffering: true });
    await arrive();
    expect(pages.look()).toMatchObject({ position_ms: 0, buffering: false });
    read(2_000);
    expect(pages.look().position_ms).toBe(2_000);
  });

  it('runs until it is full and then stands', async () => {
    await begin();
    read(14_000);
    expect(pages.look()).toMatchObject({ position_ms: 10_000, paused: false, ended: false, is_full: true });
    pages.seek(10_000);
    expect(pages.reading.page).toBe(1);
    expect(pages.look()).toMatchObject({ position_ms: 10_000, is_full: false });
  });

  it('stands still while it is paused', async () => {
    await begin();
    read(3_000);
    pages.pause();
    read(3_000);
    expect(pages.look()).toMatchObject({ position_ms: 3_000, paused: true });
    pages.play();
    read(1_000);
    expect(pages.look().position_ms).toBe(4_000);
  });

  it('does not run while the computer sleeps', async () => {
    await begin();
    now_ms += 3_600_000;
    expect(pages.look().position_ms).toBeLessThanOrEqual(3_000);
  });

  it('ends with the last page, and begins anew when it is played again', async () => {
    pages.seek(25_000);
    pages.play();
    await arrive();
    read(6_000);
    expect(pages.look()).toMatchObject({ position_ms: 30_000, paused: true, ended: true, is_full: false });
    pages.play();
    expect(pages.look()).toMatchObject({ position_ms: 0, paused: false, ended: false });
  });
});

describe('the pages', () => {
  it('are fetched one ahead, with their words', async () => {
    await begin();
    expect(press.asked).toEqual(['/pages/0001.webp', '/pages/0002.webp']);
    expect(pages.leaf).toMatchObject({ state: 'loaded', text: '/pages/0001.txt' });
  });

  it('are asked for again when the server has answered, if it held them back', async () => {
    press.released = 1;
    await begin();
    expect(leaves.get(1).state).toBe('held_back');
    pages.seek(10_000);
    await arrive();
    expect(pages.look().buffering).toBe(true);
    press.released = 2;
    pages.heard();
    await arrive();
    expect(leaves.get(1).state).toBe('loaded');
    expect(pages.look().buffering).toBe(false);
  });

  it('are asked for again when the answer came while they were refused', async () => {
    press.released = 1;
    await begin();
    pages.seek(10_000);
    press.released = 2;
    pages.heard();
    await arrive();
    expect(leaves.get(1).state).toBe('loaded');
  });

  it('are fetched ahead once the server knows that the page before is full', async () => {
    press.released = 1;
    await begin();
    read(5_000);
    press.released = 2;
    pages.heard();
    await arrive();
    expect(leaves.get(1).state).toBe('held_back');
    read(5_000);
    pages.heard();
    await arrive();
    expect(leaves.get(1).state).toBe('loaded');
  });

  it('are asked for again after a while when the network is weak', async () => {
    press.released = 0;
    press.reasons = { '/pages/0001.webp': 'lost' };
    await begin();
    expect(pages.leaf.state).toBe('failing');
    press.released = 1;
    await vi.advanceTimersByTimeAsync(3_000);
    expect(pages.leaf.state).toBe('loaded');
  });

  it('are given up where the server refuses them', async () => {
    press.released = 0;
    press.reasons = { '/pages/0001.webp': 'refused' };
    await begin();
    expect(pages.leaf.state).toBe('refused');
  });
});
