/** The sheet on the desk: one page, its size, and what stands in its place while it is not there. */
import { say } from '../../core/words';
import type { MessageKey } from '../player/messages';
import type { Page } from '../player/page';
import { attribute, saying, text } from '../player/touching';
import { flowing } from './flowing';
import type { Leaf, LeafState } from './leaves';
import {
  fitWhole,
  fitWidth,
  keepUnder,
  larger,
  restWidth,
  type Size,
  smaller,
  stepsOf,
  within,
} from './zooming';

const SVG = 'http://www.w3.org/2000/svg';
const WAITS: Readonly<Record<LeafState, MessageKey | null>> = {
  loading: 'page_loading',
  loaded: null,
  held_back: 'page_held_back',
  failing: 'page_fails',
  refused: 'picture_failed',
};

/** A point on the desk, from its upper left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export class Sheet {
  /** What scrolls: the desk's surface. */
  readonly desk: HTMLElement;
  private readonly page: Page;
  private readonly blank: HTMLElement;
  private readonly holder: HTMLElement;
  private shown: HTMLImageElement | null = null;
  private number = 0;
  /** Null while the page fits as the desk has it; the width wanted otherwise. */
  private chosen: number | null = null;
  private width = 1;

  constructor(page: Page) {
    this.page = page;
    this.desk = page.part('desk');
    this.blank = page.part('blank');
    this.holder = page.part('sheet');
    page.part('spacer').setAttribute('viewBox', `0 0 1000 ${Math.round(1_000 * tallest(page.page_sizes))}`);
    new ResizeObserver(() => this.settle()).observe(this.desk);
  }

  /** Whether the sheet is wider than the desk, so that it is moved and not turned. */
  get isWide(): boolean {
    return this.width > this.desk.clientWidth + 1;
  }

  paint(number: number, leaf: Leaf): void {
    const turned = number !== this.number;
    this.number = number;
    if (turned) {
      this.settle();
      this.desk.scrollTop = 0;
    }
    if (leaf.image !== this.shown) this.put(leaf.image);
    const waits = WAITS[leaf.state];
    const { messages } = this.page;
    saying(
      this.page.part('sheet-words'),
      waits === null ? null : say(messages, waits, { page: String(number + 1) }),
    );
    attribute(this.holder, 'aria-busy', String(leaf.state !== 'loaded'));
    const words = leaf.text === '' ? say(messages, 'no_text') : flowing(leaf.text ?? '');
    text(this.page.part('page-text'), words);
  }

  larger(): void {
    this.zoom(larger(this.steps(), this.width), this.middle());
  }

  smaller(): void {
    this.zoom(smaller(this.steps(), this.width), this.middle());
  }

  /** Fits the width, whatever fitted before. */
  fit(): void {
    this.zoom(fitWidth(this.size(), this.room()), this.middle());
  }

  /** A double tap: near, and back again. */
  toggle(point: Point): void {
    const rest = restWidth(this.size(), this.room());
    this.zoom(this.width > rest * 1.05 ? rest : rest * 2, point);
  }

  /** Shows the sheet so wide, and keeps what lies under the point there. */
  zoom(width: number, point: Point): void {
    const before = this.width;
    this.chosen = within(this.steps(), width);
    this.settle();
    const factor = this.width / before;
    this.desk.scrollLeft = keepUnder(this.desk.scrollLeft, point.x, factor);
    this.desk.scrollTop = keepUnder(this.desk.scrollTop, point.y, factor);
  }

  get shownWidth(): number {
    return this.width;
  }

  /** Gives the sheet its size: as chosen, else all of it on the full screen, else as wide as the desk. */
  private settle(): void {
    const size = this.size();
    const room = this.room();
    if (room.width <= 0) return;
    const full = this.page.root.classList.contains('player-full');
    const rest = full ? fitWhole(size, room) : restWidth(size, room);
    this.width = this.chosen === null ? rest : within(this.steps(), this.chosen);
    const height = Math.round((this.width * size.height) / size.width);
    attribute(this.blank, 'width', String(this.width));
    attribute(this.blank, 'height', String(height));
    this.desk.classList.toggle('reader-wide', this.isWide);
  }

  /** The picture is ready before it is put there, so nothing flashes. */
  private put(image: HTMLImageElement | null): void {
    this.shown?.remove();
    this.shown = image;
    if (image === null) return;
    image.className = 'reader-image';
    image.alt = '';
    image.draggable = false;
    this.holder.append(image);
  }

  private steps(): readonly number[] {
    return stepsOf(this.size(), this.room());
  }

  private size(): Size {
    const [width, height] = this.page.page_sizes[this.number] ?? [4, 3];
    return { width, height };
  }

  private room(): Size {
    return { width: this.desk.clientWidth, height: this.desk.clientHeight };
  }

  private middle(): Point {
    return { x: this.desk.clientWidth / 2, y: this.desk.clientHeight / 2 };
  }
}

/** Returns the greatest height of a page by its width: the desk keeps its size when pages are turned. */
function tallest(sizes: Page['page_sizes']): number {
  return sizes.reduce((most, [width, height]) => Math.max(most, height / width), 0) || 0.75;
}

/** Makes an element of a drawing. */
export function drawn(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
