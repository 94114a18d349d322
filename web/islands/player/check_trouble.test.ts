import { describe, expect, it } from 'vitest';
import { Flag } from '../../core/beat';
import { GO_ON } from './testing/server';
import { Stage } from './testing/stage';

/** A learner who has watched for half a minute and sees the question. */
function asked(): Stage {
  return new Stage().start().meetCheck();
}

describe('a press', () => {
  it('twice sends one answer', () => {
    const stage = asked();
    stage.press(1);
    stage.press(1);
    stage.press(0);
    expect(stage.view.check).toMatchObject({ stage: 'sending', choice: 1, line: 'check_sending' });
    stage.wait(5_000);
    expect(stage.answered.length).toBe(1);
  });

  it('whose answer is lost is said again, unchanged, until it is heard', () => {
    const stage = asked();
    stage.network = 'down';
    stage.press(1);
    stage.wait(3_500);
    expect(stage.view.check?.line).toBe('check_sending_again');
    stage.network = 'up';
    stage.wait(2_100);
    expect(new Set(stage.answered.map(({ body }) => body)).size).toBe(1);
    expect(stage.answered.length).toBe(4);
    expect(stage.server.checks.passed).toBe(1);
    expect(stage.paused).toBe(false);
  });

  it('is said again at once when the network is back', () => {
    const stage = asked();
    stage.network = 'down';
    stage.press(1);
    stage.wait(1_200);
    stage.network = 'up';
    stage.happen({ type: 'network', online: true });
    stage.wait(50);
    expect(stage.server.checks.passed).toBe(1);
  });

  it('that was heard though its answer was lost: asks what is open, and goes on', () => {
    const stage = asked();
    stage.network = 'deaf';
    stage.press(1);
    stage.wait(1_000);
    stage.network = 'up';
    stage.wait(9_500);
    expect(stage.server.checks.presses).toBe(1);
    expect(stage.view.check).toBeNull();
    expect(stage.view.notice).toBe('check_settled');
    expect(stage.paused).toBe(false);
  });

  it('for a check that is another by now: shows the one that is open', () => {
    const stage = asked();
    stage.outcomes.push({ is: 'no_such_check' });
    stage.press(1);
    stage.wait(100);
    expect(stage.shown).toBe(2);
    expect(stage.view.check?.stage).toBe('asking');
  });

  it('that ends the session goes to the page that says why', () => {
    const stage = asked();
    stage.outcomes.push({ is: 'ended', url: '/withdrawn/' });
    stage.press(1);
    stage.wait(100);
    expect(stage.effects).toContainEqual({ type: 'navigate', url: '/withdrawn/' });
  });

  it('that the server will not hear any more asks for a reload', () => {
    const stage = asked();
    stage.outcomes.push({ is: 'fault' });
    stage.press(1);
    stage.wait(100);
    expect(stage.view).toMatchObject({ action: 'reload', check: null, status: { key: 'fault' } });
  });
});

describe('the question', () => {
  it('that does not come is asked for again after 1, 2, 4, 4 s', () => {
    const stage = new Stage().start();
    const failed = { is: 'failed', wait_ms: null } as const;
    stage.show_answers.push(failed, failed, failed, failed);
    stage.meetCheck();
    expect(stage.view.check).toMatchObject({ stage: 'fetching', line: 'check_fetching_again' });
    stage.wait(12_000);
    const asked_ms = stage.effects.filter(({ type }) => type === 'show_check').length;
    expect(asked_ms).toBe(5);
    expect(stage.view.check?.stage).toBe('asking');
  });

  it('that is gone lets the picture go on', () => {
    const stage = new Stage().start();
    stage.wait(29_000);
    stage.server.ask_next = true;
    stage.happen({ type: 'visibility', hidden: true });
    stage.wait(1_000);
    stage.server.checks.withdraw();
    stage.happen({ type: 'visibility', hidden: false });
    stage.wait(100);
    expect(stage.view.notice).toBe('check_settled');
    expect(stage.paused).toBe(false);
  });

  it('that is answered elsewhere is noticed at the next beat', () => {
    const stage = asked();
    stage.server.checks.withdraw();
    stage.wait(40_000);
    expect(stage.view.check).toBeNull();
    expect(stage.paused).toBe(false);
  });

  it('promises no more time than is left when it comes after a long way', () => {
    const stage = new Stage().start();
    stage.wait(29_900);
    stage.server.ask_next = true;
    stage.wait(110);
    const { serial, sent_at_ms } = stage.state.check?.request ?? { serial: 0, sent_at_ms: 0 };
    expect(serial).toBeGreaterThan(0);
    const answer = stage.server.checks.show(sent_at_ms);
    stage.now_ms += 5_000;
    stage.happen({ type: 'check_shown', serial, answer });
    expect(stage.view.check?.seconds_left).toBe(55);
  });

  it('waits while the page is hidden, and is there on return', () => {
    const stage = new Stage().start();
    stage.wait(29_000);
    stage.server.ask_next = true;
    stage.happen({ type: 'visibility', hidden: true });
    stage.wait(20_000);
    expect(stage.view.check?.stage).toBe('fetching');
    expect(stage.shown).toBe(0);
    stage.happen({ type: 'visibility', hidden: false });
    stage.wait(100);
    expect(stage.view.check).toMatchObject({ stage: 'asking', seconds_left: 60 });
    stage.press(1);
    stage.wait(100);
    expect(stage.paused).toBe(false);
  });

  it('a late answer to an earlier request means nothing', () => {
    const stage = asked();
    stage.happen({ type: 'check_shown', serial: 1, answer: { is: 'none' } });
    stage.happen({ type: 'check_outcome', serial: 1, answer: { is: 'fault' } });
    expect(stage.view.check?.stage).toBe('asking');
  });
});

