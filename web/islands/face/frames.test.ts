// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { HEAD_BYTES } from '../../core/face_frame';
import { Frames } from './frames';
import { CAPTURE } from './testing/stage';

/** A camera and an encoder that the test moves. */
class Bench {
  now_ms = 0;
  buffered = 0;
  /** What the encoder makes of the next picture, by quality. */
  sizeAt: (quality: number) => number = () => 30_000;
  picture = 0;
  readonly sent: DataView[] = [];
  readonly frames: Frames;
  private pending: ((now: number, told?: object) => void)[] = [];

  constructor(has_callback: boolean) {
    vi.spyOn(performance, 'now').mockImplementation(() => this.now_ms);
    const video = document.createElement('video');
    Object.defineProperties(video, { videoWidth: { value: 640 }, videoHeight: { value: 480 } });
    const ask = (call: (now: number, told?: object) => void): number => this.pending.push(call);
    if (has_callback) Object.assign(video, { requestVideoFrameCallback: ask });
    else vi.spyOn(window, 'requestAnimationFrame').mockImplementation(ask as typeof requestAnimationFrame);
    const bench = this;
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({
      drawImage: () => undefined,
    } as never);
    vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation((done, _, quality) => {
      const bytes = new Uint8Array(bench.sizeAt(quality ?? 0)).fill(bench.picture);
      done({ arrayBuffer: () => Promise.resolve(bytes.buffer) } as unknown as Blob);
    });
    this.frames = new Frames(video);
    const send = (bytes: Uint8Array<ArrayBuffer>): void => {
      this.sent.push(new DataView(bytes.buffer));
    };
    this.frames.begin(CAPTURE, {
      get buffered() {
        return bench.buffered;
      },
      send,
    });
  }

  /** The camera, or the screen, shows its next picture. */
  async next(after_ms = 33, presented = ++this.picture): Promise<void> {
    this.now_ms += after_ms;
    const calls = this.pending;
    this.pending = [];
    for (const call of calls) call(this.now_ms, { presentedFrames: presented });
    for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
  }

  async run(pictures: number): Promise<void> {
    for (let number = 0; number < pictures; number += 1) await this.next();
  }
}

describe('frames', () => {
  let bench: Bench;
  beforeEach(() => {
    bench = new Bench(true);
  });

  it('go out ten a second, numbered, with the slot that shows', async () => {
    await bench.run(5);
    expect(bench.sent).toEqual([]);
    bench.frames.show(7);
    await bench.run(31);
    expect(bench.sent.length).toBeGreaterThanOrEqual(10);
    expect(bench.sent.length).toBeLessThanOrEqual(11);
    expect(bench.sent.map((head) => head.getUint32(4)).slice(0, 3)).toEqual([1, 2, 3]);
    expect(bench.sent[0]?.getUint16(2)).toBe(7);
    expect(bench.frames.per_s).toBeGreaterThan(9);
  });

  it('stop when none are wanted, and tell of a new attempt from 1', async () => {
    bench.frames.show(0);
    await bench.run(10);
    bench.frames.end();
    const { length } = bench.sent;
    await bench.run(10);
    expect(bench.sent.length).toBe(length);
  });

  it('are never the same picture twice', async () => {
    bench.frames.show(0);
    for (let time = 0; time < 10; time += 1) await bench.next(100, 5);
    expect(bench.sent.length).toBe(1);
  });

  it('wait while what was sent is not on its way', async () => {
    bench.frames.show(0);
    await bench.next(100);
    bench.buffered = 100_000;
    for (let time = 0; time < 5; time += 1) await bench.next(100);
    expect(bench.sent.length).toBe(1);
    bench.buffered = 0;
    await bench.next(100);
    expect(bench.sent.length).toBe(2);
  });

  it('are drawn more coarsely until they are small enough, and stay so', async () => {
    const tried: number[] = [];
    bench.sizeAt = (quality) => {
      tried.push(quality);
      return quality > 0.6 ? 70_000 : 50_000;
    };
    bench.frames.show(0);
    await bench.next(100);
    await bench.next(100);
    expect(bench.sent.map((head) => head.byteLength - HEAD_BYTES)).toEqual([50_000, 50_000]);
    expect(tried.map((quality) => quality.toFixed(2))).toEqual(['0.80', '0.65', '0.50', '0.50']);
  });

  it('are not sent at all while even the coarsest is too large', async () => {
    bench.sizeAt = () => 70_000;
    bench.frames.show(0);
    await bench.next(100);
    expect(bench.sent).toEqual([]);
  });
});

describe('frames of a browser that does not tell its pictures', () => {
  it('are told apart by what they show, and a camera that stands still is not hidden', async () => {
    const bench = new Bench(false);
    bench.frames.show(0);
    await bench.next(100, 1);
    for (let time = 0; time < 8; time += 1) await bench.next(100, 1);
    expect(bench.sent.length).toBe(1);
    for (let time = 0; time < 4; time += 1) await bench.next(100, 1);
    expect(bench.sent.length).toBeGreaterThan(1);
    expect(bench.sent[0]?.getUint32(12)).toBe(0);
  });
});
