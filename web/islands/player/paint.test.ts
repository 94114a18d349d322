// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { connectControls } from './controls';
import type { Event } from './events';
import { connectFilm } from './film_controls';
import type { Page } from './page';
import { Painter } from './paint';
import { Rail } from './rail';
import { aPage } from './testing/page';
import { GO_ON } from './testing/server';
import { Stage } from './testing/stage';

let page: Page;
let painter: Painter;
let rail: Rail;
let stage: Stage;

beforeEach(() => {
  page = aPage({ refused: 'refused {reason}', position_spoken: '{position} of {length}, reached {reached}' });
  painter = new Painter(page);
  rail = new Rail(page);
  stage = new Stage();
});

function paint(): void {
  painter.paint(stage.view);
  rail.paint(stage.view);
}

describe('the page of the player', () => {
  it('shows one main action before the start, and none while the picture plays', () => {
    paint();
    expect(page.part('cover').hidden).toBe(false);
    expect(page.part('cover-label').textContent).toBe('start');
    expect(page.root.dataset.signedIn).toBe('false');
    stage.start();
    paint();
    expect(page.part('cover').hidden).toBe(true);
    expect(page.root.dataset).toMatchObject({ action: 'pause', counting: 'true', signedIn: 'true' });
    expect(page.part('status-text').textContent).toBe('counting');
    expect(page.part('toggle').getAttribute('aria-label')).toBe('pause');
  });

  it('says the position to those who cannot see it', () => {
    stage.start().wait(12_000);
    paint();
    const seek = page.part('seek');
    expect(seek.getAttribute('aria-valuenow')).toBe('12');
    expect(seek.getAttribute('aria-valuemax')).toBe('360');
    expect(seek.getAttribute('aria-valuetext')).toBe('00:12 of 06:00, reached 00:00');
  });

  it('names the reason when the server does not credit', () => {
    stage.start();
    stage.beat_answers.push({ ...GO_ON, verdict: [['over_cap', 30_000]] });
    stage.wait(31_000);
    paint();
    expect(page.part('status-text').textContent).toBe('refused kind_over_cap');
    expect(page.part('bar').querySelectorAll('.bar-refused').length).toBe(1);
  });

  it('asks in a dialog and closes it again', () => {
    stage.opening_answers.push({ is: 'already_learning', message: '要在这里继续吗？' });
    stage.start();
    paint();
    expect(page.part('dialog').hasAttribute('open')).toBe(true);
    expect(page.part('question').textContent).toBe('要在这里继续吗？');
    stage.happen({ type: 'take_over', yes: false });
    paint();
    expect(page.part('dialog').hasAttribute('open')).toBe(false);
  });

  it('sets no style, which the content security policy would refuse', () => {
    stage.start().wait(40_000);
    paint();
    expect(page.root.querySelector('[style]')).toBeNull();
  });
});

describe('the controls', () => {
  let happened: Event[];

  beforeEach(() => {
    const mine: Event[] = []; // listeners of earlier tests stay on the document
    happened = mine;
    const place = { position_ms: 25_000, limit_ms: 60_000, length_ms: 360_000 };
    const happen = (event: Event): void => {
      mine.push(event);
    };
    connectControls(page, happen);
    connectFilm(
      page,
      happen,
      () => place,
      () => undefined,
    );
  });

  it('say what was pressed', () => {
    paint();
    for (const part of page.root.querySelectorAll('button')) part.removeAttribute('disabled');
    page.part('cover').click();
    page.part('back').click();
    page.part('leave').click();
    page.part('take-over').click();
    expect(happened).toEqual([
      { type: 'toggle' },
      { type: 'seek_to', position_ms: 15_000 },
      { type: 'leave' },
      { type: 'take_over', yes: true },
    ]);
  });

  it('hear the space bar anywhere but where it means something else', () => {
    const press = (target: Element): boolean =>
      target.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true, cancelable: true }));
    press(document.body);
    press(page.part('seek'));
    press(page.part('mute'));
    press(page.part('volume'));
    expect(happened.filter(({ type }) => type === 'toggle').length).toBe(2);
  });

  it('move the position by keys', () => {
    for (const key of ['ArrowLeft', 'ArrowRight', 'Home', 'End', 'x'])
      page.part('seek').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    expect(happened.map((event) => (event.type === 'seek_to' ? event.position_ms : null))).toEqual([
      20_000, 30_000, 0, 60_000,
    ]);
  });
});
