/** The position in the lesson, to be moved by pointer and by keyboard; how far it may go is decided by the machine. */
const SMALL_MS = 5_000;
const LARGE_MS = 30_000;

export interface Place {
  readonly position_ms: number;
  readonly limit_ms: number;
  readonly length_ms: number;
}

/** Calls `seek` with the position wanted, and `preview` with the one under the pointer, or null when it is let go. */
export class SeekBar {
  private readonly bar: HTMLElement;
  private readonly place: () => Place;
  private readonly seek: (position_ms: number) => void;
  private readonly preview: (position_ms: number | null) => void;
  private is_held = false;

  constructor(
    bar: HTMLElement,
    place: () => Place,
    seek: (position_ms: number) => void,
    preview: (position_ms: number | null) => void,
  ) {
    this.bar = bar;
    this.place = place;
    this.seek = seek;
    this.preview = preview;
    bar.addEventListener('pointerdown', (event) => this.grab(event));
    bar.addEventListener('pointermove', (event) => {
      if (this.is_held) preview(this.under(event));
    });
    bar.addEventListener('pointerup', (event) => this.drop(event));
    bar.addEventListener('pointercancel', () => this.letGo());
    bar.addEventListener('keydown', (event) => this.press(event));
  }

  private grab(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.is_held = true;
    this.bar.setPointerCapture(event.pointerId);
    this.preview(this.under(event));
  }

  private drop(event: PointerEvent): void {
    if (!this.is_held) return;
    this.letGo();
    this.seek(this.under(event));
  }

  private letGo(): void {
    this.is_held = false;
    this.preview(null);
  }

  private under(event: PointerEvent): number {
    const { left, width } = this.bar.getBoundingClientRect();
    const { length_ms, limit_ms } = this.place();
    const share = width > 0 ? Math.max(0, Math.min(1, (event.clientX - left) / width)) : 0;
    return Math.min(Math.round(share * length_ms), limit_ms);
  }

  private press(event: KeyboardEvent): void {
    const { position_ms, limit_ms } = this.place();
    const wanted: Readonly<Record<string, number>> = {
      ArrowLeft: position_ms - SMALL_MS,
      ArrowDown: position_ms - SMALL_MS,
      ArrowRight: position_ms + SMALL_MS,
      ArrowUp: position_ms + SMALL_MS,
      PageDown: position_ms - LARGE_MS,
      PageUp: position_ms + LARGE_MS,
      Home: 0,
      End: limit_ms,
    };
    const target_ms = wanted[event.key];
    if (target_ms === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.seek(target_ms);
  }
}
