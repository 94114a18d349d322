import { describe, expect, it } from 'vitest';
import { Flag } from '../../core/beat';
import { GO_ON } from './testing/server';
import { Stage } from './testing/stage';

describe('an honest learner', () => {
  it('earns a minute by watching a minute', () => {
    const stage = new Stage().start();
    stage.wait(60_100);
    expect(stage.beats.map(({ n }) => n)).toEqual([1, 2]);
    expect(stage.server.credited_ms).toBe(stage.beats[1]?.position);
    expect(stage.server.credited_ms).toBeGreaterThan(59_900);
    expect(stage.beats.every(({ idle }) => idle === 0)).toBe(true);
    expect(stage.view.status).toMatchObject({ counting: true, key: 'counting' });
    expect(stage.view.figures.credited_ms).toBe(stage.server.credited_ms);
  });

  it('is counted by the server only: the page shows no figure of its own', () => {
    const stage = new Stage().start();
    stage.wait(29_000);
    expect(stage.view.figures.credited_ms).toBe(0);
    expect(stage.view.stretches).toEqual([]);
  });

  it('starts where the server says, only after a tap and an answer', () => {
    const stage = new Stage({ reached_ms: 83_000 });
    stage.server.reached_ms = 90_000;
    expect(stage.effects).toEqual([]);
    stage.happen({ type: 'toggle' });
    expect(stage.effects.map(({ type }) => type)).toEqual(['prime', 'open']);
    stage.wait(100);
    expect(stage.effects).toContainEqual({ type: 'seek', position_ms: 90_000 });
    expect(stage.paused).toBe(false);
  });

  it('starts a finished lesson from its beginning', () => {
    const stage = new Stage({ reached_ms: 360_000 }).start();
    expect(stage.position_ms).toBeLessThan(1_000);
    expect(stage.view.status.key).toBe('repeating');
  });

  it('keeps the screen awake only while the picture moves', () => {
    const stage = new Stage().start();
    stage.wait(1_000);
    stage.happen({ type: 'toggle' });
    const locks = stage.effects.filter(({ type }) => type === 'wake_lock');
    expect(locks).toEqual([
      { type: 'wake_lock', on: true },
      { type: 'wake_lock', on: false },
    ]);
  });

  it('reaches the end: one event beat says so', () => {
    const stage = new Stage({ length_ms: 40_000 }).start();
    stage.wait(41_000);
    const last = stage.beats[stage.beats.length - 1];
    expect(last?.position).toBe(40_000);
    expect((last?.flags ?? 0) & (Flag.ENDED | Flag.EVENT)).toBe(Flag.ENDED | Flag.EVENT);
    expect(stage.server.credited_ms).toBe(40_000);
    expect(stage.view.status.key).toBe('ended');
  });
});

describe('pausing', () => {
  it('is reported at once, and its time claimed once', () => {
    const stage = new Stage().start();
    stage.wait(10_000);
    stage.happen({ type: 'toggle' });
    expect(stage.beats[0]?.flags).toBe(Flag.EVENT);
    stage.wait(8_000);
    stage.happen({ type: 'toggle' });
    stage.wait(500);
    const resumed = stage.beats[1];
    expect(resumed?.flags).toBe(Flag.EVENT | Flag.PAUSED);
    expect(resumed?.idle).toBe(8_000);
    stage.wait(30_100);
    expect(stage.beats[2]?.idle).toBe(0);
    expect(stage.server.credited_ms).toBe(stage.beats[2]?.position);
  });

  it('during the way of a beat is told by the next one', () => {
    const stage = new Stage().start();
    stage.wait(10_000);
    stage.happen({ type: 'toggle' });
    stage.wait(10);
    stage.happen({ type: 'toggle' });
    stage.wait(31_000);
    const [, next] = stage.beats;
    expect(next).toMatchObject({ idle: 10, flags: Flag.PAUSED });
  });

  it('goes on beating, so that the server knows that nobody left', () => {
    const stage = new Stage().start();
    stage.happen({ type: 'toggle' });
    stage.wait(95_000);
    expect(stage.beats.length).toBe(4);
    expect(stage.beats[3]?.idle).toBeGreaterThan(29_000);
    expect(stage.view.status.key).toBe('paused');
  });
});

