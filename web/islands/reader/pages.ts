/** The pages of a document, behind the verbs that the machine knows from films: what plays is the time of the open page. */
import type { Sample } from '../player/events';
import type { Stage } from '../player/scene';
import type { Leaf, Leaves } from './leaves';
import { dwell, isAtEnd, isFull, openAt, positionMs, type Reading } from './reading';

const LOOK_MS = 250;
/** A computer that slept between two looks has not been read from. */
const LONGEST_STEP_MS = 3_000;

export class Pages implements Stage {
  private readonly leaves: Leaves;
  private readonly news: () => void;
  private readonly clock: () => number;
  private now: Reading;
  private is_running = false;
  private counted_at_ms = 0;
  private ticker: ReturnType<typeof setInterval> | undefined;

  /** Calls `news` now and then while the time of a page runs. */
  constructor(
    reading: Reading,
    leaves: Leaves,
    news: () => void,
    clock: () => number = () => performance.now(),
  ) {
    this.now = reading;
    this.leaves = leaves;
    this.news = news;
    this.clock = clock;
  }

  get reading(): Reading {
    return this.now;
  }

  get leaf(): Leaf {
    return this.leaves.get(this.now.page);
  }

  look(): Sample {
    this.count();
    const ended = isAtEnd(this.now);
    return {
      position_ms: positionMs(this.now),
      paused: !this.is_running || ended,
      ended,
      rate: 1,
      buffering: this.is_running && !ended && !this.isThere(),
      is_full: isFull(this.now) && !ended,
    };
  }

  /** Nothing blocks it. From the end it begins anew, as a film does. */
  play(): void {
    if (isAtEnd(this.now)) this.seek(0);
    this.counted_at_ms = this.clock();
    this.is_running = true;
    this.ticker ??= setInterval(() => this.news(), LOOK_MS);
  }

  pause(): void {
    this.count();
    this.is_running = false;
    clearInterval(this.ticker);
    this.ticker = undefined;
  }

  seek(position_ms: number): void {
    this.count();
    this.now = openAt(this.now, position_ms);
    this.leaves.want(this.now.page);
  }

  normalRate(): void {
    // Time has one speed here.
  }

  prime(): void {
    // No browser wants a tap for a picture that stands still.
  }

  heard(): void {
    this.leaves.heard();
    // A full page was told of: what comes after it is released by the answer.
    if (isFull(this.now)) this.leaves.fetchAhead();
  }

  /** A page that has just come counts from now, not from when it was asked for. */
  arrived(page: number): void {
    if (page === this.now.page && this.isThere()) this.counted_at_ms = this.clock();
  }

  private count(): void {
    const at_ms = this.clock();
    const passed_ms = Math.min(LONGEST_STEP_MS, at_ms - this.counted_at_ms);
    this.counted_at_ms = at_ms;
    if (this.is_running && this.isThere()) this.now = dwell(this.now, passed_ms);
  }

  private isThere(): boolean {
    return this.leaf.state === 'loaded';
  }
}
