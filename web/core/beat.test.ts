import { describe, expect, it } from 'vitest';
import { type Claim, canonical, Flag, sign, tagOf } from './beat';

const KEY = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f';
const FIRST: Claim = {
  session: '5f0c9f6f5e0b4d0f9a1b2c3d4e5f6071',
  n: 1,
  prev: '00112233445566778899aabbccddeeff',
  position: 113_000,
  idle: 2_000,
  flags: Flag.EVENT | Flag.PAUSED,
  client_ms: 31_234,
  nonce: '0123456789abcdef',
};

describe('a beat', () => {
  it('is signed over all its fields in one order', () => {
    expect(canonical(FIRST)).toBe(
      'beat/1|5f0c9f6f5e0b4d0f9a1b2c3d4e5f6071|1|00112233445566778899aabbccddeeff|113000|2000|10|31234|0123456789abcdef',
    );
  });

  it('has the mac that Python computes (hmac.new(key, text, sha256))', () => {
    const beat = sign(FIRST, KEY);
    expect(beat.mac).toBe('8603b0694cf4c49c255b35516ef3f1ac53c564b7e3fd3a723b15f7927aa1f29f');
    expect(tagOf(beat)).toBe('8603b0694cf4c49c255b35516ef3f1ac');
  });

  it('is chained to the one before it by its tag', () => {
    const prev = tagOf(sign(FIRST, KEY));
    const next = { n: 2, prev, position: 140_500, idle: 0, flags: 0, client_ms: 61_240 };
    const second = sign({ ...FIRST, ...next, nonce: 'fedcba9876543210' }, KEY);
    expect(second.mac).toBe('a41df8f75baff94f6ccbc2ab1bfe7385b5262d98e2d3189c4ccccc1883f465fe');
  });

  it('has another mac when any field changes', () => {
    const macs = [
      { n: 2 },
      { position: 113_001 },
      { idle: 0 },
      { flags: 0 },
      { client_ms: 0 },
      { nonce: '0' },
      { prev: '0' },
    ].map((change) => sign({ ...FIRST, ...change }, KEY).mac);
    expect(new Set([sign(FIRST, KEY).mac, ...macs]).size).toBe(8);
  });

  it('fits into 1 KiB at its largest', () => {
    const large = 2 ** 53 - 1;
    const numbers = { n: large, position: large, idle: large, flags: 63, client_ms: large };
    expect(JSON.stringify(sign({ ...FIRST, ...numbers }, KEY)).length).toBeLessThan(1_024);
  });
});
