/** The beat: what the page claims about a stretch of learning, and its signature. Wire format: `beat/1`. */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** Bits of `Claim.flags`: what happened since the last beat that was acknowledged. */
export const Flag = {
  HIDDEN: 1,
  PAUSED: 2,
  TOO_FAST: 4,
  /** Sent at once because of hide, pause, play, seek, rate change or end. */
  EVENT: 8,
  /** The page is left: judge, then sign out. */
  LEAVE: 16,
  ENDED: 32,
} as const;

/** All that a beat says; numbers are non-negative integers, times are milliseconds. */
export interface Claim {
  readonly session: string;
  readonly n: number;
  /** Tag of the beat before; for the first beat the tag of the opening. */
  readonly prev: string;
  readonly position: number;
  readonly idle: number;
  readonly flags: number;
  readonly client_ms: number;
  readonly nonce: string;
}

/** A claim with its signature: the body that is sent. */
export interface Beat extends Claim {
  readonly mac: string;
}

/** Returns the text that is signed; the server builds the same one from the fields it received. */
export function canonical(claim: Claim): string {
  return [
    'beat/1',
    claim.session,
    claim.n,
    claim.prev,
    claim.position,
    claim.idle,
    claim.flags,
    claim.client_ms,
    claim.nonce,
  ].join('|');
}

/** Returns the beat for a claim. Synchronous, because the last beat is signed while the page goes away. */
export function sign(claim: Claim, key_hex: string): Beat {
  const mac = hmac(sha256, hexToBytes(key_hex), utf8ToBytes(canonical(claim)));
  return { ...claim, mac: bytesToHex(mac) };
}

/** Returns the name by which the next beat refers to this one. */
export function tagOf(beat: Beat): string {
  return beat.mac.slice(0, 32);
}
