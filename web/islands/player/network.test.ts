import { describe, expect, it } from 'vitest';
import { Flag } from '../../core/beat';
import { Stage } from './testing/stage';

describe('a lost answer', () => {
  it('that was missed late is asked for by a fresh beat, which finds its place, and all is credited once', () => {
    const stage = new Stage().start();
    stage.wait(29_000);
    stage.network = 'deaf';
    stage.wait(2_000);
    stage.network = 'up';
    stage.wait(15_000);
    expect(stage.sent[1]?.body).not.toBe(stage.sent[0]?.body);
    expect(stage.server.accepted.map(({ n }) => n)).toEqual([1, 2]);
    stage.wait(40_000);
    const [last] = stage.server.accepted.slice(-1);
    expect(stage.server.credited_ms).toBe(last?.position);
  });

  it('does not count a pause twice or lose it, though the beat after it was paused too', () => {
    const stage = new Stage().start();
    stage.wait(10_000);
    stage.network = 'deaf';
    stage.happen({ type: 'toggle' });
    stage.wait(9_000);
    stage.network = 'up';
    stage.wait(45_000);
    stage.happen({ type: 'leave' });
    stage.wait(100);
    const claimed = stage.server.accepted.map(({ idle }) => idle);
    expect(claimed.reduce((sum, idle) => sum + idle)).toBe(54_000);
  });
});

describe('a late answer', () => {
  it('to a beat that is no longer waited for means nothing', () => {
    const stage = new Stage().start();
    stage.wait(30_000);
    const serial = stage.state.talk.flight?.serial ?? 0;
    stage.happen({ type: 'beat_answer', serial: serial - 1, answer: { is: 'fault' } });
    expect(stage.view.status.key).toBe('counting');
  });

  it('to an opening that is no longer waited for means nothing', () => {
    const stage = new Stage();
    stage.happen({ type: 'toggle' });
    stage.happen({ type: 'opening_answer', serial: 0, answer: { is: 'fault' } });
    expect(stage.view.status.key).toBe('opening');
  });
});

describe('a lost network', () => {
  it('says so, keeps playing for a minute, then stops and says why', () => {
    const stage = new Stage().start();
    stage.wait(30_200);
    stage.network = 'down';
    stage.wait(31_000);
    expect(stage.paused).toBe(false);
    expect(stage.view.status).toMatchObject({ counting: false, key: 'network_lost' });
    stage.wait(30_000);
    expect(stage.paused).toBe(true);
    expect(stage.view.status.key).toBe('silence');
    stage.happen({ type: 'toggle' });
    expect(stage.paused).toBe(true);
  });

  it('for 90 s: one fresh beat after it, the watched minute is credited, and the picture goes on', () => {
    const stage = new Stage().start();
    stage.wait(30_200);
    const before_ms = stage.server.credited_ms;
    stage.network = 'down';
    stage.wait(90_000);
    const tried = stage.sent.length;
    stage.network = 'up';
    stage.happen({ type: 'network', online: true });
    stage.wait(100);
    expect(stage.sent.length).toBe(tried + 1);
    expect(stage.beats[tried]?.n).toBe(2);
    expect(stage.sent[tried]?.body).not.toBe(stage.sent[tried - 1]?.body);
    expect(stage.server.credited_ms - before_ms).toBeGreaterThan(59_000);
    expect(stage.paused).toBe(false);
    expect(stage.view.notice).toBe('connected_again');
    expect(stage.view.status.key).toBe('counting');
  });

  it('under a minute costs nothing', () => {
    const stage = new Stage().start();
    stage.wait(28_000);
    stage.network = 'down';
    stage.wait(25_000);
    stage.network = 'up';
    stage.wait(67_000);
    expect(stage.server.credited_ms).toBe(stage.server.accepted[stage.server.accepted.length - 1]?.position);
    expect(stage.position_ms - stage.server.credited_ms).toBeLessThan(31_000);
  });

  it('retries at growing distances and never queues', () => {
    const stage = new Stage().start();
    stage.network = 'down';
    stage.wait(120_000);
    const numbers = new Set(stage.beats.map(({ n }) => n));
    expect([...numbers]).toEqual([1]);
    expect(stage.sent.length).toBeLessThan(11);
    expect(stage.sent[1]?.body).toBe(stage.sent[0]?.body);
    expect(stage.sent[2]?.body).not.toBe(stage.sent[0]?.body);
  });

  it('during the opening: asks again and starts when it is back', () => {
    const stage = new Stage();
    stage.network = 'down';
    stage.start();
    stage.wait(10_000);
    expect(stage.view.status.key).toBe('opening_failed');
    stage.network = 'up';
    stage.happen({ type: 'network', online: true });
    stage.wait(200);
    expect(stage.view.status.key).toBe('counting');
  });
});

