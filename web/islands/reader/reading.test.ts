import { describe, expect, it } from 'vitest';
import {
  dwell,
  entryOf,
  finished,
  firstUnfinished,
  isAtEnd,
  isFull,
  mayTurn,
  openAt,
  positionMs,
  type Reading,
  secondsLeft,
} from './reading';

const BOOK = { pages: 4, page_ms: 20_000 };

describe('a document', () => {
  it('opens the page on which a position lies', () => {
    const pages = [0, 19_999, 20_000, 35_000, 60_000, 79_999].map((ms) => openAt(BOOK, ms).page);
    expect(pages).toEqual([0, 0, 1, 1, 3, 3]);
  });

  it('opens the last page, full, at its end', () => {
    const reading = openAt(BOOK, 80_000);
    expect(reading).toMatchObject({ page: 3, dwell_ms: 20_000 });
    expect(isAtEnd(reading)).toBe(true);
  });

  it('takes positions outside itself for its two ends', () => {
    expect(openAt(BOOK, -5).page).toBe(0);
    expect(positionMs(openAt(BOOK, 999_999))).toBe(80_000);
  });

  it('fills a page and no more', () => {
    const reading = dwell(dwell(openAt(BOOK, 20_000), 19_000), 5_000);
    expect(isFull(reading)).toBe(true);
    expect(positionMs(reading)).toBe(40_000);
    expect(isAtEnd(reading)).toBe(false);
  });

  it('says how long a page takes, rounded up, and 0 only when it is full', () => {
    expect(secondsLeft(openAt(BOOK, 0))).toBe(20);
    expect(secondsLeft(openAt(BOOK, 19_999))).toBe(1);
    expect(secondsLeft(dwell(openAt(BOOK, 0), 20_000))).toBe(0);
  });

  it('stays at the same position when a full page is turned', () => {
    const full = dwell(openAt(BOOK, 0), 20_000);
    const turned = openAt(BOOK, entryOf(full, 1, positionMs(full)));
    expect(turned.page).toBe(1);
    expect(positionMs(turned)).toBe(positionMs(full));
  });

  it('goes on in the unfinished page where it was left, and begins finished ones anew', () => {
    const limit_ms = 47_000;
    expect(entryOf(openAt(BOOK, 0), 2, limit_ms)).toBe(47_000);
    expect(entryOf(openAt(BOOK, 0), 1, limit_ms)).toBe(20_000);
    expect(entryOf(openAt(BOOK, 0), 3, 80_000)).toBe(60_000);
  });

  it('opens the next page when this one is full, or was before', () => {
    expect(mayTurn(openAt(BOOK, 10_000), 10_000)).toBe(false);
    expect(mayTurn(dwell(openAt(BOOK, 0), 20_000), 0)).toBe(true);
    expect(mayTurn(openAt(BOOK, 0), 20_000)).toBe(true);
    expect(mayTurn(openAt(BOOK, 20_000), 39_999)).toBe(false);
    expect(mayTurn(openAt(BOOK, 60_000), 80_000)).toBe(false);
  });

  it('counts finished pages', () => {
    expect([0, 19_999, 20_000, 80_000].map((ms) => finished(openAt(BOOK, 0), ms))).toEqual([0, 0, 1, 4]);
    expect(firstUnfinished(openAt(BOOK, 0), 80_000)).toBe(3);
  });
});

/** Numbers that look random and are the same in each run. */
function dice(seed: number): () => number {
  let a = seed;
  return () => {
    a = (Math.imul(a, 1_664_525) + 1_013_904_223) >>> 0;
    return a / 4_294_967_296;
  };
}

describe('any course of reading', () => {
  const seeds = Array.from({ length: 60 }, (_, index) => index + 1);
  it.each(seeds)('never earns a position that was not dwelt on (seed %i)', (seed) => {
    const roll = dice(seed);
    const book = { pages: 1 + Math.floor(roll() * 9), page_ms: 5_000 + Math.floor(roll() * 60_000) };
    let reading: Reading = openAt(book, 0);
    let limit_ms = 0;
    let passed_ms = 0;
    for (let turn = 0; turn < 200; turn += 1) {
      const before_ms = positionMs(reading);
      if (roll() < 0.7) {
        const ms = roll() * 9_000;
        passed_ms += ms;
        reading = dwell(reading, ms);
        expect(positionMs(reading)).toBeGreaterThanOrEqual(before_ms);
        limit_ms = Math.max(limit_ms, positionMs(reading));
      } else {
        const wanted = Math.floor(roll() * book.pages);
        const target_ms = Math.min(entryOf(reading, wanted, limit_ms), limit_ms);
        reading = openAt(book, target_ms);
        expect(positionMs(reading)).toBe(Math.floor(target_ms));
      }
      expect(limit_ms).toBeLessThanOrEqual(passed_ms);
      expect(positionMs(reading)).toBeLessThanOrEqual(limit_ms);
      expect(reading.page).toBeLessThanOrEqual(firstUnfinished(reading, limit_ms));
      expect(reading.dwell_ms).toBeLessThanOrEqual(book.page_ms);
    }
  });
});
