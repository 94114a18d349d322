/** The keys of a locked film: brought by the answers to beats, or asked for one by one where none has brought them yet. */
import type { ReleasedKey } from '../../core/answers';

/** Keys by stretch, and who waits for one that is not released yet. */
export class KeyRing {
  private readonly keys = new Map<number, Uint8Array>();
  private waiting: { readonly stretch: number; readonly tell: () => void }[] = [];

  learn(released: readonly ReleasedKey[]): void {
    for (const [stretch, hex] of released) this.put(stretch, bytesOf(hex));
  }

  put(stretch: number, key: Uint8Array): void {
    this.keys.set(stretch, key);
    const told = this.waiting.filter((each) => each.stretch === stretch);
    this.waiting = this.waiting.filter((each) => each.stretch !== stretch);
    for (const { tell } of told) tell();
  }

  /** Returns a copy: whoever decrypts may take its buffer away. */
  get(stretch: number): ArrayBuffer | null {
    const key = this.keys.get(stretch);
    return key === undefined ? null : (key.slice().buffer as ArrayBuffer);
  }

  /** Calls once the key is there; returns how to wait no more. */
  await(stretch: number, tell: () => void): () => void {
    const waiting = { stretch, tell };
    this.waiting.push(waiting);
    return () => {
      this.waiting = this.waiting.filter((each) => each !== waiting);
    };
  }
}

/** Returns the stretch that a key's address names, or null for any other address. */
export function stretchOf(url: string): number | null {
  const found = /\/keys\/(\d+)$/.exec(url);
  return found === null ? null : Number(found[1]);
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
