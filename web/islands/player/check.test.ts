import { describe, expect, it } from 'vitest';
import { Flag } from '../../core/beat';
import { Stage } from './testing/stage';

/** A learner who has watched for half a minute and sees the question. */
function asked(): Stage {
  return new Stage().start().meetCheck();
}

describe('a check', () => {
  it('stops the picture, says so, and shows the question with its seconds', () => {
    const stage = asked();
    expect(stage.paused).toBe(true);
    expect(stage.view.status).toEqual({ counting: false, key: 'check_waiting', kind: null });
    expect(stage.view.check).toMatchObject({ stage: 'asking', line: 'check_hint', seconds_left: 60 });
    expect(stage.view.check?.prompt?.options).toEqual(['第一项', '第二项', '第三项']);
    stage.wait(18_000);
    expect(stage.view.check?.seconds_left).toBe(42);
  });

  it('is not gone around by the play button, the keys of a headset, a script or the seek bar', () => {
    const stage = asked();
    const before_ms = stage.position_ms;
    stage.happen({ type: 'toggle' });
    stage.paused = false;
    stage.happen({ type: 'timer' });
    expect(stage.paused).toBe(true);
    stage.happen({ type: 'seek_to', position_ms: 1_000 });
    stage.happen({ type: 'play_blocked' });
    expect(stage.position_ms).toBe(before_ms);
    expect(stage.view.status.key).toBe('check_waiting');
  });

  it('is only told to the learner: beats go on, paused, and the session lives', () => {
    const stage = asked();
    const before = stage.sent.length;
    stage.wait(50_000);
    expect(stage.sent.length).toBeGreaterThan(before);
    expect((stage.beats[before]?.flags ?? 0) & Flag.PAUSED).toBe(Flag.PAUSED);
  });

  it('keeps the screen awake, so that it can be seen', () => {
    const stage = asked();
    expect(stage.effects.filter(({ type }) => type === 'wake_lock')).toEqual([
      { type: 'wake_lock', on: true },
    ]);
  });
});

