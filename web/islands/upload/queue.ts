/** The files that were chosen: gives each its turn, and stops and goes on with the line. */
import { chosen, type Happening, isOnItsWay, type Sending, stepped, turn } from './machine';

/** Something that can send one file, stop, and go on where it stopped. */
export interface Transport {
  start(): void;
  stop(): void;
}

export type MakeTransport = (file: File, tell: (happening: Happening) => void) => Transport;

export class Entry {
  state: Sending;
  readonly file: File;
  readonly transport: Transport;

  constructor(file: File, make: MakeTransport, tell: (entry: Entry, happening: Happening) => void) {
    this.file = file;
    this.state = chosen(file.size);
    this.transport = make(file, (happening) => tell(this, happening));
  }
}

export class Queue {
  readonly entries: Entry[] = [];
  private readonly make: MakeTransport;
  private readonly show: (entry: Entry) => void;

  constructor(make: MakeTransport, show: (entry: Entry) => void) {
    this.make = make;
    this.show = show;
  }

  /** Adds a file; one with `refusal` is shown with it and never sent. */
  add(file: File, refusal = ''): void {
    const entry = new Entry(file, this.make, (which, happening) => this.tell(which, happening));
    if (refusal) entry.state = stepped(entry.state, { kind: 'refused', words: refusal });
    this.entries.push(entry);
    this.show(entry);
    this.advance();
  }

  /** Notes what has happened to a file; its transport is stopped when it may not go on. */
  tell(entry: Entry, happening: Happening): void {
    const before = entry.state;
    entry.state = stepped(before, happening);
    if (entry.state === before) return;
    if (isOnItsWay(before) && (happening.kind === 'paused' || happening.kind === 'line_lost'))
      entry.transport.stop();
    this.show(entry);
    this.advance();
  }

  /** Notes that the line has gone or come back. */
  line(isThere: boolean): void {
    for (const entry of this.entries) this.tell(entry, { kind: isThere ? 'line_back' : 'line_lost' });
  }

  private advance(): void {
    const next = this.entries[turn(this.entries.map((entry) => entry.state))];
    if (next === undefined) return;
    next.state = stepped(next.state, { kind: 'begun' });
    this.show(next);
    next.transport.start();
  }
}
