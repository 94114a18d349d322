/**
 * Reading a document: pages in order, each for its time. The position is that of a film: finished pages × the time of a page,
 * and on top the time spent on this one, at most its time. Pure; pages count from 0 here.
 */

export interface Reading {
  readonly pages: number;
  /** What a page counts. */
  readonly page_ms: number;
  /** The page that lies open. */
  readonly page: number;
  /** Time spent on it, from 0 to `page_ms`. */
  readonly dwell_ms: number;
}

/** Opens the page on which a position lies: the next one where it lies between two, the last one at the end. */
export function openAt({ pages, page_ms }: Pick<Reading, 'pages' | 'page_ms'>, position_ms: number): Reading {
  const within_ms = Math.max(0, Math.min(position_ms, pages * page_ms));
  const page = Math.min(Math.floor(within_ms / page_ms), pages - 1);
  return { pages, page_ms, page, dwell_ms: within_ms - page * page_ms };
}

/** Returns the position in whole milliseconds. */
export function positionMs({ page, page_ms, dwell_ms }: Reading): number {
  return page * page_ms + Math.floor(dwell_ms);
}

/** Lets time pass over the page that lies open; when its time is full, more adds nothing. */
export function dwell(reading: Reading, ms: number): Reading {
  const dwell_ms = Math.min(reading.page_ms, reading.dwell_ms + Math.max(0, ms));
  return { ...reading, dwell_ms };
}

/** Whether the time of the page is full. */
export function isFull({ dwell_ms, page_ms }: Reading): boolean {
  return dwell_ms >= page_ms;
}

/** Whether the last page is full. */
export function isAtEnd(reading: Reading): boolean {
  return isFull(reading) && reading.page === reading.pages - 1;
}

/** Returns the first page whose time is not full; the last one when all are. */
export function firstUnfinished({ pages, page_ms }: Reading, limit_ms: number): number {
  return Math.min(Math.floor(limit_ms / page_ms), pages - 1);
}

/** Returns how many pages are finished. */
export function finished({ pages, page_ms }: Reading, limit_ms: number): number {
  return Math.min(Math.floor(limit_ms / page_ms), pages);
}

/** Whether the page after this one may be opened. */
export function mayTurn(reading: Reading, limit_ms: number): boolean {
  const { page, pages } = reading;
  const is_done = isFull(reading) || page < finished(reading, limit_ms);
  return is_done && page < pages - 1;
}

/** Returns where to go on in a page: where it was left if it is the one not finished, else at its beginning. */
export function entryOf({ page_ms }: Reading, page: number, limit_ms: number): number {
  const start_ms = page * page_ms;
  return limit_ms > start_ms && limit_ms < start_ms + page_ms ? limit_ms : start_ms;
}

/** Returns the seconds left of the page's time, rounded up: it says 0 only when it is full. */
export function secondsLeft({ page_ms, dwell_ms }: Reading): number {
  return Math.ceil((page_ms - dwell_ms) / 1_000);
}
