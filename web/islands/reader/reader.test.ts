// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { MESSAGE_KEYS } from '../player/messages';
import type { Page } from '../player/page';
import { Painter } from '../player/paint';
import type { Scene } from '../player/scene';
import { aPaper } from '../player/testing/page';
import { Stage } from '../player/testing/stage';
import type { Press } from './fetching';
import { reader } from './reader';

const PAGE_MS = 20_000;
const SIZES = [
  [1600, 900],
  [1600, 900],
  [900, 1600],
] as const;
const WORDS = {
  page_of: '第 {page} 页，共 {pages} 页',
  page_spoken: '第 {page} 页，共 {pages} 页',
  turn_in: '还需 {seconds} 秒可翻页',
  end_in: '还需 {seconds} 秒学完',
  strip_spoken: '{page}/{pages}, {finished}',
  continue_from: '从第 {time} 页继续',
};
const PRESS: Press = {
  image: async () => document.createElement('img'),
  reason: async () => 'lost',
  text: async (url) => (url.includes('0002') ? '' : '触电的基本知识'),
};

let page: Page;
let machine: Stage;
let scene: Scene;

beforeEach(async () => {
  page = aPaper({ sizes: SIZES, page_ms: PAGE_MS }, WORDS);
  machine = new Stage({ length_ms: 3 * PAGE_MS, pace: page.lesson.pace });
  const hooks = {
    start_ms: 0,
    happen: (event: Parameters<Stage['happen']>[0]) => machine.happen(event),
    look: () => undefined,
    view: () => machine.view,
  };
  scene = reader(page, hooks, PRESS);
  machine.start();
});

/** Opens the document where a position lies, as the machine would, and paints it. */
async function openAt(position_ms: number): Promise<void> {
  scene.stage.seek(position_ms);
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  scene.paint(machine.view);
}

describe('the page of a document', () => {
  it('has the parts and the words that it needs', () => {
    new Painter(page).paint(machine.view);
    expect(MESSAGE_KEYS).toContain('kind_page_full');
    expect(page.part('status-text').textContent).toBe('counting');
  });

  it('shows which page lies open, in one sentence around a field', async () => {
    await openAt(0);
    expect(page.part('numbers').textContent).toBe('第  页，共 3 页');
    expect((page.part('number') as HTMLInputElement).value).toBe('1');
    expect(page.part('spoken').textContent).toBe('第 1 页，共 3 页');
    expect(page.root.querySelectorAll('.reader-image').length).toBe(1);
  });

  it('says how long until it can be turned, and opens the button then', async () => {
    await openAt(7_500);
    expect(page.part('next-left').textContent).toBe('还需 13 秒可翻页');
    expect(page.part('next').getAttribute('aria-disabled')).toBe('true');
    machine.wait(PAGE_MS);
    await openAt(19_999);
    scene.paint(machine.view);
    expect(page.part('next-left').hidden).toBe(true);
    expect(page.part('next').getAttribute('aria-disabled')).toBe('false');
  });

  it('has nothing after the last page', async () => {
    await openAt(2 * PAGE_MS + 1_000);
    expect(page.part('next-label').textContent).toBe('last_page');
    expect(page.part('next-left').textContent).toBe('还需 19 秒学完');
    expect(page.part('next').getAttribute('aria-disabled')).toBe('true');
  });

  it('gives the text to those who cannot read the picture, and says where there is none', async () => {
    await openAt(0);
    expect(page.part('page-text').textContent).toBe('触电的基本知识');
    expect(page.part('page-text').classList.contains('visually-hidden')).toBe(true);
    page.part('words').click();
    expect(page.part('page-text').classList.contains('visually-hidden')).toBe(false);
    expect(page.part('words').getAttribute('aria-pressed')).toBe('true');
    await openAt(PAGE_MS);
    expect(page.part('page-text').textContent).toBe('no_text');
  });

  it('draws finished, open and locked pages in a strip and says so', async () => {
    machine.wait(PAGE_MS + 250);
    await openAt(PAGE_MS);
    const strip = page.part('strip');
    expect(strip.getAttribute('aria-label')).toBe('2/3, 1');
    expect(strip.querySelectorAll('.leaf-locked').length).toBe(1);
    expect(strip.querySelectorAll('.leaf-next').length).toBe(1);
    expect(strip.querySelectorAll('.leaf-here').length).toBe(1);
  });

  it('names the page in the button that goes on', () => {
    const ready = new Stage({ length_ms: 60_000, reached_ms: 25_000, pace: page.lesson.pace });
    new Painter(page).paint(ready.view);
    expect(page.part('cover-label').textContent).toBe('从第 2 页继续');
  });

  it('sets no style, which the content security policy would refuse', async () => {
    await openAt(0);
    page.part('larger').click();
    expect(page.root.querySelector('[style]')).toBeNull();
  });
});
