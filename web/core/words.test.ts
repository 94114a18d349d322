import { describe, expect, it } from 'vitest';
import { clock, duration, say } from './words';

const SENTENCES = {
  hours_minutes: '{hours} 小时 {minutes} 分',
  hours: '{hours} 小时',
  minutes_seconds: '{minutes} 分 {seconds} 秒',
  minutes: '{minutes} 分',
  seconds: '{seconds} 秒',
  less_than_second: '不到 1 秒',
};

describe('words', () => {
  it('fills in values and leaves what it does not know', () => {
    expect(say({ a: '{x} 和 {y}' }, 'a', { x: '1' })).toBe('1 和 {y}');
    expect(say({}, 'missing')).toBe('missing');
  });

  it.each([
    [0, '00:00'],
    [130_999, '02:10'],
    [3_723_000, '1:02:03'],
  ])('shows the position %i as %s', (ms, shown) => expect(clock(ms)).toBe(shown));

  it.each([
    [0, '0 分'],
    [999, '不到 1 秒'],
    [7_000, '7 秒'],
    [185_900, '3 分 05 秒'],
    [240_000, '4 分'],
    [3_600_000, '1 小时'],
    [4_859_000, '1 小时 20 分'],
  ])('says %i ms as %s', (ms, said) => expect(duration(SENTENCES, ms)).toBe(said));
});
