import { describe, expect, it } from 'vitest';
import { readOutcome, readShow } from './check_answers';
import type { Reply } from './reply';

const PROMPT = {
  check: 'a'.repeat(32),
  nonce: 'b'.repeat(16),
  kind: 'confirm',
  text: '请点「继续学习」',
  options: ['稍后', '继续学习'],
  left_ms: 54_000,
  of_ms: 60_000,
  attempts_left: 2,
};
const PASSED = {
  outcome: 'passed',
  was_right: null,
  right: null,
  reached_ms: 1,
  credited_ms: 2,
  day_ms: 3,
  stretches: [['confirmed', 4]],
};

function reply(status: number, body: unknown, retry_after_ms: number | null = null): Reply {
  return { status, body, retry_after_ms };
}

describe('the question of a check', () => {
  it('is shown as the server draws it', () => {
    expect(readShow(reply(200, { prompt: PROMPT }))).toEqual({ is: 'shown', prompt: PROMPT });
  });

  it('may be gone', () => {
    expect(readShow(reply(200, { prompt: null }))).toEqual({ is: 'none' });
  });

  it('counts as lost when it lacks a field, is of an unknown kind, or offers no choice', () => {
    const { nonce: _, ...without_nonce } = PROMPT;
    for (const prompt of [without_nonce, { ...PROMPT, kind: 'x' }, { ...PROMPT, options: ['a'] }, undefined])
      expect(readShow(reply(200, { prompt }))).toEqual({ is: 'failed', wait_ms: null });
    expect(readShow(reply(200, '<html>')).is).toBe('failed');
    expect(readShow(reply(503, null, 3_000))).toEqual({ is: 'failed', wait_ms: 3_000 });
  });

  it('is a fault when the learner is signed out or the token is too old', () => {
    for (const status of [401, 403, 404]) expect(readShow(reply(status, null)).is).toBe('fault');
  });
});

describe('an answer to it', () => {
  it('passes, with the figures that are true from now on', () => {
    const { outcome: _, ...figures } = PASSED;
    expect(readOutcome(reply(200, PASSED))).toEqual({ is: 'passed', ...figures });
    const wrong = { ...PASSED, was_right: false, right: '先断电' };
    expect(readOutcome(reply(200, wrong))).toMatchObject({ was_right: false, right: '先断电' });
  });

  it('is asked for again, or ends the session, or comes too late for its check', () => {
    expect(readOutcome(reply(200, { outcome: 'again', prompt: PROMPT }))).toEqual({
      is: 'again',
      prompt: PROMPT,
    });
    for (const outcome of ['missed', 'withdrawn'])
      expect(readOutcome(reply(200, { outcome, url: '/why/' }))).toEqual({ is: 'ended', url: '/why/' });
    expect(readOutcome(reply(409, { error: 'no_such_check' }))).toEqual({ is: 'no_such_check' });
  });

  it('counts as lost when no answer can be read', () => {
    for (const body of [null, {}, { outcome: 'what' }, { ...PASSED, reached_ms: -1 }])
      expect(readOutcome(reply(200, body)).is).toBe('failed');
    expect(readOutcome(reply(409, '<html>')).is).toBe('failed');
    expect(readOutcome(reply(0, null)).is).toBe('failed');
    expect(readOutcome(reply(403, '<html>')).is).toBe('fault');
  });
});
