// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { FacePage } from './page';
import { Painter } from './paint';
import { aFace } from './testing/page';
import { ACT, FLASH, PLACE, Stage } from './testing/stage';

let page: FacePage;
let painter: Painter;
let stage: Stage;

beforeEach(() => {
  page = aFace({}, { tips: 'one\ntwo', seconds_left: '{seconds} left', step: '{number} of {of}' });
  painter = new Painter(page);
  stage = new Stage();
});

function paint(): void {
  painter.paint(stage.view);
}

const text = (name: string): string | null => page.part(name).textContent;
const lines = (name: string): (string | null)[] =>
  [...page.part(name).children].map((one) => one.textContent);

describe('before the camera', () => {
  it('there is one main button, the tips, and the other way', () => {
    paint();
    expect([text('title'), text('main')]).toEqual(['check_title', 'start']);
    expect(lines('steps')).toEqual(['one', 'two']);
    expect(page.part('supervised').hidden).toBe(false);
    expect(page.part('live').hidden).toBe(true);
    expect([page.part('switch').hidden, page.part('excuse').hidden]).toEqual([true, true]);
  });

  it('the other way is not offered where the page names none', () => {
    page.part('supervised').setAttribute('href', '');
    paint();
    expect(page.part('supervised').hidden).toBe(true);
  });

  it('whoever bears no flashing may say so, and take it back', () => {
    paint();
    expect([text('flash-words'), text('flash')]).toEqual(['flash_warning', 'flash_off']);
    stage.happen({ type: 'prefer', actions: true });
    paint();
    expect([text('flash-words'), text('flash')]).toEqual(['actions_chosen', 'flash_on']);
  });

  it('nobody is led anywhere when the page opens', () => {
    paint();
    expect(document.activeElement).toBe(document.body);
  });
});

describe('in front of the camera', () => {
  beforeEach(() => {
    paint();
    stage.connect().say(PLACE);
    paint();
  });

  it('the whole screen is the check’s, and the focus is in it', () => {
    expect([page.part('live').hidden, page.part('calm').hidden]).toEqual([false, true]);
    expect(document.activeElement).toBe(page.part('live'));
    expect(document.documentElement.classList.contains('face-over-page')).toBe(true);
    expect([text('word'), text('left')]).toEqual(['hold_still', '60 left']);
  });

  it('a colour fills the screen, without a style of its own, and is gone afterwards', () => {
    stage.say(FLASH);
    paint();
    expect(page.part('screen').getAttribute('fill')).toBe('#c8ffc8');
    expect(page.root.querySelector('[style]')).toBeNull();
    stage.paint(4).say(ACT);
    paint();
    expect(page.part('screen').getAttribute('fill')).toBe('#ffffff');
  });

  it('a movement is drawn and said, with its number', () => {
    stage.say(ACT);
    paint();
    expect(page.part('sign').getAttribute('data-sign')).toBe('turn_left');
    expect([text('word'), text('live-note')]).toEqual(['action_turn_left', '1 of 3']);
    expect(text('spoken')).toBe('action_turn_left 1 of 3');
  });

  it('hints are spoken only once they last, so that nobody is talked at', () => {
    vi.useFakeTimers();
    for (const hint of ['closer', 'centre', 'closer', 'dark'] as const) {
      stage.say({ do: 'place', slot: 0, hint, done: 0, of: 3 });
      paint();
      vi.advanceTimersByTime(300);
    }
    expect(text('spoken')).not.toContain('hint');
    vi.advanceTimersByTime(1_200);
    expect(text('spoken')).toBe('hint_dark');
    vi.useRealTimers();
  });

  it('the page is as it was when the person stops', () => {
    stage.happen({ type: 'stop' });
    paint();
    expect(document.documentElement.classList.contains('face-over-page')).toBe(false);
    expect(document.activeElement).toBe(page.part('title'));
    expect(text('main')).toBe('again');
  });
});

describe('afterwards', () => {
  it('a result says why, what is left, and has one main button', () => {
    paint();
    stage.connect().say(PLACE, { do: 'done', outcome: 'again', codes: ['not_live'], attempts_left: 1 });
    stage.settle({ is: 'again', attempts_left: 1, step_up: false });
    paint();
    expect(page.part('calm').getAttribute('data-mark')).toBe('again');
    expect(lines('items')).toEqual(['code_not_live']);
    expect([text('note'), text('main'), page.part('main').dataset.does]).toEqual([
      'attempts_left',
      'again',
      'start',
    ]);
  });

  it('the server’s own sentence takes the place of ours', () => {
    stage.start().begin({ is: 'refused', error: 'no_consent', message: '请先同意。', url: '/agree/' });
    paint();
    expect(text('line')).toBe('请先同意。');
    expect(page.part('main').dataset.does).toBe('go_on');
  });
});
