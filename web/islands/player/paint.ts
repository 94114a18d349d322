/** Puts a view on the page, and touches only what has changed. */
import type { Stretch } from '../../core/answers';
import { drawMinuteBar } from '../../core/minute_bar';
import { clock, duration, say } from '../../core/words';
import type { Page } from './page';
import type { Status, View } from './view';

export class Painter {
  private readonly page: Page;
  private stretches: readonly Stretch[] | null = null;
  private preview_ms: number | null = null;
  private last: View | null = null;

  constructor(page: Page) {
    this.page = page;
    page.part('seek').setAttribute('aria-valuemax', String(Math.floor(page.lesson.length_ms / 1_000)));
  }

  paint(view: View): void {
    this.last = view;
    const { page } = this;
    this.attribute(page.root, 'data-action', view.action);
    this.attribute(page.root, 'data-counting', String(view.status.counting));
    this.attribute(page.root, 'data-status', view.status.key);
    this.attribute(page.root, 'data-signed-in', String(view.signed_in));
    this.paintButtons(view);
    this.text('status-text', this.statusText(view.status));
    this.saying('notice', view.notice === null ? null : say(page.messages, view.notice, view.notice_values));
    this.saying('banner', view.banner);
    this.paintPosition(view);
    this.paintFigures(view);
    this.paintDialog(view.question);
  }

  /** Shows where the pointer would take the picture; null when it is let go. */
  preview(position_ms: number | null): void {
    this.preview_ms = position_ms;
    if (this.last !== null) this.paintPosition(this.last);
  }

  private paintButtons(view: View): void {
    const { page } = this;
    const from_start = view.action !== 'start' || view.position_ms === 0;
    const label = from_start
      ? page.messages[view.action]
      : say(page.messages, 'continue_from', { time: clock(view.position_ms) });
    const waits = view.action === 'wait';
    const cover = page.part('cover');
    const toggle = page.part('toggle');
    const had_focus = document.activeElement === cover;
    cover.hidden = !view.covered;
    this.enable('cover', !waits);
    this.enable('toggle', !waits);
    this.enable('back', !waits && view.action !== 'start' && view.action !== 'reload');
    // Who started by keyboard goes on by keyboard.
    if (had_focus && cover.hidden) toggle.focus({ preventScroll: true });
    this.text('cover-label', label);
    this.attribute(toggle, 'aria-label', label);
  }

  /** Not by `disabled`: that would take the focus away from who uses the keyboard. The machine ignores what it cannot do. */
  private enable(name: string, can_be_used: boolean): void {
    const button = this.page.part(name);
    button.removeAttribute('disabled');
    this.attribute(button, 'aria-disabled', String(!can_be_used));
  }

  private statusText({ key, kind }: Status): string {
    const { messages } = this.page;
    return kind === null ? say(messages, key) : say(messages, key, { reason: say(messages, `kind_${kind}`) });
  }

  private paintPosition(view: View): void {
    const { page } = this;
    const { length_ms } = page.lesson;
    const position_ms = Math.min(this.preview_ms ?? view.position_ms, length_ms);
    const share = (ms: number): string =>
      `${(length_ms > 0 ? Math.min(100, (100 * ms) / length_ms) : 0).toFixed(2)}%`;
    this.attribute(page.part('rail-played'), 'width', share(position_ms));
    this.attribute(page.part('rail-knob'), 'cx', share(position_ms));
    this.attribute(page.part('rail-reached'), 'width', share(view.limit_ms));
    this.attribute(page.part('rail-mark'), 'x', share(view.reached_ms));
    this.text('position', clock(position_ms));
    const spoken = {
      position: clock(position_ms),
      length: clock(length_ms),
      reached: clock(view.reached_ms),
    };
    const seek = page.part('seek');
    this.attribute(seek, 'aria-valuenow', String(Math.floor(position_ms / 1_000)));
    this.attribute(seek, 'aria-valuetext', say(page.messages, 'position_spoken', spoken));
  }

  private paintFigures({ figures, stretches }: View): void {
    const { messages, lesson } = this.page;
    if (figures.cap_ms > 0) {
      const day = duration(messages, figures.day_ms);
      const cap = duration(messages, figures.cap_ms);
      this.text('credited', duration(messages, figures.credited_ms));
      this.text('day', say(messages, 'day_of_cap', { day, cap }));
    }
    if (stretches === this.stretches) return;
    this.stretches = stretches;
    const rest_ms = Math.max(0, lesson.length_ms - figures.reached_ms);
    drawMinuteBar(this.page.part('bar') as Element as SVGElement, stretches, rest_ms, messages);
  }

  /** Old Safari has no dialogs: there the element is shown like any other, and CSS places it. */
  private paintDialog(question: string | null): void {
    const dialog = this.page.part('dialog') as HTMLDialogElement;
    const is_open = dialog.hasAttribute('open');
    if (question !== null) this.text('question', question);
    if (question !== null && !is_open) {
      if (typeof dialog.showModal === 'function') dialog.showModal();
      else dialog.setAttribute('open', '');
      this.page.part('take-over').focus();
    }
    if (question === null && is_open) {
      if (typeof dialog.close === 'function') dialog.close();
      else dialog.removeAttribute('open');
    }
  }

  private saying(name: string, sentence: string | null): void {
    this.page.part(name).hidden = sentence === null;
    if (sentence !== null) this.text(name, sentence);
  }

  private text(name: string, text: string): void {
    const part = this.page.part(name);
    if (part.textContent !== text) part.textContent = text;
  }

  private attribute(element: Element, name: string, value: string): void {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
}
