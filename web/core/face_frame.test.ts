import { describe, expect, it } from 'vitest';
import { areSame, cutOf, frameOf, withoutExif } from './face_frame';

const part = (mark: number, ...bytes: number[]): number[] => [0xff, mark, 0, bytes.length + 2, ...bytes];
const SCAN = [0xff, 0xda, 0, 2, 1, 0xff, 0xe1, 0, 4, 9, 9, 0xff, 0xd9];

describe('a frame', () => {
  it('has a head of 24 bytes, big-endian, and then the picture', () => {
    const head = { slot: 258, seq: 65_536, presented: 2 ** 33 + 5, captured_ms: 1_234.9 };
    const bytes = [...frameOf(head, new Uint8Array([7, 8]))];
    expect(bytes).toEqual(
      [1, 0, 1, 2, 0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 4, 210].concat([7, 8]),
    );
  });
});

describe('a picture of an Apple browser', () => {
  it('loses its EXIF and nothing else', () => {
    const jfif = part(0xe0, 1, 2, 3);
    const exif = part(0xe1, 0x45, 0x78, 0x69, 0x66);
    const table = part(0xdb, 5, 6);
    const whole = new Uint8Array([0xff, 0xd8, ...jfif, ...exif, ...table, ...SCAN]);
    expect([...withoutExif(whole)]).toEqual([0xff, 0xd8, ...jfif, ...table, ...SCAN]);
  });

  it('stays as it is when it is no JPEG or is cut short', () => {
    for (const bytes of [[], [1, 2, 3], [0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff], [0xff, 0xd8, 0xff, 0xe1, 0, 0]])
      expect([...withoutExif(new Uint8Array(bytes))]).toEqual(bytes);
  });
});

describe('the cut of a picture', () => {
  it('is its middle, in the shape of a frame', () => {
    expect(cutOf(1280, 720, 640, 480)).toEqual({
      from_x: 160,
      from_y: 0,
      from_width: 960,
      from_height: 720,
      width: 640,
      height: 480,
    });
    expect(cutOf(480, 640, 640, 480)).toMatchObject({ from_x: 0, from_y: 0, width: 480, height: 640 });
    expect(cutOf(1080, 1920, 640, 480)).toMatchObject({ from_y: 240, from_height: 1440, width: 480 });
  });

  it('covers a picture that is smaller than a frame', () => {
    const cut = cutOf(320, 240, 640, 480);
    expect([cut.from_width, cut.from_height, cut.width, cut.height]).toEqual([320, 240, 640, 480]);
  });
});

it('two pictures are the same only byte for byte', () => {
  const one = new Uint8Array([1, 2, 3]);
  expect(areSame(one, new Uint8Array([1, 2, 3]))).toBe(true);
  expect(areSame(one, new Uint8Array([1, 2, 4]))).toBe(false);
  expect(areSame(one, new Uint8Array([1, 2]))).toBe(false);
});