describe('a check that is passed', () => {
  it('says how long the press took, confirms what was credited, and the picture goes on', () => {
    const stage = asked();
    stage.wait(5_000);
    const { credited_ms } = stage.server;
    stage.press(1);
    expect(JSON.parse(stage.answered[0]?.body ?? '')).toMatchObject({ choice: 1, reaction_ms: 1_235 });
    stage.wait(30);
    expect(stage.view.check).toBeNull();
    expect(stage.paused).toBe(false);
    expect(stage.view.notice).toBe('check_passed');
    expect(stage.view.status.key).toBe('counting');
    expect(stage.view.stretches).toEqual([['confirmed', credited_ms]]);
  });

  it('claims nothing of the time before, and loses nothing of the time after', () => {
    const stage = asked();
    stage.wait(20_000);
    stage.press(1);
    stage.wait(10);
    const before = stage.sent.length;
    stage.wait(61_000);
    const [first] = stage.beats.slice(before);
    expect(first?.idle).toBe(0);
    expect(first?.flags).toBe(Flag.EVENT);
    const [last] = stage.server.accepted.slice(-1);
    expect((last?.position ?? 0) - stage.server.reached_ms).toBeLessThan(100);
    expect(stage.server.reached_ms).toBeGreaterThan(90_000);
  });

  it('puts the picture back to what was credited, if it had gone further before the check was seen', () => {
    const stage = new Stage().start();
    stage.wait(30_200);
    const reached_ms = stage.server.reached_ms;
    stage.server.checks.ask(stage.now_ms);
    stage.wait(30_500);
    expect(stage.position_ms - reached_ms).toBeGreaterThan(25_000);
    stage.press(1);
    stage.wait(20);
    expect(Math.abs(stage.position_ms - reached_ms)).toBeLessThan(50);
    stage.happen({ type: 'seek_to', position_ms: reached_ms + 20_000 });
    expect(stage.position_ms).toBeLessThan(reached_ms + 1_000);
    stage.wait(60_000);
    expect(stage.server.accepted[stage.server.accepted.length - 1]?.position).toBe(stage.server.reached_ms);
  });

  it('while a beat is on its way: that beat lowers nothing, opens nothing, and is not sent again', () => {
    const stage = asked();
    stage.wait(15_000);
    stage.press(1);
    stage.network = 'hanging';
    stage.happen({ type: 'visibility', hidden: true });
    stage.happen({ type: 'visibility', hidden: false });
    const old = stage.sent[stage.sent.length - 1];
    expect(stage.in_flight).toBe(1);
    stage.network = 'up';
    stage.wait(20_000);
    expect(stage.view.check).toBeNull();
    expect(stage.sent.filter(({ body }) => body === old?.body).length).toBe(1);
    const [fresh] = stage.beats.slice(-1);
    expect(fresh?.idle).toBe(0);
    stage.wait(40_000);
    expect(stage.position_ms - stage.server.reached_ms).toBeLessThan(31_000);
    expect(stage.view.figures.reached_ms).toBe(stage.server.reached_ms);
  });

  it('with the film at its end: says the end again, so that the lesson can be finished', () => {
    const stage = new Stage({ length_ms: 40_000 }).start();
    stage.wait(30_100);
    stage.server.ask_next = true;
    stage.wait(10_500);
    expect(stage.view.check?.stage).toBe('asking');
    stage.press(1);
    stage.wait(100);
    const last = stage.beats[stage.beats.length - 1];
    expect((last?.flags ?? 0) & (Flag.ENDED | Flag.EVENT)).toBe(Flag.ENDED | Flag.EVENT);
    expect(stage.paused).toBe(true);
    expect(stage.view.status.key).toBe('ended');
  });

  it('by a wrong answer to a course question: says which was right', () => {
    const stage = asked();
    const figures = { reached_ms: 30_000, credited_ms: 30_000, day_ms: 30_000, stretches: [] };
    stage.outcomes.push({ is: 'passed', was_right: false, right: '先断电', ...figures });
    stage.press(0);
    stage.wait(100);
    expect(stage.view).toMatchObject({ notice: 'check_was_wrong', notice_values: { right: '先断电' } });
    stage.wait(8_000);
    expect(stage.view.notice).toBe('check_was_wrong');
  });

  it('while the page is hidden: waits for the learner to press play', () => {
    const stage = asked();
    stage.press(1);
    stage.happen({ type: 'visibility', hidden: true });
    stage.wait(100);
    expect(stage.paused).toBe(true);
    stage.happen({ type: 'visibility', hidden: false });
    expect(stage.view.status.key).toBe('was_hidden');
    expect(stage.view.action).toBe('play');
  });
});

describe('a wrong press', () => {
  it('asks again, with a new question and the same end of time', () => {
    const stage = asked();
    stage.wait(9_000);
    const nonce = stage.view.check?.prompt?.nonce;
    stage.press(0);
    stage.wait(100);
    expect(stage.view.check).toMatchObject({ stage: 'asking', line: 'check_again', is_again: true });
    expect(stage.view.check?.prompt).toMatchObject({ attempts_left: 1 });
    expect(stage.view.check?.prompt?.nonce).not.toBe(nonce);
    expect(stage.view.check?.seconds_left).toBe(51);
    stage.press(1);
    stage.wait(100);
    expect(stage.view.check).toBeNull();
  });

  it('too often: goes to the page that says why', () => {
    const stage = asked();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      stage.press(2);
      stage.wait(100);
    }
    expect(stage.effects).toContainEqual({ type: 'navigate', url: '/missed/' });
    expect(stage.view.check).toBeNull();
  });

  it('of what is not offered means nothing', () => {
    const stage = asked();
    for (const choice of [-1, 3, 0.5, Number.NaN]) stage.press(choice);
    expect(stage.answered).toEqual([]);
  });
});
