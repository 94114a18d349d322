// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import type { Happening } from './machine';
import { type Entry, Queue } from './queue';
import { Line } from './view';

let line: Line;
let entry: Entry;
let queue: Queue;
let pressed: string[];

const word = (name: string): string => `<${name}>`;
const button = (): HTMLButtonElement | null => line.element.querySelector('button');
const happened = (happening: Happening): void => {
  queue.tell(entry, happening);
  line.show(entry);
};

beforeEach(() => {
  pressed = [];
  queue = new Queue(
    () => ({ start: () => undefined, stop: () => undefined }),
    () => undefined,
  );
  queue.add(new File(['1234567890'], '讲义<b>.pdf'));
  [entry] = queue.entries as [Entry];
  line = new Line(entry.file.name, word, (act) => pressed.push(act));
  line.show(entry);
});

describe('the line of a file', () => {
  it('shows the name as it is, how far it is and in which state', () => {
    happened({ kind: 'progress', sent: 4 });
    expect(line.element.querySelector('strong')?.textContent).toBe('讲义<b>.pdf');
    expect(line.element.querySelector('progress')?.value).toBe(40);
    expect(line.element.querySelector('.row-note')?.textContent).toBe('40% · <sending>');
  });

  it('offers to pause what is sent, and to go on with what is paused', () => {
    button()?.click();
    happened({ kind: 'paused' });
    expect(button()?.textContent).toBe('<resume>');
    button()?.click();
    expect(pressed).toEqual(['pause', 'resume']);
  });

  it('says why a file is refused and offers nothing more', () => {
    happened({ kind: 'refused', words: 'too large' });
    expect(line.element.querySelector('.row-note')?.textContent).toBe('too large');
    expect(line.element.querySelector('progress')?.hidden).toBe(true);
    expect(button()?.hidden).toBe(true);
  });
});
