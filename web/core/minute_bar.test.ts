// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { Stretch } from './answers';
import { bars, drawMinuteBar, merge, textOf } from './minute_bar';

const SENTENCES = {
  minutes_seconds: '{minutes} 分 {seconds} 秒',
  minutes: '{minutes} 分',
  seconds: '{seconds} 秒',
  bar_text: '计时条：{parts}',
  bar_empty: '计时条：还没有时间',
  bar_comma: '；',
  not_counted: '未计入',
  kind_confirmed: '已确认',
  kind_provisional: '待确认',
  kind_paused: '暂停',
  kind_repeat: '重复观看',
};

describe('the minute bar', () => {
  it('joins neighbours of one kind and drops empty stretches', () => {
    const stretches: Stretch[] = [
      ['provisional', 20_000],
      ['paused', 0],
      ['provisional', 10_000],
      ['paused', 5_000],
    ];
    expect(merge(stretches)).toEqual([
      ['provisional', 30_000],
      ['paused', 5_000],
    ]);
  });

  it('is proportional to time, with a least width, as the server draws it', () => {
    const drawn = bars(
      [
        ['confirmed', 30_000],
        ['paused', 1_000],
        ['provisional', 2_000],
      ],
      267_000,
    );
    expect(drawn.map(({ width }) => width.toFixed(3))).toEqual(['99.833', '5.000', '6.656']);
    expect(drawn.map(({ x }) => x.toFixed(3))).toEqual(['0.000', '99.833', '104.833']);
  });

  it('is filled when nothing is left to earn, and empty at first', () => {
    expect(bars([['provisional', 7]], 0)).toMatchObject([{ x: 0, width: 1_000 }]);
    expect(bars([], 100)).toEqual([]);
    expect(bars([], 0)).toEqual([]);
  });

  it('never draws outside, however many pieces there are', () => {
    const many = Array.from({ length: 500 }, (_, index): Stretch => [index % 2 ? 'paused' : 'confirmed', 9]);
    const last = bars(many, 1_000)[499];
    expect((last?.x ?? 0) + (last?.width ?? 0)).toBeLessThanOrEqual(1_000.001);
  });

  it('says the same in words', () => {
    const text = textOf(
      [
        ['provisional', 60_000],
        ['paused', 5_000],
        ['provisional', 125_000],
        ['repeat', 7_000],
      ],
      SENTENCES,
    );
    expect(text).toBe('计时条：待确认 · 3 分 05 秒；未计入 · 暂停 · 5 秒；重复观看 · 7 秒');
    expect(textOf([], SENTENCES)).toBe('计时条：还没有时间');
  });

  it('draws rectangles without any style of their own', () => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    drawMinuteBar(svg, [['paused', 1_000]], 0, SENTENCES);
    drawMinuteBar(
      svg,
      [
        ['provisional', 20_000],
        ['paused', 20_000],
      ],
      0,
      SENTENCES,
    );
    const [track, counted, refused] = svg.querySelectorAll('rect');
    expect(svg.querySelectorAll('rect').length).toBe(3);
    expect(track?.getAttribute('class')).toBe('bar-track');
    expect(counted?.getAttribute('fill')).toBe('url(#hatch)');
    expect(counted?.getAttribute('width')).toBe('500.0');
    expect(refused?.getAttribute('class')).toBe('bar-refused');
    expect(refused?.querySelector('title')?.textContent).toBe('未计入 · 暂停 · 20 秒');
    expect(svg.querySelector('[style]')).toBeNull();
    expect(svg.getAttribute('aria-label')).toContain('待确认 · 20 秒');
  });

  it('rules what people gave back, and does not call it refused', () => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    drawMinuteBar(svg, [['corrected', 20_000]], 0, { ...SENTENCES, kind_corrected: '人工更正' });
    const given = svg.querySelector('.bar-corrected');
    expect(given?.getAttribute('fill')).toBe('url(#rules)');
    expect(given?.querySelector('title')?.textContent).toBe('人工更正 · 20 秒');
  });
});
