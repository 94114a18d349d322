/** The captions of a lesson without a picture, as text that runs along. */
import type { Page } from './page';

/** Shows what is being said; the button for captions hides it. */
export function connectRunningText(page: Page): void {
  const place = page.maybe('running');
  const track = page.video.textTracks[0];
  if (place === null || track === undefined) return;
  track.mode = 'hidden';
  track.addEventListener('cuechange', () => {
    const cues = Array.from(track.activeCues ?? []) as VTTCue[];
    place.textContent = cues.map(({ text }) => text.replace(/<[^>]*>/g, '')).join('\n');
  });
  const button = page.maybe('captions');
  button?.addEventListener('click', () => {
    place.hidden = !place.hidden;
    button.setAttribute('aria-pressed', String(!place.hidden));
  });
}
