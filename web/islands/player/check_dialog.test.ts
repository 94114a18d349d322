// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CheckDialog } from './check_dialog';
import type { Event } from './events';
import type { Page } from './page';
import { aPage } from './testing/page';
import { Stage } from './testing/stage';

let page: Page;
let dialog: HTMLDialogElement;
let shown: CheckDialog;
let stage: Stage;
let happened: Event[];
let appeared: number;

beforeEach(() => {
  document.title = '安全用电';
  page = aPage({
    check_again: 'again {left}',
    check_left: '{seconds} left',
    check_title: '请打卡 · {title}',
  });
  dialog = page.part('check-dialog') as HTMLDialogElement;
  happened = [];
  appeared = 0;
  shown = new CheckDialog(
    page,
    (event) => happened.push(event),
    () => {
      appeared += 1;
    },
  );
  stage = new Stage().start().meetCheck();
});

function paint(): void {
  shown.paint(stage.view.check);
}

function options(): HTMLElement[] {
  return [...dialog.querySelectorAll<HTMLElement>('.check-option')];
}

function key(name: string, more: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...more });
  return page.part('check-text').dispatchEvent(event);
}

describe('the dialog of a check', () => {
  it('opens with the question, its options in the order drawn, and the seconds left', () => {
    paint();
    expect(dialog.open).toBe(true);
    expect(page.part('check-text').textContent).toBe('请点第二项');
    expect(options().map((option) => option.lastElementChild?.textContent)).toEqual([
      '第一项',
      '第二项',
      '第三项',
    ]);
    expect(page.part('check-left').textContent).toBe('60 left');
    expect(dialog.querySelector('[style]')).toBeNull();
    expect(appeared).toBe(1);
  });

  it('puts the focus on the question, so that a stray key presses nothing', () => {
    paint();
    expect(document.activeElement).toBe(page.part('check-text'));
    key('Enter');
    key(' ');
    expect(happened).toEqual([]);
  });

  it('calls from the title of the tab, until it is over', () => {
    paint();
    expect(document.title).toBe('请打卡 · 安全用电');
    shown.paint(null);
    expect(document.title).toBe('安全用电');
    expect(dialog.open).toBe(false);
  });

  it('cannot be closed: not by Esc, and not by a browser that closes it all the same', () => {
    paint();
    expect(key('Escape')).toBe(false);
    expect(dialog.dispatchEvent(new Event('cancel', { cancelable: true }) as never)).toBe(false);
    dialog.close();
    expect(dialog.open).toBe(true);
  });

  it('is pressed by the number keys, with the time since the options appeared', () => {
    vi.spyOn(performance, 'now').mockReturnValueOnce(1_000).mockReturnValue(3_500);
    paint();
    key('2', { repeat: true });
    key('2', { ctrlKey: true });
    key('7');
    key('4');
    key('2');
    expect(happened).toEqual([{ type: 'choose', choice: 1, reaction_ms: 2_500 }]);
  });

  it('is pressed by a tap, but not by one that was meant for what was there before', () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(1_000);
    paint();
    clock.mockReturnValue(1_100);
    options()[0]?.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }));
    expect(happened).toEqual([]);
    clock.mockReturnValue(1_900);
    options()[0]?.lastElementChild?.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }));
    expect(happened.length).toBe(1);
    dialog.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }));
    page.part('check-options').dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }));
    expect(happened.length).toBe(1);
  });

  it('hears nothing while an answer is on its way, and shows which', () => {
    paint();
    stage.press(1);
    paint();
    key('1');
    expect(happened).toEqual([]);
    expect(options()[1]?.classList.contains('check-chosen')).toBe(true);
    expect(options()[0]?.getAttribute('aria-disabled')).toBe('true');
  });

  it('asks again with a new question, and takes the focus from the option that was pressed', () => {
    paint();
    options()[0]?.focus();
    stage.press(0);
    stage.wait(100);
    paint();
    expect(page.part('check-line').textContent).toBe('again 1');
    expect(dialog.dataset.again).toBe('true');
    expect(document.activeElement).toBe(page.part('check-text'));
  });

  it('speaks at 30, 10 and 5 seconds and not in between', () => {
    const said = new Set<string>();
    for (let second = 0; second < 59; second += 1) {
      paint();
      said.add(page.part('check-spoken').textContent ?? '');
      stage.wait(1_000);
    }
    expect([...said]).toEqual(['check_spoken', '30 left', '10 left', '5 left']);
  });

  it('says in the place of the question that the question is coming', () => {
    stage = new Stage().start();
    stage.show_answers.push({ is: 'failed', wait_ms: null });
    stage.meetCheck();
    paint();
    expect(page.part('check-text').textContent).toBe('check_fetching_again');
    expect(page.part('check-time').hidden).toBe(true);
    expect(options()).toEqual([]);
  });

  it('is shown like any element where the browser knows no dialogs, and keeps the focus', () => {
    Object.assign(dialog, { showModal: undefined, close: undefined });
    paint();
    expect(dialog.hasAttribute('open')).toBe(true);
    page.part('mute').focus();
    expect(document.activeElement).toBe(page.part('check-text'));
    shown.paint(null);
    expect(dialog.hasAttribute('open')).toBe(false);
  });
});
