/** The socket of one attempt. */
import { readSaid, type Said } from '../../core/face_check';
import type { CameraFacts } from './camera';
import type { Sink } from './frames';

/** A socket that does not open in so long is taken for lost. */
const OPEN_WITHIN_MS = 10_000;
/** What browsers say of a connection that was cut. */
const CUT = 1006;

export interface Hello {
  readonly ticket: string;
  readonly camera: CameraFacts;
  readonly prefer?: 'actions';
}

export interface Hearers {
  said(said: Said): void;
  closed(code: number): void;
}

export class Socket implements Sink {
  private readonly socket: WebSocket;
  private hearers: Hearers | null;

  constructor(url: string, hello: () => Hello, hearers: Hearers) {
    this.hearers = hearers;
    this.socket = new WebSocket(addressOf(url));
    this.socket.binaryType = 'arraybuffer';
    const timer = setTimeout(() => this.lost(), OPEN_WITHIN_MS);
    this.socket.addEventListener('open', () => {
      clearTimeout(timer);
      this.say(JSON.stringify(hello()));
    });
    this.socket.addEventListener('message', ({ data }) => this.hear(data));
    this.socket.addEventListener('close', ({ code }) => {
      clearTimeout(timer);
      this.tell(code);
    });
  }

  get buffered(): number {
    return this.socket.bufferedAmount;
  }

  send(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(bytes);
  }

  say(body: string): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(body);
  }

  /** Closes without a word to the hearers: it was the page that wanted it. */
  close(): void {
    this.hearers = null;
    this.socket.close();
  }

  private hear(data: unknown): void {
    const said = typeof data === 'string' ? readSaid(data) : null;
    if (said !== null) this.hearers?.said(said);
  }

  private lost(): void {
    this.tell(CUT);
    this.socket.close();
  }

  private tell(code: number): void {
    const { hearers } = this;
    this.hearers = null;
    hearers?.closed(code);
  }
}

/** Safari 14 wants the whole address. */
function addressOf(url: string): string {
  const address = new URL(url, window.location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return address.href;
}