describe('the time to answer', () => {
  it('when it is over: the page decides nothing, asks by a beat, and goes where the server says', () => {
    const stage = asked();
    stage.wait(55_000);
    const before = stage.sent.length;
    stage.network = 'hanging';
    stage.wait(5_000);
    expect(stage.view.check).toMatchObject({ stage: 'over', line: 'check_over', seconds_left: 0 });
    expect(stage.sent.length).toBeGreaterThan(before);
    stage.press(1);
    expect(stage.answered).toEqual([]);
    stage.network = 'up';
    stage.wait(12_000);
    expect(stage.effects).toContainEqual({ type: 'navigate', url: '/missed/' });
    expect(stage.view.status.key).toBe('signing_out');
  });

  it('when it is over before the server thinks so: asks every few seconds', () => {
    const stage = asked();
    stage.wait(59_000);
    const told = { ...GO_ON, reached_ms: 30_000, directive: { do: 'check' } } as const;
    stage.beat_answers.push(told, told, told, told);
    const before = stage.sent.length;
    stage.wait(10_000);
    expect(stage.sent.length - before).toBe(4);
    expect(stage.view.check?.stage).toBe('over');
  });

  it('when it is over with an answer on its way: waits for that', () => {
    const stage = asked();
    stage.network = 'deaf';
    stage.wait(59_000);
    stage.press(1);
    stage.wait(3_000);
    expect(stage.view.check?.stage).toBe('sending');
    stage.network = 'up';
    stage.wait(12_000);
    expect(stage.server.checks.passed).toBe(1);
    expect(stage.view.check).toBeNull();
    expect(stage.paused).toBe(false);
  });
});

describe('a check that is open already', () => {
  it('comes before the picture, with the time that is left', () => {
    const stage = new Stage({ reached_ms: 50_000 });
    stage.server.checks.ask(0);
    stage.server.checks.show(0);
    stage.wait(20_000);
    stage.start().wait(100);
    expect(stage.paused).toBe(true);
    expect(stage.position_ms).toBe(50_000);
    expect(stage.view.check).toMatchObject({ stage: 'asking', seconds_left: 40 });
    stage.press(1);
    stage.wait(100);
    expect(stage.paused).toBe(false);
  });

  it('stays through a renewal', () => {
    const stage = asked();
    stage.wait(5_000);
    stage.beat_answers.push({ ...GO_ON, reached_ms: stage.server.reached_ms, directive: { do: 'renew' } });
    stage.wait(30_000);
    expect(stage.opened.length).toBe(2);
    expect(stage.view.check?.stage).toBe('asking');
    expect(stage.paused).toBe(true);
    stage.press(1);
    stage.wait(100);
    expect(stage.paused).toBe(false);
  });

  it('and is gone by the time of a renewal: goes on at once', () => {
    const stage = asked();
    stage.beat_answers.push({ ...GO_ON, reached_ms: 30_000, directive: { do: 'renew' } });
    stage.server.checks.withdraw();
    stage.wait(29_900);
    expect(stage.opened.length).toBe(2);
    expect(stage.view.check).toBeNull();
    expect(stage.beat_answers).toEqual([]);
    expect(stage.shown).toBe(2);
    expect(stage.sent.filter(({ beat }) => beat.session === stage.server.session).length).toBe(1);
  });

  it('does not fight with the question of another window: that comes first, without a check', () => {
    const stage = asked();
    stage.beat_answers.push({ ...GO_ON, directive: { do: 'renew' } });
    stage.opening_answers.push({ is: 'already_learning', message: '…？' });
    stage.wait(40_000);
    expect(stage.view).toMatchObject({ check: null, question: '…？' });
    stage.happen({ type: 'take_over', yes: true });
    stage.wait(100);
    expect(stage.view).toMatchObject({ question: null, check: { stage: 'asking' } });
  });

  it('does not keep the learner from leaving', () => {
    const stage = asked();
    stage.happen({ type: 'leave' });
    stage.wait(100);
    expect(stage.effects).toContainEqual({ type: 'navigate', url: '/signed-out/' });
    const other = asked();
    other.happen({ type: 'pagehide' });
    expect((other.beats[other.beats.length - 1]?.flags ?? 0) & Flag.LEAVE).toBe(Flag.LEAVE);
    other.happen({ type: 'pageshow' });
    other.wait(100);
    expect(other.view.check?.stage).toBe('asking');
  });
});
