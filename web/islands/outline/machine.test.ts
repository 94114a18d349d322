import { describe, expect, it } from 'vitest';
import { type Arranging, arranged, begun, type Item, isMoved, type Order, put, stepped } from './machine';

const ORDER: Order = [
  { id: 1, lessons: [11, 12, 13] },
  { id: 2, lessons: [] },
  { id: 3, lessons: [31] },
];
const lesson = (id: number): Item => ({ kind: 'lesson', id });
const shown = (order: Order) => order.map((each) => `${each.id}:${each.lessons.join(',')}`).join(' ');

describe('one step', () => {
  it('moves a lesson within its module', () => {
    expect(shown(stepped(ORDER, lesson(12), -1))).toBe('1:12,11,13 2: 3:31');
    expect(shown(stepped(ORDER, lesson(12), 1))).toBe('1:11,13,12 2: 3:31');
  });

  it('leads over the border into the next module, also into an empty one', () => {
    expect(shown(stepped(ORDER, lesson(13), 1))).toBe('1:11,12 2:13 3:31');
    expect(shown(stepped(ORDER, lesson(31), -1))).toBe('1:11,12,13 2:31 3:');
  });

  it('ends at both ends of the outline', () => {
    expect(stepped(ORDER, lesson(11), -1)).toBe(ORDER);
    expect(stepped(ORDER, lesson(31), 1)).toBe(ORDER);
    expect(stepped(ORDER, { kind: 'module', id: 1 }, -1)).toBe(ORDER);
    expect(stepped(ORDER, { kind: 'module', id: 3 }, 1)).toBe(ORDER);
  });

  it('moves a module with its lessons', () => {
    expect(shown(stepped(ORDER, { kind: 'module', id: 3 }, -1))).toBe('1:11,12,13 3:31 2:');
  });

  it('does nothing with what is not there', () => {
    expect(stepped(ORDER, lesson(99), 1)).toBe(ORDER);
  });
});

describe('putting at a place', () => {
  it('takes a lesson into another module', () => {
    expect(shown(put(ORDER, lesson(11), { module: 2, lesson: 1 }))).toBe('1:12,13 2: 3:31,11');
  });

  it('goes no farther than the end of a module', () => {
    expect(shown(put(ORDER, lesson(11), { module: 1, lesson: 9 }))).toBe('1:12,13 2:11 3:31');
  });

  it('loses nothing wherever it is put', () => {
    for (const id of [11, 12, 13, 31])
      for (const module of [-1, 0, 1, 2, 3])
        for (const place of [-1, 0, 1, 5]) {
          const ids = put(ORDER, lesson(id), { module, lesson: place }).flatMap((each) => each.lessons);
          expect([...ids].sort()).toEqual([11, 12, 13, 31]);
        }
  });
});

describe('picking up and putting down', () => {
  const done = (...happenings: Parameters<typeof arranged>[1][]): Arranging =>
    happenings.reduce(arranged, begun(ORDER));

  it('moves only what is held', () => {
    expect(done({ kind: 'stepped', by: 1 }).order).toBe(ORDER);
    const moved = done(
      { kind: 'grabbed', item: lesson(11) },
      { kind: 'stepped', by: 1 },
      { kind: 'dropped' },
    );
    expect(shown(moved.order)).toBe('1:12,11,13 2: 3:31');
    expect(moved.held).toBeNull();
    expect(isMoved(moved)).toBe(true);
  });

  it('leads back with Escape', () => {
    const back = done({ kind: 'grabbed', item: lesson(11) }, { kind: 'stepped', by: 1 }, { kind: 'escaped' });
    expect(back.order).toBe(ORDER);
    expect(isMoved(back)).toBe(false);
  });

  it('holds one thing at a time', () => {
    const held = done({ kind: 'grabbed', item: lesson(11) }, { kind: 'grabbed', item: lesson(12) });
    expect(held.held).toEqual(lesson(11));
  });

  it('has nothing to save after there and back again', () => {
    const to = { module: 0, lesson: 0 };
    const same = done({ kind: 'grabbed', item: lesson(11) }, { kind: 'dragged', to }, { kind: 'dropped' });
    expect(isMoved(same)).toBe(false);
  });
});
