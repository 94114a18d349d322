/** Random walks: whatever happens in whatever order, these must hold. */
import { describe, expect, it } from 'vitest';
import type { Event } from './events';
import { type Network, Stage } from './testing/stage';

/** A small generator of pseudo-random numbers (mulberry32), so that a failing walk can be walked again. */
function dice(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const NETWORKS: readonly Network[] = ['up', 'up', 'up', 'down', 'deaf', 'hanging'];

function anEvent(roll: () => number): Event | null {
  const events: readonly (Event | null)[] = [
    { type: 'toggle' },
    { type: 'toggle' },
    { type: 'seek_to', position_ms: Math.floor(roll() * 400_000) },
    { type: 'visibility', hidden: roll() < 0.4 },
    { type: 'visibility', hidden: false },
    { type: 'network', online: roll() < 0.7 },
    { type: 'pageshow' },
    roll() < 0.1 ? { type: 'pagehide' } : null,
    { type: 'take_over', yes: true },
    { type: 'play_blocked' },
    { type: 'timer' },
    { type: 'touched' },
    null,
  ];
  return events[Math.floor(roll() * events.length)] ?? null;
}

function aNudge(stage: Stage, roll: () => number): void {
  const kind = roll();
  if (kind < 0.05) stage.drag(Math.floor(roll() * 360_000));
  else if (kind < 0.1) stage.setRate(roll() * 4);
  else if (kind < 0.2) stage.network = NETWORKS[Math.floor(roll() * NETWORKS.length)] ?? 'up';
  else if (kind < 0.23) stage.beat_answers.push({ is: 'too_often', wait_ms: 2_000 });
  else if (kind < 0.25) stage.opening_answers.push({ is: 'already_learning', message: '…' });
  else if (kind < 0.3) stage.server.ask_next = true;
  else if (kind < 0.4) stage.press(Math.floor(roll() * 3));
  else if (kind < 0.42) aSurprise(stage, roll);
  else {
    const event = anEvent(roll);
    if (event !== null) stage.happen(event);
  }
}

/** A check that nobody told the page about, or that is gone without its knowing. */
function aSurprise(stage: Stage, roll: () => number): void {
  const { checks } = stage.server;
  if (checks.open !== null) checks.withdraw();
  else checks.ask(stage.now_ms, roll() < 0.5 ? 'confirm' : 'course_question');
}

function mustHold(stage: Stage): void {
  const { state } = stage;
  expect(stage.in_flight).toBeLessThanOrEqual(1);
  expect(state.idle.total_ms).toBeGreaterThanOrEqual(state.idle.acknowledged_ms);
  if (state.phase === 'learning' && state.hidden) expect(stage.paused).toBe(true);
  if (state.check !== null) expect(stage.paused).toBe(true);
  expect(state.hold === 'check').toBe(state.check !== null);
  if (state.hold === 'idle') expect(stage.paused).toBe(true);
  if (state.phase === 'ready' || state.phase === 'asking' || state.phase === 'fault')
    expect(stage.paused).toBe(true);
}

/** Per session: idle claimed in acknowledged beats fits into the time that passed, and no number is used by two of them. */
function booksMustBalance(stage: Stage): void {
  for (const session of new Set(stage.server.accepted.map((beat) => beat.session))) {
    const beats = stage.server.accepted.filter((beat) => beat.session === session);
    const first = stage.sent.find(({ beat }) => beat.session === session);
    const claimed_ms = beats.reduce((sum, { idle }) => sum + idle, 0);
    const last_ms = beats[beats.length - 1]?.client_ms ?? 0;
    const opened_ms = (first?.beat.client_ms ?? 0) - (first?.beat.idle ?? 0);
    expect(claimed_ms).toBeLessThanOrEqual(last_ms - Math.min(opened_ms, last_ms) + (first?.beat.idle ?? 0));
    expect(beats.map(({ n }) => n)).toEqual(beats.map((_, index) => index + 1));
  }
  for (const { beat, body } of stage.sent) {
    for (const value of [beat.position, beat.idle, beat.flags, beat.client_ms, beat.n]) {
      expect(Number.isSafeInteger(value) && value >= 0).toBe(true);
    }
    expect(body.length).toBeLessThan(1_024);
  }
  expect(stage.server.credited_ms).toBeLessThanOrEqual(stage.now_ms);
}

/** Event beats stay below the server's limit: 5 in any 10 s; beats that are no event keep 2 s apart. */
function paceMustHold(stage: Stage): void {
  const times = stage.sent.map(({ at_ms }) => at_ms);
  for (const [index, at_ms] of times.entries()) {
    const sixth_before = times[index - 5];
    if (sixth_before !== undefined) expect(at_ms - sixth_before).toBeGreaterThan(1_000);
  }
  const events = stage.sent.filter(({ beat, last }) => (beat.flags & 8) !== 0 && !last);
  const fresh = events.filter(({ body }, index) => body !== events[index - 1]?.body);
  for (const [index, { at_ms, beat }] of fresh.entries()) {
    const fifth_before = fresh[index - 5];
    if (fifth_before !== undefined && fifth_before.beat.session === beat.session)
      expect(at_ms - fifth_before.at_ms).toBeGreaterThanOrEqual(10_000);
  }
}

/** What was before a pass is settled: no beat claims its idle time, and none from then is sent after it. One answer at a time. */
function checksMustBeKept(stage: Stage): void {
  for (const { at_ms, beat } of stage.sent) {
    const passed_ms = stage.passed_at_ms.filter((heard_ms) => heard_ms < at_ms).pop();
    if (passed_ms === undefined) continue;
    expect(beat.client_ms).toBeGreaterThanOrEqual(passed_ms);
    expect(beat.idle).toBeLessThanOrEqual(beat.client_ms - passed_ms);
  }
  for (const [index, { at_ms }] of stage.answered.entries()) {
    const before = stage.answered[index - 1];
    if (before !== undefined) expect(at_ms - before.at_ms).toBeGreaterThanOrEqual(20);
  }
}

describe('any course of events', () => {
  const seeds = Array.from({ length: 150 }, (_, index) => index + 1);
  it.each(seeds)('keeps its promises (seed %i)', (seed) => {
    const roll = dice(seed);
    const pace = seed % 3 === 0 ? { page_ms: 20_000, idle_ask_ms: 60_000 } : null;
    const stage = new Stage({ pace }).start();
    for (let turn = 0; turn < 120; turn += 1) {
      aNudge(stage, roll);
      mustHold(stage);
      stage.wait(Math.floor(roll() ** 3 * 20_000));
      mustHold(stage);
    }
    booksMustBalance(stage);
    paceMustHold(stage);
    checksMustBeKept(stage);
  });
});

describe('an honest learner on a bad network', () => {
  const seeds = Array.from({ length: 60 }, (_, index) => index + 1);
  it.each(seeds)('loses nothing of what was watched (seed %i)', (seed) => {
    const roll = dice(1_000 + seed);
    const stage = new Stage({ length_ms: 3_600_000 }).start();
    for (let turn = 0; turn < 15; turn += 1) {
      stage.network = NETWORKS[Math.floor(roll() * NETWORKS.length)] ?? 'up';
      stage.wait(Math.floor(roll() * 18_000));
      if (roll() < 0.5) stage.happen({ type: 'toggle' });
      else if (roll() < 0.3) stage.happen({ type: 'seek_to', position_ms: stage.position_ms - 10_000 });
      stage.wait(Math.floor(roll() * 5_000));
      stage.network = 'up';
      stage.happen({ type: 'network', online: true });
      if (stage.paused) stage.happen({ type: 'toggle' });
      stage.wait(40_000 + Math.floor(roll() * 20_000));
    }
    stage.happen({ type: 'leave' });
    stage.wait(1_000);
    expect(stage.server.reached_ms).toBe(stage.state.guard.played_ms);
    expect(stage.server.reached_ms).toBeGreaterThan(400_000);
  });
});

/** Watches for a while, and presses what each check asks for. */
function watch(stage: Stage, ms: number): void {
  for (let rest_ms = ms; rest_ms > 0; rest_ms -= 4_000) {
    stage.wait(Math.min(rest_ms, 4_000));
    if (stage.view.check?.stage === 'asking') stage.press(1);
    expect(stage.state.check === null || stage.paused).toBe(true);
  }
}

describe('an honest learner who is checked', () => {
  const seeds = Array.from({ length: 20 }, (_, index) => index + 1);
  it.each(seeds)('is never sent back, and gets all that was watched (seed %i)', (seed) => {
    const roll = dice(3_000 + seed);
    const stage = new Stage({ length_ms: 3_600_000 }).start();
    for (let turn = 0; turn < 15; turn += 1) {
      stage.server.ask_next = roll() < 0.7;
      watch(stage, Math.floor(roll() * 90_000));
      if (roll() < 0.3) stage.happen({ type: 'toggle' });
      watch(stage, Math.floor(roll() * 9_000));
      if (stage.paused) stage.happen({ type: 'toggle' });
    }
    watch(stage, 60_000);
    stage.happen({ type: 'leave' });
    stage.wait(1_000);
    expect(stage.effects.filter(({ type }) => type === 'seek').length).toBe(1);
    expect(stage.state.guard.played_ms - stage.server.reached_ms).toBeLessThanOrEqual(500);
    expect(stage.server.checks.passed).toBeGreaterThan(0);
  });
});

describe('an honest learner who is checked, on a bad network', () => {
  const seeds = Array.from({ length: 60 }, (_, index) => index + 1);
  it.each(seeds)('gets what was watched (seed %i)', (seed) => {
    const roll = dice(2_000 + seed);
    const stage = new Stage({ length_ms: 3_600_000 }).start();
    for (let turn = 0; turn < 15; turn += 1) {
      stage.server.ask_next = roll() < 0.5;
      stage.network = NETWORKS[Math.floor(roll() * NETWORKS.length)] ?? 'up';
      watch(stage, Math.floor(roll() * 18_000));
      stage.happen({ type: 'toggle' });
      watch(stage, Math.floor(roll() * 5_000));
      stage.network = 'up';
      stage.happen({ type: 'network', online: true });
      if (stage.paused) stage.happen({ type: 'toggle' });
      watch(stage, 60_000 + Math.floor(roll() * 20_000));
      if (stage.paused) stage.happen({ type: 'toggle' });
    }
    watch(stage, 60_000);
    stage.happen({ type: 'leave' });
    stage.wait(1_000);
    expect(stage.state.phase).toBe('over');
    expect(stage.server.checks.passed).toBeGreaterThan(0);
    expect(stage.state.guard.played_ms - stage.server.reached_ms).toBeLessThanOrEqual(500);
    expect(stage.server.reached_ms).toBeGreaterThan(400_000);
    checksMustBeKept(stage);
  });
});
