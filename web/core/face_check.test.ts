import { describe, expect, it } from 'vitest';
import { readBegin, readResult, readSaid } from './face_check';

const CAPTURE = { long: 640, short: 480, fps: 10, quality: 0.8 };
const BEGUN = {
  attempt: 'a',
  ticket: 'b',
  socket: '/face/socket',
  left_ms: 60_000,
  attempts_left: 3,
  capture: CAPTURE,
};
const reply = (status: number, body: unknown) => ({ status, body, retry_after_ms: null });

describe('the answer to the wish to begin', () => {
  it('is an attempt', () => {
    expect(readBegin(reply(200, BEGUN))).toEqual({ is: 'begun', ...BEGUN });
  });

  it('is no attempt when a field is missing or of another type', () => {
    for (const name of Object.keys(BEGUN).filter((each) => each !== 'attempts_left'))
      expect(readBegin(reply(200, { ...BEGUN, [name]: undefined })).is).toBe('failed');
    expect(readBegin(reply(200, { ...BEGUN, capture: { ...CAPTURE, quality: 2 } })).is).toBe('failed');
  });

  it('need not count attempts', () => {
    const answer = readBegin(reply(200, { ...BEGUN, attempts_left: undefined }));
    expect(answer).toMatchObject({ is: 'begun', attempts_left: null });
  });

  it('may be refused, in words and with a way on', () => {
    expect(readBegin(reply(409, { error: 'no_consent', message: '请先同意', url: '/agree/' }))).toEqual({
      is: 'refused',
      error: 'no_consent',
      message: '请先同意',
      url: '/agree/',
    });
  });

  it('passes by itself where the network or the server is at fault, and does not where the session is over', () => {
    expect([0, 429, 503].map((status) => readBegin(reply(status, null)).is)).toEqual([
      'failed',
      'failed',
      'failed',
    ]);
    expect([401, 403, 404].map((status) => readBegin(reply(status, null)).is)).toEqual([
      'fault',
      'fault',
      'fault',
    ]);
  });
});

describe('what became of a check', () => {
  it('is handed on whole when it is settled', () => {
    const passed = reply(200, { outcome: 'passed', credited_ms: 1 });
    expect(readResult(passed)).toEqual({ is: 'passed', reply: passed });
    const missed = reply(200, { outcome: 'missed', url: '/learn/ended/' });
    expect(readResult(missed)).toEqual({
      is: 'ended',
      outcome: 'missed',
      url: '/learn/ended/',
      reply: missed,
    });
    const gone = reply(409, { error: 'no_such_check' });
    expect(readResult(gone)).toEqual({ is: 'ended', outcome: 'no_such_check', url: '', reply: gone });
  });

  it('may be another attempt, and a longer one', () => {
    expect(readResult(reply(200, { outcome: 'again', attempts_left: 1, step_up: true }))).toEqual({
      is: 'again',
      attempts_left: 1,
      step_up: true,
    });
  });
});

describe('what the server says in the socket', () => {
  it('is read field by field', () => {
    const said = [
      { do: 'queue', place: 3 },
      { do: 'place', slot: 0, hint: 'closer', done: 1, of: 3 },
      { do: 'flash', slot: 4, colour: '#c8ffc8', number: 2, of: 8 },
      { do: 'act', slot: 12, action: 'turn_left', number: 1, of: 3, within_ms: 5_000 },
      { do: 'rest', slot: 13 },
      { do: 'judging' },
      { do: 'done', outcome: 'passed', codes: [], attempts_left: 2 },
    ];
    for (const one of said) expect(readSaid(JSON.stringify(one))).toEqual(one);
  });

  it('is ignored where this version does not know it', () => {
    for (const text of [
      '',
      '[]',
      '{"do":"sing"}',
      '{"do":"toString"}',
      '{"do":"rest"}',
      '{"do":"act","slot":1}',
    ])
      expect(readSaid(text)).toBeNull();
    expect(readSaid('{"do":"flash","slot":4,"colour":"url(x)","number":2,"of":8}')).toBeNull();
  });

  it('keeps what it knows of a message that says more', () => {
    const done = { do: 'done', outcome: 'again', codes: ['too_late', 'new_code'], attempts_left: 1 };
    expect(readSaid(JSON.stringify(done))).toEqual({ ...done, codes: ['too_late'] });
    expect(readSaid('{"do":"place","slot":0,"hint":"new_hint","done":1,"of":3}')).toMatchObject({
      hint: null,
    });
  });
});
