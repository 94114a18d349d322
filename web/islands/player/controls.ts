/** From taps, keys and the browser's own news to events of the machine; sound and captions, which do not concern it. */
import type { Event as PlayerEvent } from './events';
import { FullPage } from './full_page';
import type { Page } from './page';
import { type Place, SeekBar } from './seek_bar';

const BACK_MS = 10_000;
/** Where a space bar means something else. */
const OWN_SPACE = 'input, textarea, select, button, a, summary, dialog, [contenteditable]';

type Happen = (event: PlayerEvent) => void;

/** Connects the controls of the page; `place` tells where the picture is. Returns the full screen, which others may leave. */
export function connectControls(
  page: Page,
  happen: Happen,
  place: () => Place,
  preview: (position_ms: number | null) => void,
): FullPage {
  const press = (name: string, event: () => PlayerEvent): void =>
    page.part(name).addEventListener('click', () => happen(event()));
  press('toggle', () => ({ type: 'toggle' }));
  press('cover', () => ({ type: 'toggle' }));
  press('video', () => ({ type: 'toggle' }));
  press('back', () => ({ type: 'seek_to', position_ms: place().position_ms - BACK_MS }));
  press('take-over', () => ({ type: 'take_over', yes: true }));
  press('stay-away', () => ({ type: 'take_over', yes: false }));
  page.part('dialog').addEventListener('cancel', () => happen({ type: 'take_over', yes: false }));
  page.part('leave').addEventListener('click', (event) => {
    event.preventDefault();
    happen({ type: 'leave' });
  });
  new SeekBar(page.part('seek'), place, (position_ms) => happen({ type: 'seek_to', position_ms }), preview);
  connectSpaceBar(happen);
  connectSound(page);
  connectCaptions(page);
  connectBar(page);
  return new FullPage(page.root, page.part('full-page'));
}

function connectSpaceBar(happen: Happen): void {
  document.addEventListener('keydown', (event) => {
    const elsewhere = event.target instanceof Element && event.target.closest(OWN_SPACE) !== null;
    if (event.key !== ' ' || event.repeat || elsewhere || event.ctrlKey || event.altKey || event.metaKey)
      return;
    event.preventDefault();
    happen({ type: 'toggle' });
  });
}

function connectSound(page: Page): void {
  const { video } = page;
  const mute = page.part('mute');
  const volume = page.part('volume') as HTMLInputElement;
  mute.addEventListener('click', () => {
    video.muted = !video.muted;
  });
  volume.addEventListener('input', () => {
    video.volume = Number(volume.value) / 100;
    video.muted = false;
  });
  video.addEventListener('volumechange', () => {
    mute.setAttribute('aria-pressed', String(video.muted));
    volume.value = String(Math.round(video.volume * 100));
  });
}

function connectCaptions(page: Page): void {
  const button = page.maybe('captions');
  button?.addEventListener('click', () => {
    const track = page.video.textTracks[0];
    if (track === undefined) return;
    const on = track.mode !== 'showing';
    track.mode = on ? 'showing' : 'hidden';
    button.setAttribute('aria-pressed', String(on));
  });
}

/** A touch on a piece of the minute bar says what it is: `title` alone would need a mouse. */
function connectBar(page: Page): void {
  page.part('bar').addEventListener('click', (event) => {
    const words = event.target instanceof Element ? event.target.querySelector('title')?.textContent : null;
    if (words) page.part('bar-words').textContent = words;
  });
}

/** Connects what the browser tells: pictures, visibility, network, coming and going. */
export function connectBrowser(page: Page, happen: Happen, look: (seeking: boolean) => void): void {
  for (const name of ['timeupdate', 'play', 'pause', 'playing', 'waiting', 'ended', 'ratechange', 'seeked'])
    page.video.addEventListener(name, () => look(false));
  page.video.addEventListener('seeking', () => look(true));
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
