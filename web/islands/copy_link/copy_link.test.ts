// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CopyLink } from './copy_link';

let copied: string[];
let allowed: boolean;

function part(name: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[data-part="${name}"]`);
  if (found === null) throw new Error(name);
  return found;
}

async function press(): Promise<void> {
  part('copy').click();
  await Promise.resolve();
  await Promise.resolve();
}

beforeEach(() => {
  copied = [];
  allowed = true;
  document.body.innerHTML = `<div data-island="copy_link" data-word-copied="copied" data-word-failed="mark it">
    <input data-part="link" value="https://a.example/courses/7/"><button data-part="copy" hidden></button>
    <p data-part="note"></p></div>`;
  vi.stubGlobal('navigator', {
    clipboard: {
      writeText: async (text: string) => {
        if (!allowed) throw new Error('refused');
        copied.push(text);
      },
    },
  });
  new CopyLink(document.querySelector('[data-island]') as HTMLElement).start();
});

afterEach(() => vi.unstubAllGlobals());

describe('a link to copy', () => {
  it('has a button only where there is script', () => {
    expect(part('copy').hidden).toBe(false);
  });

  it('is copied with one press', async () => {
    await press();
    expect(copied).toEqual(['https://a.example/courses/7/']);
    expect(part('note').textContent).toBe('copied');
  });

  it('asks to be marked where the browser refuses', async () => {
    allowed = false;
    await press();
    expect(part('note').textContent).toBe('mark it');
  });
});
