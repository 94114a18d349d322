import { describe, expect, it } from 'vitest';
import { KeyRing, stretchOf } from './key_ring';

const KEY = '000102030405060708090a0b0c0d0e0f';

describe('the keys of a locked film', () => {
  it('are bytes, handed out as copies', () => {
    const ring = new KeyRing();
    ring.learn([[3, KEY]]);
    const first = new Uint8Array(ring.get(3) as ArrayBuffer);
    expect([...first]).toEqual([...Array(16).keys()]);
    first[0] = 99;
    expect(new Uint8Array(ring.get(3) as ArrayBuffer)[0]).toBe(0);
    expect(ring.get(4)).toBeNull();
  });

  it('are told to whoever waits for them, once, and to nobody else', () => {
    const ring = new KeyRing();
    const told: string[] = [];
    ring.await(3, () => told.push('three'));
    ring.await(4, () => told.push('four'));
    const forget = ring.await(3, () => told.push('gone'));
    forget();
    ring.learn([[3, KEY]]);
    ring.learn([[3, KEY]]);
    expect(told).toEqual(['three']);
  });
});

it('an address of a key names its stretch', () => {
  expect(stretchOf('https://x/media/ticket/keys/12')).toBe(12);
  expect(stretchOf('https://x/media/ticket/720p/00012.ts')).toBeNull();
  expect(stretchOf('https://x/media/ticket/keys/12/more')).toBeNull();
});
