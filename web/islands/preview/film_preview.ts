/** A film for the staff: the browser's own controls, every key from the server, and a line that runs along on the timeline. */
import { Picture } from '../player/picture';
import { minutesAndSeconds, type Preview, partOf } from './marks';

export class FilmPreview implements Preview {
  private readonly root: HTMLElement;
  private readonly video: HTMLVideoElement;
  private readonly picture: Picture;
  private readonly note: HTMLElement;

  constructor(root: HTMLElement) {
    this.root = root;
    this.video = partOf<HTMLVideoElement>(root, 'video');
    this.note = partOf<HTMLElement>(root, 'note');
    const source = { video: this.video, source: root.dataset.source ?? '' };
    this.picture = new Picture(source, 0, {
      trouble: (for_good) => this.say(for_good ? root.dataset.wordTrouble : root.dataset.wordSlow),
      locked: () => undefined,
    });
    this.video.addEventListener('playing', () => this.say(undefined));
    this.video.addEventListener('timeupdate', () => this.paintCursor());
    this.video.addEventListener('seeking', () => this.paintCursor());
    // The beginning is loaded at once: until then the browser's own controls would seem to be loading for ever.
    this.picture.seek(0);
  }

  show(at: number): void {
    this.picture.seek(at);
    this.picture.play(() => undefined);
  }

  place(): string {
    return minutesAndSeconds(this.video.currentTime * 1000);
  }

  private say(words: string | undefined): void {
    this.note.textContent = words ?? '';
    this.note.hidden = words === undefined;
  }

  private paintCursor(): void {
    const cursor = this.root.querySelector('[data-part="cursor"]');
    const { currentTime, duration } = this.video;
    if (cursor === null || !(duration > 0)) return;
    const place = `${Math.min(100, (currentTime * 100) / duration).toFixed(2)}%`;
    cursor.setAttribute('x1', place);
    cursor.setAttribute('x2', place);
    cursor.setAttribute('visibility', 'visible');
  }
}
