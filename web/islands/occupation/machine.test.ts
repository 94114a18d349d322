import { describe, expect, it } from 'vitest';
import {
  begun,
  type Choosing,
  entered,
  type Happening,
  isOpen,
  isUnchosen,
  stepped,
  wanted,
} from './machine';

const electrician = { code: '6-31-01-03', name: '电工', facts: '' };
const welder = { code: '6-18-02-04', name: '焊工', facts: '' };
const nothing = begun(null, '');

const walked = (start: Choosing, ...happenings: Happening[]): Choosing => happenings.reduce(stepped, start);
const typing = (text: string): Happening => ({ kind: 'typed', text });
const answer = (text: string, matches = [electrician, welder], has_more = false): Happening => ({
  kind: 'answered',
  text,
  matches,
  has_more,
});
const down: Happening = { kind: 'moved', by: 1 };
const up: Happening = { kind: 'moved', by: -1 };
const pick = (place: number): Happening => ({ kind: 'picked', place });
const listed = walked(nothing, typing('工'), answer('工'));

describe('what is typed', () => {
  it('is asked of the server, without the blanks around it', () => {
    expect(wanted(walked(nothing, typing(' 工 ')))).toBe('工');
    expect(wanted(walked(nothing, typing('  ')))).toBe('');
  });

  it('is no choice, and takes the former one back', () => {
    const typed = walked(begun(electrician, ''), typing('电工 '));
    expect(typed.chosen).toBeNull();
    expect(isUnchosen(typed)).toBe(true);
  });

  it('is no choice even when it is the very name of an occupation', () => {
    expect(walked(nothing, typing('电工'), answer('电工', [electrician])).chosen).toBeNull();
  });

  it('begins with what the page says was chosen or typed', () => {
    expect(begun(electrician, '电').text).toBe('电工');
    expect(isUnchosen(begun(null, '电'))).toBe(true);
  });
});

describe('the answers', () => {
  it('are listed, nothing active yet', () => {
    expect(isOpen(listed)).toBe(true);
    expect(listed.active).toBe(-1);
  });

  it('to a text that has changed since mean nothing', () => {
    const typed = walked(nothing, typing('工'), typing('电'));
    expect(walked(typed, answer('工'))).toBe(typed);
    expect(walked(typed, { kind: 'failed', text: '工', phase: 'trouble' })).toBe(typed);
  });

  it('without a match open no list', () => {
    const empty = walked(nothing, typing('无'), answer('无', []));
    expect(isOpen(empty)).toBe(false);
    expect(empty.phase).toBe('listed');
  });

  it('that fail keep the text, and the next letter asks again', () => {
    const lost = walked(nothing, typing('工'), { kind: 'failed', text: '工', phase: 'over' });
    expect(lost.phase).toBe('over');
    expect(wanted(walked(lost, typing('电工')))).toBe('电工');
  });
});

describe('the keys', () => {
  it('go down and up through the list, and through a place between its ends', () => {
    expect(walked(listed, down).active).toBe(0);
    expect(walked(listed, down, down).active).toBe(1);
    expect(walked(listed, down, down, down).active).toBe(-1);
    expect(walked(listed, up).active).toBe(1);
  });

  it('choose the active match by Enter, and never send a text that is no choice', () => {
    expect(entered(listed)).toBe('stay');
    expect(entered(walked(listed, down))).toBe('pick');
    expect(entered(walked(nothing, typing('电')))).toBe('stay');
    expect(entered(walked(listed, pick(0)))).toBe('send');
    expect(entered(nothing)).toBe('send');
  });

  it('close the list by Escape, and then lead back to what was chosen before', () => {
    const changed = walked(begun(welder, ''), typing('工'), answer('工'));
    const once = walked(changed, { kind: 'escaped' });
    expect(isOpen(once)).toBe(false);
    expect(once.text).toBe('工');
    const twice = walked(once, { kind: 'escaped' });
    expect(twice.chosen).toBe(welder);
    expect(twice.text).toBe('焊工');
  });

  it('ask again for a list that was closed', () => {
    expect(wanted(walked(listed, { kind: 'left' }, down))).toBe('工');
  });
});

describe('a choice', () => {
  it('fills the box and closes the list', () => {
    const chosen = walked(listed, pick(1));
    expect(chosen.chosen).toBe(welder);
    expect(chosen.text).toBe('焊工');
    expect(isOpen(chosen)).toBe(false);
  });

  it('is not undone by leaving the box, and a place that is not there chooses nothing', () => {
    const chosen = walked(listed, pick(1));
    expect(walked(chosen, { kind: 'left' })).toBe(chosen);
    expect(walked(listed, pick(7))).toBe(listed);
  });

  it('can be taken back by emptying the box', () => {
    const emptied = walked(listed, pick(1), typing(''));
    expect(emptied.chosen).toBeNull();
    expect(isUnchosen(emptied)).toBe(false);
  });
});