describe('sharing the right to earn', () => {
  it('asks before it takes over, and takes over on yes', () => {
    const stage = new Stage();
    stage.opening_answers.push({ is: 'already_learning', message: '电脑 · Chrome 正在计时' });
    stage.start();
    expect(stage.view.question).toBe('电脑 · Chrome 正在计时');
    expect(stage.paused).toBe(true);
    stage.happen({ type: 'take_over', yes: true });
    expect(stage.opened.map(({ take_over }) => take_over)).toEqual([false, true]);
    stage.wait(1_000);
    expect(stage.view.status.counting).toBe(true);
  });

  it('waits for another tap on no', () => {
    const stage = new Stage();
    stage.opening_answers.push({ is: 'already_learning', message: '…' });
    stage.start();
    stage.happen({ type: 'take_over', yes: false });
    expect(stage.view).toMatchObject({ action: 'start', question: null });
    expect(stage.opened.length).toBe(1);
  });

  it('stops and goes to the page that says why when superseded', () => {
    const stage = new Stage().start();
    stage.server.session = 'another window';
    stage.wait(30_200);
    expect(stage.paused).toBe(true);
    expect(stage.effects).toContainEqual({ type: 'navigate', url: '/superseded/' });
    stage.happen({ type: 'pagehide' });
    stage.wait(60_000);
    expect(stage.sent.length).toBe(1);
  });

  it('may watch without earning when the server refuses, and says so', () => {
    const stage = new Stage();
    stage.opening_answers.push({ is: 'refused', message: '今天已学满 8 学时' });
    stage.start();
    expect(stage.view).toMatchObject({ action: 'watch', banner: '今天已学满 8 学时' });
    stage.happen({ type: 'toggle' });
    stage.wait(70_000);
    expect(stage.paused).toBe(false);
    expect(stage.view.status).toMatchObject({ counting: false, key: 'uncounted' });
    expect(stage.sent).toEqual([]);
  });

  it('renews silently: the picture goes on', () => {
    const stage = new Stage().start();
    stage.beat_answers.push({ ...GO_ON, directive: { do: 'renew' } });
    stage.wait(35_000);
    expect(stage.opened.length).toBe(2);
    expect(stage.effects.filter(({ type }) => type === 'pause')).toEqual([]);
    expect(stage.effects.filter(({ type }) => type === 'seek').length).toBe(1);
    stage.wait(30_000);
    expect(stage.beats[1]).toMatchObject({ n: 1, idle: 0 });
  });

  it('begins a renewed session with nothing to claim from the one before', () => {
    const stage = new Stage().start();
    stage.happen({ type: 'toggle' });
    stage.beat_answers.push({ ...GO_ON, directive: { do: 'renew' } });
    stage.wait(31_000);
    expect(stage.opened.length).toBe(2);
    stage.wait(31_000);
    expect(stage.beats[2]).toMatchObject({ n: 1, idle: 30_000 });
  });

  it('goes to the page of the reason when the day is full', () => {
    const stage = new Stage().start();
    const directive = { do: 'sign_out', reason: 'cap_reached', url: '/learn/sessions/7/' } as const;
    stage.beat_answers.push({ ...GO_ON, directive });
    stage.wait(30_200);
    expect(stage.effects).toContainEqual({ type: 'navigate', url: '/learn/sessions/7/' });
  });
});

describe('leaving', () => {
  it('by the button: judges, signs out, and goes where the server says', () => {
    const stage = new Stage().start();
    stage.wait(10_000);
    stage.happen({ type: 'leave' });
    expect(stage.beats[0]?.flags).toBe(Flag.LEAVE | Flag.EVENT);
    stage.wait(100);
    expect(stage.effects).toContainEqual({ type: 'navigate', url: '/signed-out/' });
    expect(stage.server.credited_ms).toBe(stage.beats[0]?.position);
  });

  it('while a beat is on its way: waits for its answer first', () => {
    const stage = new Stage().start();
    stage.wait(10_000);
    stage.happen({ type: 'toggle' });
    stage.happen({ type: 'leave' });
    expect(stage.in_flight).toBe(1);
    stage.wait(100);
    expect(stage.beats.map(({ n }) => n)).toEqual([1, 2]);
    expect(stage.effects).toContainEqual({ type: 'navigate', url: '/signed-out/' });
  });

  it('goes in any case when no answer comes', () => {
    const stage = new Stage().start();
    stage.network = 'hanging';
    stage.happen({ type: 'leave' });
    stage.wait(4_100);
    expect(stage.effects).toContainEqual({ type: 'navigate', url: '/leave/' });
  });

  it('by closing the page: one last signed beat, without waiting', () => {
    const stage = new Stage().start();
    stage.wait(10_000);
    stage.happen({ type: 'pagehide' });
    expect(stage.sent.map(({ last }) => last)).toEqual([true]);
    expect((stage.beats[0]?.flags ?? 0) & Flag.LEAVE).toBe(Flag.LEAVE);
    expect(stage.server.credited_ms).toBeGreaterThan(9_900);
    stage.happen({ type: 'visibility', hidden: true });
    expect(stage.sent.length).toBe(1);
  });

  it('after signing out, coming back waits for a tap', () => {
    const stage = new Stage().start();
    stage.happen({ type: 'leave' });
    stage.wait(100);
    stage.happen({ type: 'pagehide' });
    stage.happen({ type: 'pageshow' });
    expect(stage.view.action).toBe('start');
    expect(stage.opened.length).toBe(1);
  });

  it('opens again when the page comes back out of the memory, and waits for a tap', () => {
    const stage = new Stage().start();
    stage.wait(10_000);
    stage.happen({ type: 'pagehide' });
    stage.wait(20_000);
    stage.happen({ type: 'pageshow' });
    stage.wait(100);
    expect(stage.opened.length).toBe(2);
    expect(stage.paused).toBe(true);
    expect(stage.view).toMatchObject({ action: 'play' });
    stage.happen({ type: 'toggle' });
    stage.wait(30_500);
    expect(stage.server.credited_ms).toBeGreaterThan(39_000);
  });
});
