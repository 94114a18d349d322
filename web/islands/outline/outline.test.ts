// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Outline } from './outline';

const module = (id: number, lessons: string) => `<li data-module="${id}"><div class="outline-head"></div>
  <ol data-part="lessons">
    ${lessons}
  </ol>
  <p data-part="none"${lessons ? ' hidden' : ''}>none</p></li>`;
const lesson = (id: number) => `<li data-lesson="${id}"></li>`;

function isSaidEmpty(id: number): boolean {
  const none = document.querySelector<HTMLElement>(`[data-module="${id}"] [data-part="none"]`);
  return none !== null && !none.hidden;
}

function press(key: string): void {
  const handle = document.querySelector('[data-lesson="11"] .outline-handle');
  handle?.dispatchEvent(new KeyboardEvent('keydown', { key }));
}

beforeEach(() => {
  vi.stubGlobal('fetch', async () => new Response('{}'));
  document.body.innerHTML = `<form data-island="outline"><p data-part="help" hidden></p><p data-part="said"></p>
    <p data-part="again-row" hidden><button data-part="again"></button></p>
    <ol data-part="modules">${module(1, lesson(11))}${module(2, '')}</ol></form>`;
  new Outline(document.querySelector('[data-island]') as HTMLElement).start();
});

describe('a module', () => {
  it('says that it has no lessons when its last one is moved away, and no longer when one comes', () => {
    expect([isSaidEmpty(1), isSaidEmpty(2)]).toEqual([false, true]);
    press(' ');
    press('ArrowDown');
    expect([isSaidEmpty(1), isSaidEmpty(2)]).toEqual([true, false]);
    press('Escape');
    expect([isSaidEmpty(1), isSaidEmpty(2)]).toEqual([false, true]);
  });
});
