/** Takes pictures of the camera, as many as are asked for and can be sent, each at most once. */
import type { Capture } from '../../core/face_check';
import { areSame, cutOf, frameOf, withoutExif } from '../../core/face_frame';

const MOST_BYTES = 60_000;
const LEAST_QUALITY = 0.3;
const QUALITY_STEP = 0.15;
/** More than these that are not on their way yet would only come too late. */
const WAITING_AT_MOST = 3;
/** Timers and camera do not keep step: a frame that is a little early is better than one that is skipped. */
const EARLY_MS = 15;
/** Where the browser does not tell new pictures from old ones, the same one twice in so short a time is the same one. */
const SAME_MS = 1_000;

/** Where frames go. */
export interface Sink {
  readonly buffered: number;
  send(bytes: Uint8Array<ArrayBuffer>): void;
}

export class Frames {
  private readonly video: HTMLVideoElement;
  private readonly canvas = document.createElement('canvas');
  private capture: Capture | null = null;
  private sink: Sink | null = null;
  private slot: number | null = null;
  private quality = 0;
  private seq = 0;
  private last_bytes = 0;
  private last_jpeg: Uint8Array | null = null;
  /** When a picture came that was not like the one before. */
  private new_at_ms = 0;
  private taken_at_ms = Number.NEGATIVE_INFINITY;
  private presented = -1;
  private is_encoding = false;
  private is_watching = false;
  private sending_ms = 0;
  private looked_at_ms: number | null = null;

  constructor(video: HTMLVideoElement) {
    this.video = video;
  }

  /** Begins anew, for one attempt. */
  begin(capture: Capture, sink: Sink): void {
    this.capture = capture;
    this.sink = sink;
    this.quality = capture.quality;
    this.seq = 0;
    this.sending_ms = 0;
    this.last_jpeg = null;
    this.show(null);
  }

  /** Frames show this slot from now on; null: none are wanted. */
  show(slot: number | null): void {
    this.slot = slot;
    if (slot === null) this.looked_at_ms = null;
    else if (!this.is_watching) this.watch();
  }

  end(): void {
    this.sink = null;
    this.show(null);
  }

  /** How many went out in each second in which they were wanted. */
  get per_s(): number {
    return this.sending_ms > 0 ? (Math.max(0, this.seq - 1) * 1_000) / this.sending_ms : 0;
  }

  private watch(): void {
    const { video } = this;
    this.is_watching = true;
    const next = (): void => {
      this.is_watching = false;
      if (this.slot !== null) this.watch();
    };
    if ('requestVideoFrameCallback' in video) {
      video.requestVideoFrameCallback((now_ms, told) => {
        this.look(told.captureTime ?? now_ms, told.presentedFrames);
        next();
      });
    } else {
      requestAnimationFrame((now_ms) => {
        this.look(now_ms, null);
        next();
      });
    }
  }

  private look(captured_ms: number, presented: number | null): void {
    const now_ms = performance.now();
    if (this.slot === null || this.capture === null) return;
    if (this.looked_at_ms !== null) this.sending_ms += now_ms - this.looked_at_ms;
    this.looked_at_ms = now_ms;
    if (presented !== null && presented === this.presented) return;
    const due_ms = this.taken_at_ms + 1_000 / this.capture.fps - EARLY_MS;
    if (now_ms < due_ms || this.is_encoding || this.isFull() || this.video.videoWidth === 0) return;
    this.presented = presented ?? -1;
    this.taken_at_ms = now_ms;
    this.take({ slot: this.slot, presented: presented ?? 0, captured_ms }, this.capture);
  }

  private isFull(): boolean {
    return (this.sink?.buffered ?? 0) > WAITING_AT_MOST * Math.max(1, this.last_bytes);
  }

  private take(head: { slot: number; presented: number; captured_ms: number }, capture: Capture): void {
    const { video, canvas, sink } = this;
    const cut = cutOf(video.videoWidth, video.videoHeight, capture.long, capture.short);
    canvas.width = cut.width;
    canvas.height = cut.height;
    const context = canvas.getContext('2d', { alpha: false });
    if (context === null) return;
    const { from_x, from_y, from_width, from_height, width, height } = cut;
    context.drawImage(video, from_x, from_y, from_width, from_height, 0, 0, width, height);
    this.is_encoding = true;
    const lost = (): null => null;
    void this.encoded()
      .catch(lost)
      .then((jpeg) => {
        this.is_encoding = false;
        if (jpeg === null || sink === null || sink !== this.sink) return;
        if (head.presented === 0 && this.isOld(jpeg, head.captured_ms)) return;
        this.seq += 1;
        this.last_bytes = jpeg.length;
        sink.send(frameOf({ ...head, seq: this.seq }, jpeg));
      });
  }

  /** A picture that stays the same for longer is sent all the same: the server must learn that the camera stands still. */
  private isOld(jpeg: Uint8Array, captured_ms: number): boolean {
    const { last_jpeg } = this;
    if (last_jpeg !== null && areSame(last_jpeg, jpeg) && captured_ms - this.new_at_ms < SAME_MS) return true;
    this.last_jpeg = jpeg;
    this.new_at_ms = captured_ms;
    return false;
  }

  /** A picture that would be too large is drawn more coarsely, and so are those after it. */
  private async encoded(): Promise<Uint8Array | null> {
    for (;;) {
      const blob = await jpegOf(this.canvas, this.quality);
      if (blob === null) return null;
      const jpeg = withoutExif(new Uint8Array(await blob.arrayBuffer()));
      if (jpeg.length <= MOST_BYTES) return jpeg;
      if (this.quality <= LEAST_QUALITY) return null;
      this.quality = Math.max(LEAST_QUALITY, this.quality - QUALITY_STEP);
    }
  }
}

function jpegOf(canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> {
  return new Promise((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', quality);
  });
}
