import { describe, expect, it } from 'vitest';
import { flowing } from './flowing';

const LINE = '停电检修最怕三件事：停错了设备，漏了一路电源，人还在干活就有人送电';

describe('the text of a page', () => {
  it('joins the lines of a paragraph', () => {
    expect(flowing(`${LINE}\n${LINE}\n工作票把它们写下来。`)).toBe(`${LINE}${LINE}工作票把它们写下来。`);
  });

  it('is not misled by a wider running head', () => {
    const head = `${LINE}（演示内容，均为虚构）`;
    expect(flowing(`${head}\n第 1 页\n${LINE}\n${LINE}\n为止`)).toBe(`${head}\n第 1 页\n${LINE}${LINE}为止`);
  });

  it('leaves a line that ends its sentence', () => {
    const ended = `${LINE.slice(0, -1)}。`;
    expect(flowing(`${ended}\n${ended}\n二、哪些工作要填工作票`)).toBe(
      `${ended}\n${ended}\n二、哪些工作要填工作票`,
    );
  });

  it('leaves what begins like an item of a list', () => {
    for (const item of ['1. 单位和编号', '（二）工作地点', '• 验电', '第三章 触电急救']) {
      expect(flowing(`${LINE}\n${LINE}\n${item}`)).toBe(`${LINE}${LINE}\n${item}`);
    }
  });

  it('leaves the short lines of slides and tables', () => {
    const slide = '看字母，认出图纸上的电器\n看铭牌，读懂最要紧的数字';
    expect(flowing(slide)).toBe(slide);
    expect(flowing(`${LINE}。\n低压工作票\n本讲义讲的就是这一种`)).toBe(
      `${LINE}。\n低压工作票\n本讲义讲的就是这一种`,
    );
  });

  it('keeps words of Latin letters apart', () => {
    const line = 'Disconnect the supply, secure it against being switched on again and';
    expect(flowing(`${line}\n${line}\ntest it.`)).toBe(`${line} ${line} test it.`);
  });

  it('keeps an empty text and empty lines', () => {
    expect(flowing('')).toBe('');
    expect(flowing(`${LINE}\n${LINE}\n\n下一段`)).toBe(`${LINE}${LINE}\n\n下一段`);
  });
});
