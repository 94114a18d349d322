// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CLOSE, closeFace, OPEN, openFace } from './face_seam';

let root: HTMLElement;
let heard: unknown[];
let scripts: HTMLScriptElement[];

beforeEach(() => {
  root = document.createElement('section');
  root.dataset.script = '/static/islands/face.js';
  heard = [];
  scripts = [];
  root.addEventListener(OPEN, (event) => heard.push((event as CustomEvent).detail));
  root.addEventListener(CLOSE, () => heard.push('closed'));
  vi.spyOn(document.head, 'append').mockImplementation((script) => {
    scripts.push(script as HTMLScriptElement);
  });
});

describe('a host', () => {
  it('loads the script when a face is wanted for the first time, and only then', async () => {
    const first = openFace(root, 'one');
    expect(scripts.map(({ src }) => new URL(src).pathname)).toEqual(['/static/islands/face.js']);
    expect(heard).toEqual([]);
    scripts[0]?.dispatchEvent(new Event('load'));
    await first;
    await openFace(root, 'two');
    closeFace(root);
    expect(scripts.length).toBe(1);
    expect(heard).toEqual(['one', 'two', 'closed']);
  });

  it('is told when the script does not load, and may try again', async () => {
    const first = openFace(root, 'one');
    scripts[0]?.dispatchEvent(new Event('error'));
    await expect(first).rejects.toThrow('face.js');
    const second = openFace(root, 'one');
    scripts[1]?.dispatchEvent(new Event('load'));
    await second;
    expect(heard).toEqual(['one']);
  });
});
