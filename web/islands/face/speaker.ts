/** Says to those who cannot see what the screen says: at once what must be done now, and hints only once they last. */

const LASTS_MS = 1_200;

export class Speaker {
  private readonly place: HTMLElement;
  private wanted = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(place: HTMLElement) {
    this.place = place;
  }

  say(words: string, at_once: boolean): void {
    if (words === this.wanted) return;
    this.wanted = words;
    clearTimeout(this.timer);
    if (at_once) this.place.textContent = words;
    else
      this.timer = setTimeout(() => {
        this.place.textContent = words;
      }, LASTS_MS);
  }
}
