/** The buttons under the page: back, on, and the number between them. */
import { say } from '../../core/words';
import type { Page } from '../player/page';
import { attribute, enable, saying, text } from '../player/touching';
import type { View } from '../player/view';
import { isFull, mayTurn, type Reading, secondsLeft } from './reading';

export class Turning {
  private readonly page: Page;
  private readonly number: HTMLInputElement;
  private spoken = -1;

  /** Calls `open` with the page that is wanted. */
  constructor(page: Page, pages: number, open: (page: number) => void) {
    this.page = page;
    this.number = page.part('number') as HTMLInputElement;
    this.number.max = String(pages);
    this.placeNumber(pages);
    const now = (): number => Number(this.number.dataset.page ?? '0');
    page.part('previous').addEventListener('click', () => open(now() - 1));
    page.part('next').addEventListener('click', () => open(now() + 1));
    page.part('numbers').addEventListener('submit', (event) => {
      event.preventDefault();
      this.number.blur();
    });
    this.number.addEventListener('change', () => {
      const wanted = Math.round(Number(this.number.value));
      this.number.value = String(now() + 1);
      if (wanted >= 1 && wanted <= pages) open(wanted - 1);
    });
    this.number.addEventListener('focus', () => this.number.select());
  }

  paint(reading: Reading, { action, limit_ms, signed_in }: View): void {
    const { messages } = this.page;
    const { page, pages } = reading;
    const works = signed_in || action === 'watch' || action === 'pause';
    const may_turn = works && mayTurn(reading, limit_ms);
    const is_last = page === pages - 1;
    enable(this.page.part('previous'), works && page > 0);
    enable(this.page.part('next'), may_turn);
    this.page.part('next').classList.toggle('button-main', may_turn && isFull(reading));
    text(this.page.part('next-label'), say(messages, is_last ? 'last_page' : 'next_page'));
    const is_open = isFull(reading) || (page + 1) * reading.page_ms <= limit_ms;
    const seconds = { seconds: String(secondsLeft(reading)) };
    const left = is_last ? 'end_in' : 'turn_in';
    saying(this.page.part('next-left'), is_open || !works ? null : say(messages, left, seconds));
    this.paintNumber(reading);
  }

  private paintNumber({ page, pages }: Reading): void {
    attribute(this.number, 'data-page', String(page));
    const shown = String(page + 1);
    if (document.activeElement !== this.number && this.number.value !== shown) this.number.value = shown;
    if (this.spoken === page) return;
    this.spoken = page;
    const spoken = say(this.page.messages, 'page_spoken', { page: shown, pages: String(pages) });
    text(this.page.part('spoken'), spoken);
  }

  /** The sentence is one, wherever a language has the number in it; the number is a field to write in. */
  private placeNumber(pages: number): void {
    const sentence = say(this.page.messages, 'page_of', { pages: String(pages) });
    const [before = '', after = ''] = sentence.split('{page}');
    this.number.before(before);
    this.number.after(after);
  }
}
