/** From taps and the browser's own news to events of the machine, for every kind of lesson. */
import type { Event as PlayerEvent } from './events';
import { FullPage } from './full_page';
import type { Page } from './page';

type Happen = (event: PlayerEvent) => void;

/** Connects the controls that every lesson has. Returns the full screen, which others may leave. */
export function connectControls(page: Page, happen: Happen): FullPage {
  const press = (name: string, event: PlayerEvent): void =>
    page.part(name).addEventListener('click', () => happen(event));
  press('toggle', { type: 'toggle' });
  press('cover', { type: 'toggle' });
  press('take-over', { type: 'take_over', yes: true });
  press('stay-away', { type: 'take_over', yes: false });
  page.part('dialog').addEventListener('cancel', () => happen({ type: 'take_over', yes: false }));
  page.part('leave').addEventListener('click', (event) => {
    event.preventDefault();
    happen({ type: 'leave' });
  });
  connectBar(page);
  return new FullPage(page.root, page.maybe('full-page'));
}

/** A touch on a piece of the minute bar says what it is: `title` alone would need a mouse. */
function connectBar(page: Page): void {
  page.part('bar').addEventListener('click', (event) => {
    const words = event.target instanceof Element ? event.target.querySelector('title')?.textContent : null;
    if (words) page.part('bar-words').textContent = words;
  });
}

/** Connects what the browser tells: visibility, network, coming and going. */
export function connectBrowser(happen: Happen): void {
  document.addEventListener('visibilitychange', () =>
    happen({ type: 'visibility', hidden: document.hidden }),
  );
  window.addEventListener('online', () => happen({ type: 'network', online: true }));
  window.addEventListener('offline', () => happen({ type: 'network', online: false }));
  window.addEventListener('pagehide', () => happen({ type: 'pagehide' }));
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) happen({ type: 'pageshow' });
  });
}
