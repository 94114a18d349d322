/** What fingers and the mouse do on the desk: swiping turns, two fingers and double taps zoom, a mouse drags. */
import type { Point, Sheet } from './sheet';

const SWIPE_PX = 48;
const SWIPE_MS = 800;
const TAP_PX = 12;
const DOUBLE_TAP_MS = 320;

interface Pinch {
  readonly apart: number;
  readonly width: number;
}

interface Start extends Point {
  readonly at_ms: number;
}

export class Gestures {
  private readonly sheet: Sheet;
  private readonly desk: HTMLElement;
  private readonly turn: (by: 1 | -1) => void;
  private pinch: Pinch | null = null;
  private start: Start | null = null;
  private tapped: Start | null = null;
  private dragged: Point | null = null;

  /** Calls `turn` with the direction in which a finger turns the page. */
  constructor(sheet: Sheet, turn: (by: 1 | -1) => void) {
    this.sheet = sheet;
    this.desk = sheet.desk;
    this.turn = turn;
    this.connectTouch();
    this.connectMouse();
  }

  private connectTouch(): void {
    const { desk } = this;
    desk.addEventListener('touchstart', (event) => this.down(event), { passive: true });
    // Not passive: the browser's own pinch would enlarge the whole page.
    desk.addEventListener('touchmove', (event) => this.move(event), { passive: false });
    desk.addEventListener('touchend', (event) => this.up(event));
    desk.addEventListener('touchcancel', () => this.forget());
  }

  private connectMouse(): void {
    const { desk } = this;
    desk.addEventListener('dblclick', (event) => this.sheet.toggle(this.on(event)));
    desk.addEventListener('pointerdown', (event) => {
      if (event.pointerType === 'mouse' && event.button === 0) this.dragged = this.on(event);
    });
    window.addEventListener('pointermove', (event) => this.drag(event));
    window.addEventListener('pointerup', () => {
      this.dragged = null;
    });
    desk.addEventListener(
      'wheel',
      (event) => {
        if (!event.ctrlKey) return;
        event.preventDefault();
        this.sheet.zoom(this.sheet.shownWidth * (event.deltaY < 0 ? 1.15 : 1 / 1.15), this.on(event));
      },
      { passive: false },
    );
  }

  private down({ touches, timeStamp }: TouchEvent): void {
    const [one, two] = [touches[0], touches[1]];
    if (one === undefined) return;
    this.start = two === undefined ? { ...this.on(one), at_ms: timeStamp } : null;
    this.pinch = two === undefined ? null : { apart: apart(one, two), width: this.sheet.shownWidth };
  }

  private move(event: TouchEvent): void {
    const [one, two] = [event.touches[0], event.touches[1]];
    if (this.pinch === null || one === undefined || two === undefined) return;
    event.preventDefault();
    const middle = { clientX: (one.clientX + two.clientX) / 2, clientY: (one.clientY + two.clientY) / 2 };
    const factor = apart(one, two) / Math.max(1, this.pinch.apart);
    this.sheet.zoom(this.pinch.width * factor, this.on(middle));
  }

  private up(event: TouchEvent): void {
    const { start } = this;
    const finger = event.changedTouches[0];
    if (event.touches.length === 0) this.forget();
    if (start === null || finger === undefined) return;
    const end = this.on(finger);
    const across = end.x - start.x;
    const along = end.y - start.y;
    const took_ms = event.timeStamp - start.at_ms;
    if (Math.abs(across) < TAP_PX && Math.abs(along) < TAP_PX) this.tap(event, start);
    else if (Math.abs(across) > Math.max(SWIPE_PX, 2 * Math.abs(along)) && took_ms < SWIPE_MS)
      this.swipe(across);
  }

  private swipe(across: number): void {
    if (!this.sheet.isWide) this.turn(across < 0 ? 1 : -1);
  }

  private tap(event: TouchEvent, start: Start): void {
    const { tapped } = this;
    const again = tapped !== null && start.at_ms - tapped.at_ms < DOUBLE_TAP_MS;
    this.tapped = again ? null : start;
    if (!again) return;
    // Else the browser would tell of a double click as well.
    event.preventDefault();
    this.sheet.toggle(start);
  }

  private drag(event: PointerEvent): void {
    if (this.dragged === null) return;
    const now = this.on(event);
    this.desk.scrollLeft -= now.x - this.dragged.x;
    this.desk.scrollTop -= now.y - this.dragged.y;
    this.dragged = now;
  }

  private forget(): void {
    this.pinch = null;
    this.start = null;
  }

  private on({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): Point {
    const { left, top } = this.desk.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }
}

function apart(one: Touch, two: Touch): number {
  return Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY);
}
