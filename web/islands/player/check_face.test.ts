// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CLOSE, FINISHED, OPEN } from '../../core/face_seam';
import type { Event } from './events';
import { FaceHost } from './face_host';
import { Stage } from './testing/stage';

// What loading the script is like is the seam's own test.
vi.mock('../../core/face_seam', async (original) => ({
  ...(await original<typeof import('../../core/face_seam')>()),
  openFace: (root: HTMLElement, check: string) => {
    root.dispatchEvent(new CustomEvent(OPEN, { detail: check }));
    return Promise.resolve();
  },
}));

const PASSED = {
  outcome: 'passed',
  was_right: null,
  right: null,
  reached_ms: 30_000,
  credited_ms: 30_000,
  day_ms: 30_000,
  stretches: [['confirmed', 30_000]],
};
const reply = (body: unknown) => ({ status: 200, body, retry_after_ms: null });
let root: HTMLElement;
let opened: string[];
let closed: number;
let happened: Event[];
let host: FaceHost;
let stage: Stage;

beforeEach(() => {
  root = document.createElement('section');
  root.hidden = true;
  document.body.append(root);
  opened = [];
  closed = 0;
  happened = [];
  root.addEventListener(OPEN, (event) => opened.push((event as CustomEvent<string>).detail));
  root.addEventListener(CLOSE, () => {
    closed += 1;
  });
  host = new FaceHost(root, (event) => happened.push(event));
  stage = new Stage().start().meetCheck('face');
});

function paint(): void {
  const { check } = stage.view;
  if (check === null) throw new Error('no check is open');
  host.paint(check);
}

function finish(body: unknown): boolean {
  const detail = { reply: body === null ? null : reply(body), url: '/next/' };
  return root.dispatchEvent(new CustomEvent(FINISHED, { cancelable: true, detail }));
}

describe('a face check in the dialog', () => {
  it('shows the face where others show options, and asks for it once', () => {
    paint();
    paint();
    expect(root.hidden).toBe(false);
    expect(opened).toEqual([stage.view.check?.prompt?.check]);
    expect(stage.view.check?.line).toBe('check_face');
    expect(stage.view.check?.prompt?.options).toEqual([]);
  });

  it('hands what came of it to the lesson instead of leaving the page', () => {
    paint();
    expect(finish(PASSED)).toBe(false);
    expect(happened).toMatchObject([{ type: 'faced', answer: { is: 'passed', reached_ms: 30_000 } }]);
    expect([root.hidden, closed]).toEqual([true, 1]);
  });

  it('goes on where it was once the face is confirmed', () => {
    paint();
    finish(PASSED);
    stage.happen(happened[0] as Event);
    expect(stage.view.check).toBeNull();
    expect(stage.view.notice).toBe('check_passed');
  });

  it('says that a check was put off, and goes on', () => {
    paint();
    finish({ ...PASSED, outcome: 'unavailable' });
    stage.happen(happened[0] as Event);
    expect(stage.view.check).toBeNull();
    expect(stage.view.notice).toBe('check_put_off');
  });

  it('leads to the page that says why a face was not confirmed', () => {
    paint();
    finish({ outcome: 'failed', url: '/learn/sessions/x/' });
    stage.happen(happened[0] as Event);
    expect(stage.effects.find((effect) => effect.type === 'navigate')).toEqual({
      type: 'navigate',
      url: '/learn/sessions/x/',
    });
  });

  it('asks the server for the check again where it does not know what came of it', () => {
    paint();
    finish(null);
    stage.happen(happened[0] as Event);
    expect(stage.view.check?.stage).toBe('fetching');
  });
});
