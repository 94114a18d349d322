// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OccupationBox } from './box';

const electrician = { code: '6-31-01-03', name: '电工<b>', facts: '五级 · 实操类' };

let asked: string[];
let answer: () => Promise<Response>;

function aPage(radio = ''): void {
  document.body.innerHTML = `<form><label for="box">职业</label>
    <div data-island="occupation" data-name="occupation" data-url="/occupations/" data-word-found="{count} found"
      data-word-none="none" data-word-more="more" data-word-unchosen="unchosen" data-word-trouble="trouble" data-word-over="over">
      <input type="search" id="box" name="occupation_search" data-part="search"><button data-part="find"></button>
      <div data-part="choices">${radio}</div></div></form>`;
  const root = document.querySelector<HTMLElement>('[data-island]');
  if (root === null) throw new Error('no island');
  new OccupationBox(root).start();
}

const box = (): HTMLInputElement => document.querySelector('#box') as HTMLInputElement;
const held = (): string | undefined => document.querySelector<HTMLInputElement>('[name="occupation"]')?.value;
const said = (): string | null | undefined => document.querySelector('[role="status"]')?.textContent;
const options = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[role="option"]')];

async function type(text: string): Promise<void> {
  box().value = text;
  box().dispatchEvent(new Event('input'));
  await vi.advanceTimersByTimeAsync(250);
}

function press(key: string): boolean {
  return box().dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
}

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  answer = async () => Response.json({ matches: [electrician, { code: 7 }], has_more: false });
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url);
    return answer();
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the box', () => {
  it('waits until the typing rests, asks once, and lists what it understands', async () => {
    aPage();
    box().value = '电';
    box().dispatchEvent(new Event('input'));
    await type('电 工');
    expect(asked).toEqual([`/occupations/?q=${encodeURIComponent('电 工')}`]);
    expect(options().map((each) => each.textContent)).toEqual(['电工<b> 6-31-01-03五级 · 实操类']);
    expect(box().getAttribute('aria-expanded')).toBe('true');
    expect(said()).toBe('1 found');
  });

  it('holds the code once a match is chosen by keys, and tells the form', async () => {
    aPage();
    const changed = vi.fn();
    document.querySelector('form')?.addEventListener('change', changed);
    await type('电');
    expect(held()).toBe('');
    press('ArrowDown');
    expect(box().getAttribute('aria-activedescendant')).toBe(options()[0]?.id);
    expect(press('Enter')).toBe(false);
    expect(held()).toBe('6-31-01-03');
    expect(box().value).toBe('电工<b>');
    expect(changed).toHaveBeenCalledOnce();
  });

  it('holds the code of a match that is pressed', async () => {
    aPage();
    await type('电');
    options()[0]?.click();
    expect(held()).toBe('6-31-01-03');
  });

  it('begins with the choice of the page, and lets nothing of the way without script remain', () => {
    aPage(
      '<input type="radio" name="occupation" value="6-18-02-04" data-title="焊工" data-facts="五级" checked>',
    );
    expect(held()).toBe('6-18-02-04');
    expect(box().value).toBe('焊工');
    expect(document.querySelector('button')).toBeNull();
    expect(document.querySelectorAll('[name="occupation"]').length).toBe(1);
  });

  it('does not let Enter send a text that is no choice, and says so', async () => {
    aPage();
    answer = async () => Response.json({ matches: [], has_more: false });
    await type('不存在');
    expect(said()).toBe('none');
    expect(press('Enter')).toBe(false);
    expect(held()).toBe('');
  });

  it('leaves Enter to the input method while a word is being composed', async () => {
    aPage();
    await type('电');
    const event = new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, cancelable: true });
    expect(box().dispatchEvent(event)).toBe(true);
    expect(held()).toBe('');
  });

  it('says when the list cannot be reached, and when the person is no longer signed in', async () => {
    aPage();
    answer = () => Promise.reject(new TypeError('offline'));
    await type('电');
    expect(said()).toBe('trouble');
    answer = async () => new Response('', { status: 403 });
    await type('电工');
    expect(said()).toBe('over');
    expect(box().value).toBe('电工');
  });
});
