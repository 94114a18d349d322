/** Random walks: whatever happens in whatever order, these must hold. */
import { describe, expect, it } from 'vitest';
import type { FaceResult, Said } from '../../core/face_check';
import type { Event } from './events';
import { ACT, BEGUN, FLASH, PLACE, Stage } from './testing/stage';

/** A small generator of pseudo-random numbers (mulberry32), so that a failing walk can be walked again. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const REPLY = { status: 200, body: {}, retry_after_ms: null };
const RESULTS: readonly FaceResult[] = [
  { is: 'passed', reply: REPLY },
  { is: 'again', attempts_left: 1, step_up: true },
  { is: 'ended', outcome: 'review', url: '/why/', reply: REPLY },
  { is: 'ended', outcome: 'withdrawn', url: '/why/', reply: REPLY },
  { is: 'failed', wait_ms: null },
  { is: 'fault' },
];
const SAID: readonly Said[] = [
  { do: 'queue', place: 2 },
  PLACE,
  { do: 'place', slot: 2, hint: 'dark', done: 0, of: 3 },
  FLASH,
  { do: 'flash', slot: 6, colour: '#ffc8c8', number: 3, of: 8 },
  ACT,
  { do: 'rest', slot: 13 },
  { do: 'judging' },
  { do: 'done', outcome: 'passed', codes: [], attempts_left: 2 },
  { do: 'done', outcome: 'again', codes: ['not_live'], attempts_left: 1 },
  { do: 'done', outcome: 'blocked', codes: [], attempts_left: 0 },
];
const CODES = [1000, 1006, 4400, 4408, 4503] as const;
const PRESSES: readonly Event[] = [
  { type: 'start' },
  { type: 'stop' },
  { type: 'excuse' },
  { type: 'go_on' },
  { type: 'switch_camera' },
  { type: 'prefer', actions: true },
  { type: 'prefer', actions: false },
  { type: 'visibility', hidden: true },
  { type: 'visibility', hidden: false },
  { type: 'opened', check: 'other' },
  { type: 'closed' },
];

/** Lets one thing happen, such as it is; answers may also be to what was asked long ago. */
function happen(stage: Stage, draw: (below: number) => number): void {
  const pick = <T>(from: readonly T[]): T => from[draw(from.length)] as T;
  const serial = Math.max(0, stage.state.serial - (draw(6) === 0 ? draw(3) : 0));
  const doings = [
    () => stage.happen(pick(PRESSES)),
    () => stage.happen({ type: 'start' }),
    () => stage.cameraReady(),
    () => stage.cameraFailed('denied'),
    () => stage.happen({ type: 'camera_lost', serial }),
    () => stage.begin(),
    () => stage.happen({ type: 'begin_answer', serial, answer: BEGUN }),
    () => stage.begin({ is: 'failed', wait_ms: null }),
    () => stage.say(pick(SAID)),
    () => stage.say(pick(SAID)),
    () => stage.say(pick(SAID)),
    () => stage.paint(pick([4, 6])),
    () => stage.close(pick(CODES)),
    () => stage.settle(pick(RESULTS)),
    () => stage.excused(pick(RESULTS)),
    () => stage.wait(draw(8_000)),
  ];
  pick(doings)();
}

function walk(seed: number, watch: (stage: Stage, before: Stage['state']) => void): void {
  const draw = chance(seed);
  const check = draw(2) === 0 ? 'check' : null;
  const stage = new Stage({ check, purpose: check === null ? 'enrol' : 'check' });
  for (let turn = 0; turn < 80; turn += 1) {
    const before = stage.state;
    happen(stage, draw);
    watch(stage, before);
  }
}

const SEEDS = Array.from({ length: 200 }, (_, seed) => seed);

describe('whatever happens', () => {
  it('something is shown, and only one thing', () => {
    for (const seed of SEEDS)
      walk(seed, ({ view }) =>
        expect((view.live === null) !== (view.calm === null), `seed ${seed}`).toBe(true),
      );
  });

  it('frames go out only in front of a camera that runs, and never name an earlier slot', () => {
    for (const seed of SEEDS)
      walk(seed, (stage, before) => {
        const { attempt, camera } = stage.state;
        if (stage.slot !== null)
          expect([camera === null, attempt === null], `seed ${seed}`).toEqual([false, false]);
        if (attempt !== null && attempt.serial === before.attempt?.serial)
          expect(attempt.slot ?? 0, `seed ${seed}`).toBeGreaterThanOrEqual(before.attempt.slot ?? 0);
      });
  });

  it('the camera is on only where it is used, or wanted again at once', () => {
    for (const seed of SEEDS)
      walk(seed, ({ state, view }) => {
        if (state.camera === null || view.live !== null) return;
        expect(['again', 'step_up'], `seed ${seed}: ${state.phase}`).toContain(state.result?.outcome);
      });
  });

  it('what is said to have been painted is what was shown last', () => {
    for (const seed of SEEDS)
      walk(seed, (stage) => {
        const said = stage.all('say').map(({ body }) => JSON.parse(body).painted as number);
        const shown = stage.all('paint').map(({ slot }) => slot);
        expect(
          said.every((slot) => shown.includes(slot)),
          `seed ${seed}`,
        ).toBe(true);
      });
  });

  it('a check that has passed ends, without a press', () => {
    for (const seed of SEEDS.slice(0, 100))
      walk(seed, (stage) => {
        const { phase, result, setup } = stage.state;
        if (phase !== 'result' || result?.outcome !== 'passed' || setup.purpose !== 'check') return;
        stage.wait(2_000);
        expect(stage.state.phase, `seed ${seed}`).toBe('over');
      });
  });
});
