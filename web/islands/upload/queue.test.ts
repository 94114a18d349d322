import { beforeEach, describe, expect, it } from 'vitest';
import type { Happening } from './machine';
import { type MakeTransport, Queue } from './queue';

let acts: string[];
let tell: Map<string, (happening: Happening) => void>;
let queue: Queue;

const make: MakeTransport = (file, told) => {
  tell.set(file.name, told);
  return { start: () => acts.push(`start ${file.name}`), stop: () => acts.push(`stop ${file.name}`) };
};
const file = (name: string): File => new File(['1234567890'], name);
const phases = (): string[] => queue.entries.map((entry) => entry.state.phase);

beforeEach(() => {
  acts = [];
  tell = new Map();
  queue = new Queue(make, () => undefined);
});

describe('the queue of files', () => {
  it('sends one after the other', () => {
    queue.add(file('a'));
    queue.add(file('b'));
    expect(acts).toEqual(['start a']);
    tell.get('a')?.({ kind: 'done' });
    expect(acts).toEqual(['start a', 'start b']);
    expect(phases()).toEqual(['sent', 'sending']);
  });

  it('stops with the line and goes on by itself when it is back', () => {
    queue.add(file('a'));
    queue.line(false);
    expect(phases()).toEqual(['offline']);
    queue.line(true);
    expect(acts).toEqual(['start a', 'stop a', 'start a']);
  });

  it('lets the next one go first while one is paused', () => {
    queue.add(file('a'));
    queue.add(file('b'));
    const [first] = queue.entries;
    if (first) queue.tell(first, { kind: 'paused' });
    expect(acts).toEqual(['start a', 'stop a', 'start b']);
    if (first) queue.tell(first, { kind: 'resumed' });
    expect(phases()).toEqual(['waiting', 'sending']);
  });

  it('never sends what cannot be taken, and goes on with the rest', () => {
    queue.add(file('a'), 'too large');
    queue.add(file('b'));
    expect(acts).toEqual(['start b']);
    expect(queue.entries[0]?.state.words).toBe('too large');
  });
});
