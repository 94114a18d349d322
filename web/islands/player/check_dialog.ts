/** The check's dialog: paints the open check, hears the learner's press, and does not go away before the check does. */
import type { Prompt } from '../../core/check_answers';
import { say } from '../../core/words';
import type { CheckView } from './check_view';
import type { Event as PlayerEvent } from './events';
import { type FaceHost, faceHostIn } from './face_host';
import type { Page } from './page';

/** Said to those who cannot see the seconds. */
const SPOKEN_AT_S = [30, 10, 5] as const;
/** From here on the time is drawn in the colour of a warning. */
const SOON_S = 10;
/** A finger that comes down so soon meant something else: what was there before, or a second tap. */
const TOO_SOON_MS = 200;

export class CheckDialog {
  private readonly page: Page;
  private readonly dialog: HTMLDialogElement;
  private readonly heading: HTMLElement;
  private readonly options: HTMLElement;
  private readonly face: FaceHost | null;
  private readonly happen: (event: PlayerEvent) => void;
  /** Called when the dialog appears. */
  private readonly appears: () => void;
  private view: CheckView | null = null;
  private drawn: Prompt | null = null;
  /** The question has not been spoken yet. */
  private is_new = false;
  /** When the options of the question were on the screen. */
  private seen_at_ms = 0;
  private title = '';

  constructor(page: Page, happen: (event: PlayerEvent) => void, appears: () => void) {
    this.page = page;
    this.dialog = page.part('check-dialog') as HTMLDialogElement;
    this.heading = page.part('check-text');
    this.options = page.part('check-options');
    this.happen = happen;
    this.face = faceHostIn(page, happen);
    this.appears = appears;
    this.options.addEventListener('click', (event) => this.click(event));
    this.dialog.addEventListener('keydown', (event) => this.key(event));
    this.dialog.addEventListener('cancel', (event) => event.preventDefault());
    // Chrome closes on a second Esc or a phone's back gesture whatever `cancel` says.
    this.dialog.addEventListener('close', () => {
      if (this.view !== null) this.show();
    });
    document.addEventListener('focusin', (event) => this.keepFocus(event));
  }

  paint(view: CheckView | null): void {
    const was_open = this.view !== null;
    const before_s = this.view?.prompt == null ? null : this.view.seconds_left;
    this.view = view;
    if (view === null) {
      if (was_open) this.close();
      return;
    }
    this.paintQuestion(view);
    this.paintOptions(view);
    this.paintTime(view, before_s);
    if (!was_open) this.open();
  }

  private open(): void {
    this.appears();
    this.title = document.title;
    document.title = say(this.page.messages, 'check_title', { title: this.title });
    this.show();
  }

  /** Browsers without dialogs show the element like any other, and CSS places it. */
  private show(): void {
    if (!this.dialog.isConnected) return;
    if (typeof this.dialog.showModal !== 'function') this.dialog.setAttribute('open', '');
    else if (!this.dialog.open) this.dialog.showModal();
    this.heading.focus({ preventScroll: true });
  }

  private close(): void {
    document.title = this.title;
    this.face?.close();
    this.drawn = null;
    if (typeof this.dialog.close === 'function') this.dialog.close();
    else this.dialog.removeAttribute('open');
  }

  private paintQuestion(view: CheckView): void {
    const { messages } = this.page;
    const { prompt } = view;
    const sentence = say(messages, view.line, { left: String(prompt?.attempts_left ?? 0) });
    const is_question = prompt !== null && prompt.kind !== 'face';
    this.text('check-text', is_question ? prompt.text : sentence);
    this.text('check-line', is_question ? sentence : '');
    this.face?.paint(view);
    this.dialog.dataset.kind = prompt?.kind ?? '';
    this.dialog.dataset.stage = view.stage;
    this.dialog.dataset.again = String(view.is_again);
  }

  private paintOptions({ prompt, stage, choice }: CheckView): void {
    if (prompt !== this.drawn) this.draw(prompt);
    for (const [place, option] of this.buttons().entries()) {
      option.setAttribute('aria-disabled', String(stage !== 'asking'));
      option.classList.toggle('check-chosen', place === choice);
    }
  }

  /** A new question: the focus leaves the option that was pressed, so that a second press presses nothing. */
  private draw(prompt: Prompt | null): void {
    const had_focus = this.options.contains(document.activeElement);
    this.drawn = prompt;
    const options = (prompt?.options ?? []).map((text, place) => this.option(text, place));
    while (this.options.firstChild) this.options.firstChild.remove();
    this.options.append(...options);
    if (had_focus) this.heading.focus({ preventScroll: true });
    this.is_new = true;
    this.seen_at_ms = performance.now();
    requestAnimationFrame(() => {
      if (this.drawn === prompt) this.seen_at_ms = performance.now();
    });
  }

  private option(text: string, place: number): HTMLElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'check-option';
    button.setAttribute('aria-keyshortcuts', String(place + 1));
    const number = document.createElement('span');
    number.className = 'check-number figure';
    number.setAttribute('aria-hidden', 'true');
    number.textContent = String(place + 1);
    const words = document.createElement('span');
    words.textContent = text;
    button.append(number, words);
    return button;
  }

  private paintTime({ prompt, seconds_left, share_left }: CheckView, before_s: number | null): void {
    const { messages } = this.page;
    const seconds = { seconds: String(seconds_left) };
    this.page.part('check-time').hidden = prompt === null;
    this.text('check-left', say(messages, 'check_left', seconds));
    this.page.part('check-rest').setAttribute('width', `${(100 * share_left).toFixed(2)}%`);
    this.dialog.dataset.soon = String(prompt !== null && seconds_left <= SOON_S);
    if (prompt === null) return;
    if (this.is_new || before_s === null)
      this.text(
        'check-spoken',
        say(messages, 'check_spoken', { ...seconds, text: this.heading.textContent ?? '' }),
      );
    else if (SPOKEN_AT_S.some((at_s) => seconds_left <= at_s && at_s < before_s))
      this.text('check-spoken', say(messages, 'check_left', seconds));
    this.is_new = false;
  }

  private click(event: MouseEvent): void {
    const option = event.target instanceof Element ? event.target.closest('.check-option') : null;
    // `detail` is 0 when no pointer was used.
    const by_pointer = event.detail > 0;
    if (by_pointer && performance.now() - this.seen_at_ms < TOO_SOON_MS) return;
    this.press(this.buttons().findIndex((button) => button.isSameNode(option)));
  }

  private key(event: KeyboardEvent): void {
    // Keys of the player behind mean nothing here.
    event.stopPropagation();
    if (event.key === 'Escape') event.preventDefault();
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || !/^[1-6]$/.test(event.key)) return;
    event.preventDefault();
    this.press(Number(event.key) - 1);
  }

  private press(choice: number): void {
    if (this.view?.stage !== 'asking' || choice < 0 || choice >= this.buttons().length) return;
    this.happen({ type: 'choose', choice, reaction_ms: performance.now() - this.seen_at_ms });
  }

  /** A modal dialog does this by itself; one that is merely shown does not. */
  private keepFocus({ target }: FocusEvent): void {
    if (this.view !== null && target instanceof Node && !this.dialog.contains(target)) this.heading.focus();
  }

  private buttons(): HTMLElement[] {
    return [...this.options.querySelectorAll<HTMLElement>('.check-option')];
  }

  private text(name: string, text: string): void {
    const part = this.page.part(name);
    if (part.textContent !== text) part.textContent = text;
  }
}
