/** What a pass settles: nothing from before it is claimed, sent or believed after it. */
import { describe, expect, it } from 'vitest';
import { Flag } from '../../core/beat';
import type { Passed } from '../../core/check_answers';
import { GO_ON } from './testing/server';
import { Stage } from './testing/stage';

const PASSED: Passed = {
  is: 'passed',
  was_right: null,
  right: null,
  reached_ms: 30_000,
  credited_ms: 30_000,
  day_ms: 30_000,
  stretches: [['confirmed', 30_000]],
};

/** A learner who has the question before the eyes, and a beat on its way that says how long. */
function withBeatOnItsWay(network: 'hanging' | 'down'): Stage {
  const stage = new Stage().start().meetCheck();
  stage.wait(15_000);
  stage.network = network;
  stage.happen({ type: 'visibility', hidden: true });
  stage.happen({ type: 'visibility', hidden: false });
  stage.wait(1_000);
  return stage;
}

/** The outcome is heard, whatever the network does. */
function pass(stage: Stage): void {
  stage.press(1);
  const serial = stage.state.check?.request?.serial ?? 0;
  stage.happen({ type: 'check_outcome', serial, answer: PASSED });
}

describe('a beat that was on its way at the pass', () => {
  it('lowers nothing and opens nothing when it is answered after all', () => {
    const stage = withBeatOnItsWay('hanging');
    const serial = stage.state.talk.flight?.serial ?? 0;
    pass(stage);
    const verdict = [['check_pending', 9_000]] as const;
    const answer = { ...GO_ON, verdict, directive: { do: 'check' } } as const;
    stage.happen({ type: 'beat_answer', serial, answer });
    expect(stage.view.check).toBeNull();
    expect(stage.view.figures).toMatchObject({ reached_ms: 30_000, credited_ms: 30_000 });
    expect(stage.view.stretches).toEqual(PASSED.stretches);
    expect(stage.state.idle.total_ms).toBe(stage.state.idle.acknowledged_ms);
  });

  it('still ends the session when it says so', () => {
    const stage = withBeatOnItsWay('hanging');
    const serial = stage.state.talk.flight?.serial ?? 0;
    pass(stage);
    const directive = { do: 'sign_out', reason: 'cap_reached', url: '/full/' } as const;
    stage.happen({ type: 'beat_answer', serial, answer: { ...GO_ON, directive } });
    expect(stage.effects).toContainEqual({ type: 'navigate', url: '/full/' });
  });

  it.each(['hanging', 'down'] as const)('is not sent again when it is lost (%s)', (network) => {
    const stage = withBeatOnItsWay(network);
    const { serial, body } = stage.state.talk.flight ?? { serial: 0, body: '' };
    pass(stage);
    stage.happen({ type: 'beat_answer', serial, answer: { is: 'failed', wait_ms: null } });
    const before = stage.sent.length;
    stage.network = 'up';
    stage.wait(6_000);
    const after = stage.sent.slice(before);
    expect(after.length).toBeGreaterThan(0);
    expect(after.some((sent) => sent.body === body)).toBe(false);
    expect(after[0]?.beat.idle).toBe(0);
    expect((after[0]?.beat.flags ?? 0) & Flag.PAUSED).toBe(0);
  });
});

describe('time after the pass', () => {
  it('may be watched for a minute without a word from the server, counted from the pass', () => {
    const stage = new Stage().start().meetCheck();
    stage.wait(28_000);
    stage.network = 'down';
    pass(stage);
    stage.wait(45_000);
    expect(stage.paused).toBe(false);
    stage.wait(16_000);
    expect(stage.view.status.key).toBe('silence');
  });
});
