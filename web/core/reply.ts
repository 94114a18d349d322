/** An answer as it came, and typed access to its fields. */

/** A stretch of time and its verdict: `confirmed`, `provisional`, or the reason of a refusal. */
export type Stretch = readonly [kind: string, ms: number];

/** An answer as it came: `status` 0 means that none came. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  /** The wait that the server asked for, if any. */
  readonly retry_after_ms: number | null;
}

/** No answer that can be used came back: lost network, busy server, a page of a hotel's Wi-Fi. */
export interface Failed {
  readonly is: 'failed';
  readonly wait_ms: number | null;
}

/** The server will not talk to this page any more; only loading it anew helps. */
export interface Fault {
  readonly is: 'fault';
}

export const FAULT: Fault = { is: 'fault' };

class Malformed extends Error {}

/** No answer, a server in trouble and "too many requests" pass by themselves; other refusals do not. */
export function isPassing(status: number): boolean {
  return status === 0 || status >= 500 || status === 408 || status === 429;
}

export function failed(reply: Reply): Failed {
  return { is: 'failed', wait_ms: reply.retry_after_ms };
}

/** Returns what `read` finds, or `failed` when a field is missing or of the wrong type. */
export function sound<T>(reply: Reply, read: () => T): T | Failed {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed) return failed(reply);
    throw error;
  }
}

/** Typed access to the fields of a body of unknown shape. */
export class Fields {
  private readonly fields: Record<string, unknown>;

  constructor(body: unknown) {
    this.fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  }

  maybeText(name: string): string | null {
    const value = this.fields[name];
    return typeof value === 'string' ? value : null;
  }

  text(name: string): string {
    const value = this.maybeText(name);
    if (value === null) throw new Malformed(name);
    return value;
  }

  /** A field that is missing is false. */
  isTrue(name: string): boolean {
    return this.fields[name] === true;
  }

  count(name: string): number {
    return asCount(this.fields[name], name);
  }

  /** A field that is missing or of another type is null. */
  maybeCount(name: string): number | null {
    const value = this.fields[name];
    return isCount(value) ? value : null;
  }

  /** A number from 0 to 1. */
  share(name: string): number {
    const value = this.fields[name];
    if (typeof value !== 'number' || !(value >= 0 && value <= 1)) throw new Malformed(name);
    return value;
  }

  /** `#rrggbb`. */
  colour(name: string): string {
    const value = this.text(name);
    if (!/^#[0-9a-f]{6}$/.test(value)) throw new Malformed(name);
    return value;
  }

  part(name: string): Fields {
    return new Fields(this.fields[name]);
  }

  /** Texts, at least `least` of them. */
  texts(name: string, least: number): readonly string[] {
    const value = this.fields[name];
    if (!Array.isArray(value) || value.length < least) throw new Malformed(name);
    return value.map((item: unknown): string => {
      if (typeof item !== 'string') throw new Malformed(name);
      return item;
    });
  }

  /** One of a few words. */
  word<W extends string>(name: string, words: readonly W[]): W {
    const text = this.text(name);
    const found = words.find((word) => word === text);
    if (found === undefined) throw new Malformed(name);
    return found;
  }

  isNull(name: string): boolean {
    return this.fields[name] === null;
  }

  /** Pairs of a number and hexadecimal digits; a field that is missing holds none. */
  keys(name: string): readonly (readonly [number, string])[] {
    const value = this.fields[name] ?? [];
    if (!Array.isArray(value)) throw new Malformed(name);
    return value.map((item: unknown): readonly [number, string] => {
      if (!Array.isArray(item) || typeof item[1] !== 'string' || !/^[0-9a-f]{32}$/.test(item[1]))
        throw new Malformed(name);
      return [asCount(item[0], name), item[1]];
    });
  }

  stretches(name: string): readonly Stretch[] {
    const value = this.fields[name];
    if (!Array.isArray(value)) throw new Malformed(name);
    return value.map((item: unknown): Stretch => {
      if (!Array.isArray(item) || typeof item[0] !== 'string') throw new Malformed(name);
      return [item[0], asCount(item[1], name)];
    });
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function asCount(value: unknown, name: string): number {
  if (!isCount(value)) throw new Malformed(name);
  return value;
}
