/** The controls of a film: its place, sound and captions, and the news of the element that plays it. */
import type { Event as PlayerEvent } from './events';
import type { Page } from './page';
import { type Place, SeekBar } from './seek_bar';

const BACK_MS = 10_000;
/** Where a space bar means something else. */
const OWN_SPACE = 'input, textarea, select, button, a, summary, dialog, [contenteditable]';

type Happen = (event: PlayerEvent) => void;

/** Connects the controls of a film; `place` tells where the picture is. */
export function connectFilm(
  page: Page,
  happen: Happen,
  place: () => Place,
  preview: (position_ms: number | null) => void,
): void {
  page.video.addEventListener('click', () => happen({ type: 'toggle' }));
  page
    .part('back')
    .addEventListener('click', () => happen({ type: 'seek_to', position_ms: place().position_ms - BACK_MS }));
  new SeekBar(page.part('seek'), place, (position_ms) => happen({ type: 'seek_to', position_ms }), preview);
  connectSpaceBar(happen);
  connectSound(page);
}

/** Connects the news of the element that plays. */
export function connectNews(page: Page, look: (seeking: boolean) => void): void {
  for (const name of ['timeupdate', 'play', 'pause', 'playing', 'waiting', 'ended', 'ratechange', 'seeked'])
    page.video.addEventListener(name, () => look(false));
  page.video.addEventListener('seeking', () => look(true));
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

/** Connects the captions that lie on the picture. */
export function connectCaptions(page: Page): void {
  const button = page.maybe('captions');
  if (button === null) return;
  // WebKit leaves a default track off, unless the whole device is set to show captions.
  for (const track of Array.from(page.video.textTracks ?? [])) track.mode = 'showing';
  button.addEventListener('click', () => {
    const track = page.video.textTracks[0];
    if (track === undefined) return;
    const on = track.mode !== 'showing';
    track.mode = on ? 'showing' : 'hidden';
    button.setAttribute('aria-pressed', String(on));
  });
}
