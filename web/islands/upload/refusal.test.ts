import { describe, expect, it } from 'vitest';
import { type Limits, listed, refusalOf } from './refusal';

const limits: Limits = { mostBytes: 10, endings: listed('mp4 pdf  wps'), macroEndings: listed('docm') };
const why = (name: string, content = 'x') => refusalOf(new File([content], name), limits);

describe('a file that is chosen', () => {
  it('is sent when its ending is one that the server takes, in whatever letters', () => {
    for (const name of ['讲义.pdf', ' 讲义.PDF ', 'a.b.Wps', '.hidden.mp4']) expect(why(name)).toBeNull();
  });

  it('is not sent when the server would refuse its name, and macros have a reason of their own', () => {
    for (const name of ['程序.exe', '没有后缀', '.pdf', 'a.pdf.zip', '点.']) expect(why(name)).toBe('kind');
    expect(why('报表.DOCM')).toBe('macros');
  });

  it('is not sent empty or too large', () => {
    expect(why('a.pdf', '')).toBe('empty');
    expect(why('a.pdf', '12345678901')).toBe('large');
  });

  it('is judged by the server where the page names no endings', () => {
    expect(refusalOf(new File(['x'], 'a.exe'), { ...limits, endings: [] })).toBeNull();
  });
});
