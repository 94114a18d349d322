/** Shows where a film is, and how far it may be sought. */
import { clock, say } from '../../core/words';
import type { Page } from './page';
import { attribute, enable, text } from './touching';
import type { View } from './view';

export class Rail {
  private readonly page: Page;
  private preview_ms: number | null = null;
  private last: View | null = null;

  constructor(page: Page) {
    this.page = page;
    page.part('seek').setAttribute('aria-valuemax', String(Math.floor(page.lesson.length_ms / 1_000)));
  }

  /** Shows where the pointer would take the picture; null when it is let go. */
  preview(position_ms: number | null): void {
    this.preview_ms = position_ms;
    if (this.last !== null) this.paint(this.last);
  }

  paint(view: View): void {
    this.last = view;
    const { page } = this;
    enable(page.part('back'), !['wait', 'start', 'reload'].includes(view.action));
    const { length_ms } = page.lesson;
    const position_ms = Math.min(this.preview_ms ?? view.position_ms, length_ms);
    const share = (ms: number): string =>
      `${(length_ms > 0 ? Math.min(100, (100 * ms) / length_ms) : 0).toFixed(2)}%`;
    attribute(page.part('rail-played'), 'width', share(position_ms));
    attribute(page.part('rail-knob'), 'cx', share(position_ms));
    attribute(page.part('rail-reached'), 'width', share(view.limit_ms));
    attribute(page.part('rail-mark'), 'x', share(view.reached_ms));
    text(page.part('position'), clock(position_ms));
    const spoken = {
      position: clock(position_ms),
      length: clock(length_ms),
      reached: clock(view.reached_ms),
    };
    const seek = page.part('seek');
    attribute(seek, 'aria-valuenow', String(Math.floor(position_ms / 1_000)));
    attribute(seek, 'aria-valuetext', say(page.messages, 'position_spoken', spoken));
  }
}
