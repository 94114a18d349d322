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

  constructor(root: HTMLElement) {
    const said = (name: string): string => root.dataset[name] ?? '';
    this.root = root;
    this.messages = JSON.parse(said('messages')) as Messages;
    this.lesson = {
      length_ms: Number(said('lengthMs')),
      reached_ms: Number(said('reachedMs')),
      leave_url: said('leaveUrl'),
    };
    this.open_url = said('openUrl');
    this.beat_url = said('beatUrl');
    this.check_url = said('checkUrl');
    this.csrf = said('csrf');
    this.source = said('source');
    this.title = said('title');
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
