import { describe, expect, it } from 'vitest';
import { fitWhole, fitWidth, keepUnder, larger, restWidth, smaller, stepsOf, within } from './zooming';

const SLIDE = { width: 1600, height: 900 };
const SHEET = { width: 1240, height: 1754 };
const PHONE = { width: 358, height: 506 };
const DESKTOP = { width: 958, height: 600 };

describe('a page', () => {
  it('fits the width of a phone', () => {
    expect(fitWidth(SLIDE, PHONE)).toBe(358);
    expect(fitWidth(SHEET, PHONE)).toBe(358);
  });

  it('is not blown up when it stands upright on a wide desk', () => {
    expect(fitWidth(SHEET, DESKTOP)).toBe(832);
    expect(fitWidth(SLIDE, DESKTOP)).toBe(958);
  });

  it('is seen whole where that is hardly smaller, and else as wide as it may be', () => {
    expect(restWidth(SLIDE, { width: 958, height: 528 })).toBe(fitWhole(SLIDE, { width: 958, height: 528 }));
    expect(restWidth(SHEET, DESKTOP)).toBe(832);
  });

  it('grows in steps up to three times its fit, and comes back the same way', () => {
    const steps = stepsOf(SLIDE, PHONE);
    expect(steps).toEqual([358, 537, 716, 1_074]);
    const up = [larger(steps, 358), larger(steps, 537), larger(steps, 716), larger(steps, 1_074)];
    expect(up).toEqual([537, 716, 1_074, 1_074]);
    expect([smaller(steps, 1_074), smaller(steps, 600), smaller(steps, 358)]).toEqual([716, 537, 358]);
  });

  it('has a smaller step where all of it is seen', () => {
    const whole = fitWhole(SHEET, DESKTOP);
    expect(stepsOf(SHEET, DESKTOP)[0]).toBe(whole);
    expect(smaller(stepsOf(SHEET, DESKTOP), 832)).toBe(whole);
  });

  it('stays within its steps whatever two fingers ask for', () => {
    const steps = stepsOf(SLIDE, PHONE);
    expect(within(steps, 10)).toBe(358);
    expect(within(steps, 99_999)).toBe(1_074);
    expect(within(steps, 400.4)).toBe(400);
  });

  it('keeps what lies under a finger under it', () => {
    expect(keepUnder(0, 100, 2)).toBe(100);
    expect(keepUnder(100, 100, 0.5)).toBe(0);
  });
});
