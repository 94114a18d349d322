/** A frame of the face check as it goes over the wire: 24 bytes, and a JPEG without what the camera or the browser wrote about it. */

export interface FrameHead {
  readonly slot: number;
  readonly seq: number;
  /** Pictures that the camera has presented so far; 0 where the browser does not tell. */
  readonly presented: number;
  readonly captured_ms: number;
}

export const HEAD_BYTES = 24;
const VERSION = 1;
const WORD = 2 ** 32;

/** Returns the bytes of a frame. */
export function frameOf(head: FrameHead, jpeg: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEAD_BYTES + jpeg.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, VERSION);
  view.setUint16(2, head.slot);
  view.setUint32(4, head.seq);
  setCount(view, 8, head.presented);
  setCount(view, 16, head.captured_ms);
  bytes.set(jpeg, HEAD_BYTES);
  return bytes;
}

/** By halves: Safari 14 knows no `setBigUint64`. */
function setCount(view: DataView, at: number, count: number): void {
  const whole = Math.max(0, Math.floor(count));
  view.setUint32(at, Math.floor(whole / WORD));
  view.setUint32(at + 4, whole % WORD);
}

const MARK = 0xff;
const START = 0xd8;
const EXIF = 0xe1;
const SCAN = 0xda;

/** Returns a JPEG without its APP1 parts: Apple's browsers write EXIF into every picture of a canvas, and the server refuses it. */
export function withoutExif(jpeg: Uint8Array): Uint8Array {
  if (jpeg[0] !== MARK || jpeg[1] !== START) return jpeg;
  const kept: Uint8Array[] = [jpeg.subarray(0, 2)];
  let at = 2;
  while (jpeg[at] === MARK && jpeg[at + 1] !== SCAN) {
    const end = at + 2 + (jpeg[at + 2] ?? 0) * 256 + (jpeg[at + 3] ?? 0);
    if (end > jpeg.length || end < at + 4) return jpeg;
    if (jpeg[at + 1] !== EXIF) kept.push(jpeg.subarray(at, end));
    at = end;
  }
  kept.push(jpeg.subarray(at));
  return joined(kept);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Which part of a picture is drawn so that it covers a frame, and the frame's size. */
export interface Cut {
  readonly from_x: number;
  readonly from_y: number;
  readonly from_width: number;
  readonly from_height: number;
  readonly width: number;
  readonly height: number;
}

/** Returns the middle of a picture in the shape of a frame: upright where the picture is higher than wide. */
export function cutOf(picture_width: number, picture_height: number, long: number, short: number): Cut {
  const upright = picture_height > picture_width;
  const [width, height] = upright ? [short, long] : [long, short];
  const scale = Math.max(width / picture_width, height / picture_height);
  const [from_width, from_height] = [width / scale, height / scale];
  const from_x = (picture_width - from_width) / 2;
  const from_y = (picture_height - from_height) / 2;
  return { from_x, from_y, from_width, from_height, width, height };
}

/** Says whether two pictures are the same, byte for byte. */
export function areSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
