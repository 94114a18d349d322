/** What the server put into the page for a face check: its parts, its addresses, its words. */
import { familyOf, missingHere } from './browser';
import type { Messages } from './messages';
import type { Purpose, Setup } from './state';

/** Remembers what whoever bears no flashing has chosen, on this device only. */
const PREFERENCE_KEY = 'jiangxue-face-actions';

export class FacePage {
  readonly root: HTMLElement;
  readonly messages: Messages;
  readonly setup: Setup;
  readonly begin_url: string;
  readonly result_url: string;
  readonly excuse_url: string;
  readonly csrf: string;
  readonly family = familyOf(navigator.userAgent, navigator.maxTouchPoints);

  constructor(root: HTMLElement) {
    const said = (name: string): string => root.dataset[name] ?? '';
    this.root = root;
    this.messages = JSON.parse(said('messages')) as Messages;
    this.begin_url = said('beginUrl');
    this.result_url = said('resultUrl');
    this.excuse_url = said('unavailableUrl');
    this.csrf = said('csrf');
    this.setup = {
      purpose: said('purpose') as Purpose,
      check: said('check') || null,
      missing: missingHere(),
      prefers_actions: preference(),
      without_flash: said('withoutFlash') === 'yes',
      next_url: said('nextUrl'),
    };
  }

  get video(): HTMLVideoElement {
    return this.part('video') as HTMLVideoElement;
  }

  /** Returns a part of the skeleton; without it the template and the island do not fit together. */
  part(name: string): HTMLElement {
    const part = this.root.querySelector<HTMLElement>(`[data-part="${name}"]`);
    if (part === null) throw new Error(`the face check's template lacks ${name}`);
    return part;
  }
}

function preference(): boolean {
  try {
    return localStorage.getItem(PREFERENCE_KEY) === 'yes';
  } catch {
    return false;
  }
}

export function remember(prefers_actions: boolean): void {
  try {
    if (prefers_actions) localStorage.setItem(PREFERENCE_KEY, 'yes');
    else localStorage.removeItem(PREFERENCE_KEY);
  } catch {
    // Storage is forbidden here: the choice lasts as long as the page.
  }
}
