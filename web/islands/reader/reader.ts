/** A document: pages in order, each for its time. */
import type { Page } from '../player/page';
import type { Hooks, Scene } from '../player/scene';
import type { View } from '../player/view';
import { PRESS, type Press } from './fetching';
import { Gestures } from './gestures';
import { Leaves } from './leaves';
import { Pages } from './pages';
import { entryOf, openAt } from './reading';
import { Sheet } from './sheet';
import { Strip } from './strip';
import { Turning } from './turning';

/** A reader who moves about is noted once in so long. */
const NOTED_MS = 1_000;
const SCROLL_PX = 80;
const SIGNS = ['pointerdown', 'touchmove', 'wheel', 'keydown', 'scroll'] as const;
/** Where keys mean something else. */
const OWN_KEYS = 'input, textarea, select, dialog, [contenteditable]';
/** A tone as loud as a quiet film: a document has no loudness of its own. */
const LOUDNESS = { muted: false, volume: 1 };

/** Sets the scene of a document. */
export function reader(page: Page, hooks: Hooks, press: Press = PRESS): Scene {
  return new Reader(page, hooks, press);
}

class Reader implements Scene {
  readonly stage: Pages;
  readonly loudness = LOUDNESS;
  private readonly page: Page;
  private readonly hooks: Hooks;
  private readonly sheet: Sheet;
  private readonly strip: Strip;
  private readonly turning: Turning;

  constructor(page: Page, hooks: Hooks, press: Press) {
    const pages = page.page_sizes.length;
    const page_ms = page.lesson.pace?.page_ms ?? page.lesson.length_ms / pages;
    this.page = page;
    this.hooks = hooks;
    const leaves = new Leaves(page.pages_url, pages, press, (number) => this.arrived(number));
    this.stage = new Pages(openAt({ pages, page_ms }, hooks.start_ms), leaves, () => hooks.look(false));
    this.sheet = new Sheet(page);
    this.strip = new Strip(page, pages, (number) => this.open(number));
    this.turning = new Turning(page, pages, (number) => this.open(number));
    new Gestures(this.sheet, (by) => this.turn(by));
    this.connectButtons();
    this.connectKeys();
    this.connectSigns();
  }

  paint(view: View): void {
    const { reading, leaf } = this.stage;
    this.sheet.paint(reading.page, leaf);
    this.strip.paint(reading, view.limit_ms);
    this.turning.paint(reading, view);
  }

  private arrived(number: number): void {
    this.stage.arrived(number);
    if (number === this.stage.reading.page) this.hooks.look(false);
  }

  /** The machine decides whether the page may be opened. */
  private open(number: number): void {
    const { reading } = this.stage;
    if (number < 0 || number >= reading.pages || number === reading.page) return;
    this.hooks.happen({
      type: 'seek_to',
      position_ms: entryOf(reading, number, this.hooks.view().limit_ms),
    });
  }

  private turn(by: 1 | -1): void {
    this.open(this.stage.reading.page + by);
  }

  /** A sheet that is wider than the desk is moved by the arrows. */
  private arrow(by: 1 | -1): void {
    if (this.sheet.isWide) this.sheet.desk.scrollLeft += by * SCROLL_PX;
    else this.turn(by);
  }

  private connectButtons(): void {
    const { page, sheet } = this;
    page.part('larger').addEventListener('click', () => sheet.larger());
    page.part('smaller').addEventListener('click', () => sheet.smaller());
    page.part('fit').addEventListener('click', () => sheet.fit());
    const words = page.part('words');
    words.addEventListener('click', () => {
      const shown = page.part('page-text').classList.toggle('visually-hidden') === false;
      words.setAttribute('aria-pressed', String(shown));
    });
  }

  private connectKeys(): void {
    const keys: Readonly<Record<string, () => void>> = {
      ArrowRight: () => this.arrow(1),
      ArrowLeft: () => this.arrow(-1),
      '+': () => this.sheet.larger(),
      '=': () => this.sheet.larger(),
      '-': () => this.sheet.smaller(),
      '0': () => this.sheet.fit(),
    };
    document.addEventListener('keydown', (event) => {
      const elsewhere = event.target instanceof Element && event.target.closest(OWN_KEYS) !== null;
      const act = keys[event.key];
      if (act === undefined || elsewhere || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      act();
    });
  }

  /** Any sign of life counts, wherever on the page it is given. */
  private connectSigns(): void {
    let noted_at_ms = Number.NEGATIVE_INFINITY;
    const note = (): void => {
      const at_ms = performance.now();
      if (at_ms < noted_at_ms + NOTED_MS) return;
      noted_at_ms = at_ms;
      this.hooks.happen({ type: 'touched' });
    };
    for (const sign of SIGNS) document.addEventListener(sign, note, { capture: true, passive: true });
  }
}
