import { describe, expect, it } from 'vitest';
import { chosen, type Happening, percent, type Sending, stepped, turn } from './machine';

const through = (...happenings: Happening[]): Sending => happenings.reduce(stepped, chosen(1000));
const BEGUN: Happening = { kind: 'begun' };

describe('the sending of a file', () => {
  it('waits for its turn, goes on by portions and ends whole', () => {
    const half = through(BEGUN, { kind: 'progress', sent: 500 });
    expect([half.phase, percent(half)]).toEqual(['sending', 50]);
    expect(stepped(half, { kind: 'done' })).toEqual({ phase: 'sent', sent: 1000, size: 1000, words: '' });
  });

  it('never says 100 percent before the end', () => {
    expect(percent(through(BEGUN, { kind: 'progress', sent: 1000 }))).toBe(99);
  });

  it('stops without a line and takes its turn again by itself, from where it was', () => {
    const lost = through(BEGUN, { kind: 'progress', sent: 400 }, { kind: 'line_lost' });
    expect(lost.phase).toBe('offline');
    expect(stepped(lost, { kind: 'line_back' })).toEqual({ ...lost, phase: 'waiting' });
  });

  it('stays paused when the line comes and goes, until somebody lets it go on', () => {
    const paused = through(BEGUN, { kind: 'paused' }, { kind: 'line_lost' }, { kind: 'line_back' });
    expect(paused.phase).toBe('paused');
    expect(stepped(paused, { kind: 'resumed' }).phase).toBe('waiting');
  });

  it('shows trouble until something arrives again', () => {
    const trouble = through(BEGUN, { kind: 'trouble' });
    expect(trouble.phase).toBe('trouble');
    expect(stepped(trouble, { kind: 'progress', sent: 1 }).phase).toBe('sending');
    expect(stepped(trouble, { kind: 'stuck' }).phase).toBe('stuck');
  });

  it('is over when it is refused or sent: late news changes nothing', () => {
    const refused = through(BEGUN, { kind: 'refused', words: 'no' });
    for (const late of [BEGUN, { kind: 'done' }, { kind: 'resumed' }] as Happening[])
      expect(stepped(refused, late)).toBe(refused);
    const sent = through(BEGUN, { kind: 'done' });
    expect(stepped(sent, { kind: 'line_lost' })).toBe(sent);
  });
});

describe('the turn', () => {
  it('goes to one file at a time, in the order in which they were chosen', () => {
    const [sending, waiting, paused] = [through(BEGUN), chosen(5), through({ kind: 'paused' })];
    expect(turn([sending, waiting])).toBe(-1);
    expect(turn([paused, waiting, chosen(7)])).toBe(1);
    expect(turn([through(BEGUN, { kind: 'line_lost' }), waiting])).toBe(1);
    expect(turn([])).toBe(-1);
  });
});
