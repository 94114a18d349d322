/** What the server put into the page for the player: its parts, its addresses, its words. */
import type { Messages } from './messages';
import type { Lesson } from './state';

/** The player's element and what it says. */
export class Page {
  readonly root: HTMLElement;
  readonly messages: Messages;
  readonly lesson: Lesson;
  readonly open_url: string;
  readonly beat_url: string;
  readonly check_url: string;
  readonly csrf: string;
  readonly source: string;
  readonly title: string;
  /** Width and height of each page of a document, in pixels. */
  readonly page_sizes: readonly (readonly [number, number])[];
  readonly pages_url: string;

  constructor(root: HTMLElement) {
    const said = (name: string): string => root.dataset[name] ?? '';
    this.root = root;
    this.messages = JSON.parse(said('messages')) as Messages;
    this.lesson = {
      length_ms: Number(said('lengthMs')),
      reached_ms: Number(said('reachedMs')),
      leave_url: said('leaveUrl'),
      pace: this.is('document')
        ? { page_ms: Number(said('pageMs')), idle_ask_ms: Number(said('idleAskMs')) }
        : null,
    };
    this.open_url = said('openUrl');
    this.beat_url = said('beatUrl');
    this.check_url = said('checkUrl');
    this.csrf = said('csrf');
    this.source = said('source');
    this.title = said('title');
    this.page_sizes = this.is('document') ? (JSON.parse(said('pageSizes')) as [number, number][]) : [];
    this.pages_url = said('pagesUrl');
  }

  /** Says whether the lesson is of a kind: video, audio or document. */
  is(kind: 'video' | 'audio' | 'document'): boolean {
    return (this.root.dataset.kind ?? 'video') === kind;
  }

  /** The element that plays a film; a document has none. */
  get video(): HTMLVideoElement {
    return this.part('video') as HTMLVideoElement;
  }

  /** Returns a part of the skeleton that may be missing. */
  maybe(name: string): HTMLElement | null {
    return this.root.querySelector<HTMLElement>(`[data-part="${name}"]`);
  }

  /** Returns a part of the skeleton; without it the template and the island do not fit together. */
  part(name: string): HTMLElement {
    const part = this.maybe(name);
    if (part === null) throw new Error(`the player's template lacks ${name}`);
    return part;
  }
}
