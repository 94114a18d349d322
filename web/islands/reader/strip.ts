/** The strip of pages: finished ones solid, the open one marked and filling, those to come in outline. */
import { say } from '../../core/words';
import type { Page } from '../player/page';
import { attribute } from '../player/touching';
import { finished, type Reading } from './reading';
import { drawn } from './sheet';

const WIDTH = 1_000;
/** Between two pages, and at most so much of a page's share. */
const GAP = 4;
const GAP_SHARE = 0.2;

export class Strip {
  private readonly page: Page;
  private readonly strip: HTMLElement;
  private drawn = '';
  private filling: SVGElement | null = null;

  /** Calls `open` with the page that was pressed. */
  constructor(page: Page, pages: number, open: (page: number) => void) {
    this.page = page;
    this.strip = page.part('strip');
    this.strip.addEventListener('click', (event) => {
      const { left, width } = this.strip.getBoundingClientRect();
      const at = Math.floor((pages * (event.clientX - left)) / Math.max(1, width));
      open(Math.max(0, Math.min(at, pages - 1)));
    });
  }

  paint(reading: Reading, limit_ms: number): void {
    const done = finished(reading, limit_ms);
    const key = `${reading.page} ${done}`;
    if (key !== this.drawn) this.draw(reading, done);
    this.drawn = key;
    const share = reading.page < done ? 1 : reading.dwell_ms / reading.page_ms;
    const { width } = placeOf(reading.page, reading.pages);
    if (this.filling !== null) attribute(this.filling, 'width', (width * share).toFixed(1));
  }

  private draw(reading: Reading, done: number): void {
    while (this.strip.firstChild) this.strip.firstChild.remove();
    for (let page = 0; page < reading.pages; page += 1) {
      const look = page < done ? 'done' : page === done ? 'next' : 'locked';
      const { x, width } = placeOf(page, reading.pages);
      const place = { x: x.toFixed(1), width: width.toFixed(1) };
      this.strip.append(drawn('rect', { class: `leaf-${look}`, y: '10', height: '8', ...place }));
      if (page !== reading.page) continue;
      this.filling = drawn('rect', { class: 'leaf-done', y: '10', height: '8', ...place, width: '0' });
      this.strip.append(this.filling, drawn('rect', { class: 'leaf-here', y: '22', height: '3', ...place }));
    }
    const numbers = { page: reading.page + 1, pages: reading.pages, finished: done };
    const spoken = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)]));
    attribute(this.strip, 'aria-label', say(this.page.messages, 'strip_spoken', spoken));
  }
}

function placeOf(page: number, pages: number): { readonly x: number; readonly width: number } {
  const share = WIDTH / pages;
  const gap = Math.min(GAP, share * GAP_SHARE);
  return { x: page * share + gap / 2, width: share - gap };
}
