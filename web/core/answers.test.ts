import { describe, expect, it } from 'vitest';
import { type Reply, readBeat, readOpening } from './answers';

const ACCEPTED = {
  n: 1,
  nonce: '0123456789abcdef',
  reached_ms: 28_000,
  credited_ms: 28_000,
  day_ms: 28_000,
  verdict: [
    ['provisional', 28_000],
    ['paused', 2_000],
  ],
  directive: { do: 'go_on' },
  next_ms: 29_500,
};

function reply(status: number, body: unknown, retry_after_ms: number | null = null): Reply {
  return { status, body, retry_after_ms };
}

describe('the answer to a beat', () => {
  it('carries the verdict and what to do next', () => {
    expect(readBeat(reply(200, ACCEPTED))).toMatchObject({
      is: 'accepted',
      credited_ms: 28_000,
      verdict: [
        ['provisional', 28_000],
        ['paused', 2_000],
      ],
      directive: { do: 'go_on' },
    });
  });

  it.each([
    { do: 'go_to', position_ms: 1_000 },
    { do: 'renew' },
    { do: 'check' },
    { do: 'sign_out', reason: 'cap_reached', url: '/learn/sessions/1/' },
  ])('may direct: %o', (directive) => {
    expect(readBeat(reply(200, { ...ACCEPTED, directive }))).toMatchObject({ directive });
  });

  it('counts as lost when it is a page of somebody else or lacks a field', () => {
    const { nonce: _, ...without_nonce } = ACCEPTED;
    for (const body of [null, '<html>', {}, without_nonce, { ...ACCEPTED, credited_ms: -1 }])
      expect(readBeat(reply(200, body))).toEqual({ is: 'failed', wait_ms: null });
    expect(readBeat(reply(200, { ...ACCEPTED, verdict: [['paused']] })).is).toBe('failed');
  });

  it('may correct the number', () => {
    const body = { error: 'resync', n: 3, tag: 'a', nonce: 'b', position_ms: 4 };
    expect(readBeat(reply(409, body))).toEqual({ is: 'resync', n: 3, tag: 'a', nonce: 'b' });
  });

  it('may say that the session is over, with the page that says why', () => {
    const directive = { do: 'sign_out', reason: 'superseded', url: '/why/' };
    expect(readBeat(reply(410, { error: 'signed_out', directive }))).toEqual({
      is: 'signed_out',
      url: '/why/',
    });
    expect(readBeat(reply(410, null))).toEqual({ is: 'signed_out', url: '' });
  });

  it('may ask to wait: never less than 2 s', () => {
    expect(readBeat(reply(429, null))).toEqual({ is: 'too_often', wait_ms: 2_000 });
    expect(readBeat(reply(429, null, 5_000))).toEqual({ is: 'too_often', wait_ms: 5_000 });
  });

  it('is a fault when the server cannot read the page, and passing when it is in trouble', () => {
    expect([400, 401, 403, 404, 413].map((status) => readBeat(reply(status, {})).is)).toEqual(
      Array.from({ length: 5 }, () => 'fault'),
    );
    expect(readBeat(reply(503, {}, 7_000))).toEqual({ is: 'failed', wait_ms: 7_000 });
    expect(readBeat(reply(0, null))).toEqual({ is: 'failed', wait_ms: null });
  });
});

describe('the answer to an opening', () => {
  it('asks before it takes over, and refuses with its sentence', () => {
    expect(readOpening(reply(409, { error: 'already_learning', message: '…？' }))).toEqual({
      is: 'already_learning',
      message: '…？',
    });
    expect(readOpening(reply(403, { error: 'cap_reached', message: '已学满' }))).toEqual({
      is: 'refused',
      message: '已学满',
    });
  });

  it('is a fault when it is refused without a sentence: signed out, or no token', () => {
    expect(readOpening(reply(403, '<html>'))).toEqual({ is: 'fault' });
    expect(readOpening(reply(401, null))).toEqual({ is: 'fault' });
  });

  it('says whether a check is open already, and an older server says nothing', () => {
    const body = {
      ...{ session: 'a', key: 'b', n: 0, tag: 'c', nonce: 'd', position_ms: 0, reached_ms: 0, length_ms: 1 },
      ...{ credited_ms: 0, day_ms: 0, cap_ms: 1, next_ms: 1, stretches: [] },
    };
    expect(readOpening(reply(200, { ...body, check: true }))).toMatchObject({ check: true });
    expect(readOpening(reply(200, body))).toMatchObject({ check: false });
  });

  it('counts as lost when it lacks a field', () => {
    expect(readOpening(reply(200, { session: 'a' }))).toEqual({ is: 'failed', wait_ms: null });
  });
});
