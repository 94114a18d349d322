// @vitest-environment happy-dom
import type { LoaderConfiguration, LoaderContext } from 'hls.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keyLoader } from './key_loader';
import { KeyRing } from './key_ring';

const KEY = '000102030405060708090a0b0c0d0e0f';
const context = { url: 'https://x/media/t/keys/2' } as LoaderContext;

function loading() {
  const ring = new KeyRing();
  const locks: boolean[] = [];
  const Loader = keyLoader({ ring, locked: (is_locked) => locks.push(is_locked) });
  const loader = new Loader({} as never);
  const heard = { ok: 0, failed: [] as number[] };
  const callbacks = {
    onSuccess: () => {
      heard.ok += 1;
    },
    onError: ({ code }: { code: number }) => heard.failed.push(code),
    onTimeout: () => undefined,
  };
  loader.load(context, {} as LoaderConfiguration, callbacks as never);
  return { ring, locks, loader, heard };
}

function answers(...statuses: number[]) {
  const asked = vi.fn(() => {
    const status = (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? 500;
    if (status === 0) return Promise.reject(new TypeError('no network'));
    return Promise.resolve(new Response(status === 200 ? new Uint8Array(16) : '{}', { status }));
  });
  vi.stubGlobal('fetch', asked);
  return asked;
}

const settle = () => vi.advanceTimersByTimeAsync(10);

describe('the loader of keys', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('takes what a beat has brought, without asking', async () => {
    const asked = answers(500);
    const ring = new KeyRing();
    ring.learn([[2, KEY]]);
    const Loader = keyLoader({ ring, locked: () => undefined });
    const onSuccess = vi.fn();
    new Loader({} as never).load(context, {} as LoaderConfiguration, { onSuccess } as never);
    await settle();
    expect(onSuccess).toHaveBeenCalledOnce();
    expect(asked).not.toHaveBeenCalled();
  });

  it('asks the server for a key that no beat has brought', async () => {
    answers(200);
    const { heard, locks } = loading();
    await settle();
    expect(heard.ok).toBe(1);
    expect(locks).toEqual([false]);
  });

  it('waits for a key that is not released, and goes on with the beat that releases it', async () => {
    const asked = answers(403);
    const { heard, locks, ring } = loading();
    await settle();
    expect(heard).toEqual({ ok: 0, failed: [] });
    ring.learn([[2, KEY]]);
    await settle();
    expect(heard).toEqual({ ok: 1, failed: [] });
    expect(locks).toEqual([true, false]);
    expect(asked).toHaveBeenCalledOnce();
  });

  it('asks again now and then, where beats go unheard', async () => {
    answers(403, 403, 200);
    const { heard } = loading();
    await vi.advanceTimersByTimeAsync(4_900);
    expect(heard.ok).toBe(0);
    await vi.advanceTimersByTimeAsync(5_200);
    expect(heard.ok).toBe(1);
  });

  it('stops waiting when the stream does not want the key any more', async () => {
    const asked = answers(403);
    const { heard, loader, ring } = loading();
    await settle();
    loader.abort();
    ring.learn([[2, KEY]]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(heard).toEqual({ ok: 0, failed: [] });
    expect(asked).toHaveBeenCalledOnce();
  });

  it.each([0, 401, 404, 500])('hands other answers to the stream: %i', async (status) => {
    answers(status);
    const { heard } = loading();
    await settle();
    expect(heard).toEqual({ ok: 0, failed: [status] });
  });
});