describe('a disagreement about the number', () => {
  it('is settled by taking the server’s word and going on with the next number', () => {
    const stage = new Stage().start();
    stage.wait(29_000);
    stage.network = 'deaf';
    stage.wait(30_000);
    stage.network = 'up';
    stage.wait(60_000);
    const { accepted } = stage.server;
    expect(accepted.map(({ n }) => n)).toEqual(accepted.map((_, index) => index + 1));
    expect(stage.view.status.key).toBe('counting');
    expect(stage.server.credited_ms).toBe(accepted[accepted.length - 1]?.position);
  });

  it('stops when it never ends', () => {
    const stage = new Stage().start();
    for (let i = 0; i < 10; i += 1)
      stage.beat_answers.push({ is: 'resync', n: 8, tag: 'f'.repeat(32), nonce: 'e'.repeat(16) });
    stage.wait(60_000);
    expect(stage.view.status.key).toBe('fault');
    expect(stage.paused).toBe(true);
    expect(stage.sent.length).toBe(6);
  });
});

describe('a refusal to listen', () => {
  it('“too often”: keeps what was measured and says it with the same number', () => {
    const stage = new Stage().start();
    stage.wait(10_000);
    stage.happen({ type: 'toggle' });
    stage.wait(19_000);
    stage.beat_answers.push({ is: 'too_often', wait_ms: 3_000 });
    stage.happen({ type: 'visibility', hidden: true });
    stage.wait(2_900);
    expect(stage.sent.length).toBe(2);
    stage.wait(200);
    const [, refused, again] = stage.beats;
    expect(again?.n).toBe(refused?.n);
    expect(again?.idle).toBe((refused?.idle ?? 0) + 3_020);
    expect((again?.flags ?? 0) & (Flag.HIDDEN | Flag.PAUSED)).toBe(Flag.HIDDEN | Flag.PAUSED);
  });

  it('a busy server is given the time it asks for', () => {
    const stage = new Stage().start();
    stage.beat_answers.push({ is: 'failed', wait_ms: 9_000 });
    stage.wait(30_500);
    expect(stage.view.status.key).toBe('network_lost');
    stage.wait(8_000);
    expect(stage.sent.length).toBe(1);
    stage.wait(1_000);
    expect(stage.beats[1]?.n).toBe(stage.beats[0]?.n);
    expect(stage.server.credited_ms).toBe(stage.beats[1]?.position);
    expect(stage.view.status.key).toBe('counting');
  });

  it('a fault stops for good and offers a reload', () => {
    const stage = new Stage().start();
    stage.beat_answers.push({ is: 'fault' });
    stage.wait(90_000);
    expect(stage.sent.length).toBe(1);
    expect(stage.paused).toBe(true);
    expect(stage.view).toMatchObject({ action: 'reload', status: { key: 'fault' } });
    stage.happen({ type: 'toggle' });
    expect(stage.effects[stage.effects.length - 1]).toEqual({ type: 'reload' });
  });
});
