/** The leaves of a document: the page that lies open, the next one fetched ahead, and the last few kept. */
import type { Press } from './fetching';

const AGAIN_MS = 3_000;
/** Leaves further from the open one are given back. */
const KEPT = 2;

/** loading · loaded · held_back: the server releases it later · failing: tried again soon · refused: not to be had. */
export type LeafState = 'loading' | 'loaded' | 'held_back' | 'failing' | 'refused';

export interface Leaf {
  readonly state: LeafState;
  readonly image: HTMLImageElement | null;
  /** The words of the page; null until they are there. */
  readonly text: string | null;
}

const LOADING: Leaf = { state: 'loading', image: null, text: null };

export class Leaves {
  private readonly url: string;
  private readonly pages: number;
  private readonly press: Press;
  private readonly changed: (page: number) => void;
  private readonly leaves = new Map<number, Leaf>();
  private open = -1;
  /** How often the server has answered so far. */
  private answers = 0;

  /** Calls `changed` when there is something new about a page. */
  constructor(url: string, pages: number, press: Press, changed: (page: number) => void) {
    this.url = url;
    this.pages = pages;
    this.press = press;
    this.changed = changed;
  }

  get(page: number): Leaf {
    return this.leaves.get(page) ?? LOADING;
  }

  /** Fetches the page that lies open now, and then the next one. */
  want(page: number): void {
    if (this.open === page) return;
    this.open = page;
    for (const kept of [...this.leaves.keys()]) if (Math.abs(kept - page) > KEPT) this.leaves.delete(kept);
    this.fetch(page);
    this.fetchAhead();
  }

  /** The server has answered a signal: what it held back may be there by now. */
  heard(): void {
    this.answers += 1;
    this.again(this.open);
  }

  /** Fetches the next page, so that it is there when it is turned to. */
  fetchAhead(): void {
    if (this.get(this.open).state === 'loaded' && this.open + 1 < this.pages) this.fetch(this.open + 1);
  }

  private fetch(page: number): void {
    const { state } = this.leaves.get(page) ?? { state: null };
    if (state === 'loaded' || state === 'loading') return;
    this.put(page, LOADING);
    void this.load(page);
  }

  private async load(page: number): Promise<void> {
    const image_url = this.address(page, 'webp');
    const { answers } = this;
    try {
      const image = await this.press.image(image_url);
      this.put(page, { state: 'loaded', image, text: null });
    } catch {
      await this.fail(page, image_url);
      // The answer came between asking and being refused.
      if (this.answers > answers) this.again(page);
      return;
    }
    this.fetchAhead();
    const text = await this.press.text(this.address(page, 'txt'));
    const leaf = this.get(page);
    if (leaf.state === 'loaded') this.put(page, { ...leaf, text });
  }

  private async fail(page: number, image_url: string): Promise<void> {
    // Why a page is not there that nobody looks at yet will be seen when it is turned to.
    const reason = page === this.open ? await this.press.reason(image_url) : 'not_released';
    const states = { not_released: 'held_back', refused: 'refused', lost: 'failing' } as const;
    this.put(page, { ...LOADING, state: states[reason] });
    if (reason !== 'lost') return;
    setTimeout(() => {
      if (this.open === page || this.open + 1 === page) this.fetch(page);
    }, AGAIN_MS);
  }

  private again(page: number): void {
    if (page === this.open && this.get(page).state === 'held_back') this.fetch(page);
  }

  private put(page: number, leaf: Leaf): void {
    if (Math.abs(page - this.open) > KEPT) {
      this.leaves.delete(page);
      return;
    }
    this.leaves.set(page, leaf);
    this.changed(page);
  }

  private address(page: number, what: 'webp' | 'txt'): string {
    return `${this.url}${String(page + 1).padStart(4, '0')}.${what}`;
  }
}
