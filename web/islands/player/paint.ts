/** Puts a view on the page, and touches only what has changed. */
import type { Stretch } from '../../core/answers';
import { drawMinuteBar } from '../../core/minute_bar';
import { clock, duration, say } from '../../core/words';
import type { Page } from './page';
import { attribute, enable, saying, text } from './touching';
import type { Status, View } from './view';

export class Painter {
  private readonly page: Page;
  private stretches: readonly Stretch[] | null = null;

  constructor(page: Page) {
    this.page = page;
  }

  paint(view: View): void {
    const { page } = this;
    attribute(page.root, 'data-action', view.action);
    attribute(page.root, 'data-counting', String(view.status.counting));
    attribute(page.root, 'data-status', view.status.key);
    attribute(page.root, 'data-signed-in', String(view.signed_in));
    this.paintButtons(view);
    text(page.part('status-text'), this.statusText(view.status));
    saying(
      page.part('notice'),
      view.notice === null ? null : say(page.messages, view.notice, view.notice_values),
    );
    saying(page.part('banner'), view.banner);
    this.paintFigures(view);
    this.paintDialog(view.question);
  }

  private paintButtons(view: View): void {
    const { page } = this;
    const from_start = view.action !== 'start' || view.position_ms === 0;
    const label = from_start
      ? page.messages[view.action]
      : say(page.messages, 'continue_from', { time: placeOf(page, view.position_ms) });
    const waits = view.action === 'wait';
    const cover = page.part('cover');
    const toggle = page.part('toggle');
    const had_focus = document.activeElement === cover;
    cover.hidden = !view.covered;
    enable(page.part('cover'), !waits);
    enable(page.part('toggle'), !waits);
    // Who started by keyboard goes on by keyboard.
    if (had_focus && cover.hidden) toggle.focus({ preventScroll: true });
    text(page.part('cover-label'), label);
    const asks = view.action === 'still_here' ? this.statusText(view.status) : null;
    saying(page.part('asks'), asks);
    attribute(toggle, 'aria-label', label);
  }

  private statusText({ key, kind }: Status): string {
    const { messages, lesson } = this.page;
    const reason = kind === null ? '' : say(messages, `kind_${kind}`);
    const minutes = String(Math.round((lesson.pace?.idle_ask_ms ?? 0) / 60_000));
    return say(messages, key, { reason, minutes });
  }

  private paintFigures({ figures, stretches }: View): void {
    const { page } = this;
    const { messages, lesson } = page;
    if (figures.cap_ms > 0) {
      const day = duration(messages, figures.day_ms);
      const cap = duration(messages, figures.cap_ms);
      text(page.part('credited'), duration(messages, figures.credited_ms));
      text(page.part('day'), say(messages, 'day_of_cap', { day, cap }));
    }
    if (stretches === this.stretches) return;
    this.stretches = stretches;
    const rest_ms = Math.max(0, lesson.length_ms - figures.reached_ms);
    drawMinuteBar(page.part('bar') as Element as SVGElement, stretches, rest_ms, messages);
  }

  /** Old Safari has no dialogs: there the element is shown like any other, and CSS places it. */
  private paintDialog(question: string | null): void {
    const { page } = this;
    const dialog = page.part('dialog') as HTMLDialogElement;
    const is_open = dialog.hasAttribute('open');
    if (question !== null) text(page.part('question'), question);
    if (question !== null && !is_open) {
      if (typeof dialog.showModal === 'function') dialog.showModal();
      else dialog.setAttribute('open', '');
      page.part('take-over').focus();
    }
    if (question === null && is_open) {
      if (typeof dialog.close === 'function') dialog.close();
      else dialog.removeAttribute('open');
    }
  }
}

/** A film's place is a time, a document's the number of a page. */
function placeOf({ lesson }: Page, position_ms: number): string {
  const { pace } = lesson;
  return pace === null ? clock(position_ms) : String(Math.floor(position_ms / pace.page_ms) + 1);
}
