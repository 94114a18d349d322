import { describe, expect, it } from 'vitest';
import { Flag } from '../../core/beat';
import { GO_ON } from './testing/server';
import { Stage } from './testing/stage';

describe('a hidden page', () => {
  it('pauses at once, says why on return, and goes on after one tap', () => {
    const stage = new Stage().start();
    stage.wait(10_000);
    stage.happen({ type: 'visibility', hidden: true });
    expect(stage.paused).toBe(true);
    expect(stage.beats.length).toBe(1);
    stage.wait(5_000);
    stage.happen({ type: 'visibility', hidden: false });
    expect(stage.paused).toBe(true);
    expect(stage.view.status.key).toBe('was_hidden');
    expect(stage.beats[1]?.flags).toBe(Flag.EVENT | Flag.HIDDEN | Flag.PAUSED);
    expect(stage.beats[1]?.idle).toBe(5_000);
    stage.happen({ type: 'toggle' });
    stage.wait(1_000);
    expect(stage.view.status.key).toBe('counting');
  });

  it('cannot be played from the lock screen', () => {
    const stage = new Stage().start();
    stage.happen({ type: 'visibility', hidden: true });
    stage.paused = false;
    stage.happen({ type: 'media', seeking: false, sample: stage.sample() });
    expect(stage.paused).toBe(true);
  });
});

describe('the guard', () => {
  it('sends a forward seek back to what was watched', () => {
    const stage = new Stage().start();
    stage.wait(10_000);
    stage.drag(200_000);
    expect(stage.position_ms).toBeLessThan(10_100);
    expect(stage.view.notice).toBe('no_forward');
    stage.wait(30_000);
    expect(stage.server.reached_ms).toBeLessThan(31_000);
  });

  it('lets the learner go back and forth within what was watched', () => {
    const stage = new Stage({ reached_ms: 100_000 }).start();
    stage.wait(3_000);
    stage.happen({ type: 'seek_to', position_ms: 20_000 });
    expect(stage.position_ms).toBe(20_000);
    stage.wait(1_000);
    expect(stage.view.status.key).toBe('repeating');
    stage.happen({ type: 'seek_to', position_ms: 300_000 });
    expect(stage.position_ms).toBeLessThan(103_100);
    expect(stage.position_ms).toBeGreaterThan(102_900);
  });

  it('still claims what was watched before going back', () => {
    const stage = new Stage().start();
    stage.wait(25_000);
    stage.happen({ type: 'seek_to', position_ms: 5_000 });
    stage.wait(100);
    expect(stage.beats[0]?.position).toBeGreaterThan(24_900);
    expect(stage.server.reached_ms).toBe(stage.beats[0]?.position);
    stage.wait(30_000);
    expect(stage.beats[1]?.position).toBeLessThan(36_000);
  });

  it('allows a small jump of the stream itself', () => {
    const stage = new Stage().start();
    stage.wait(10_000);
    stage.drag(stage.position_ms + 400);
    expect(stage.view.notice).toBeNull();
    expect(stage.beats).toEqual([]);
  });

  it('turns a higher speed back to normal and reports it', () => {
    const stage = new Stage().start();
    stage.wait(10_000);
    stage.setRate(16);
    expect(stage.rate).toBe(1);
    expect(stage.beats[0]?.flags).toBe(Flag.EVENT | Flag.TOO_FAST);
    expect(stage.view.notice).toBe('no_speed');
  });

  it('leaves a lower speed alone', () => {
    const stage = new Stage().start();
    stage.setRate(0.5);
    stage.wait(20_000);
    expect(stage.rate).toBe(0.5);
    expect(stage.view.status.key).toBe('counting');
  });

  it('sends back a picture that runs ahead of the clock', () => {
    const stage = new Stage().start();
    stage.wait(5_000);
    stage.position_ms += 60_000;
    stage.wait(250);
    expect(stage.position_ms).toBeLessThan(6_000);
  });

  it('does not take a long pause for time to skip', () => {
    const stage = new Stage().start();
    stage.wait(5_000);
    stage.happen({ type: 'toggle' });
    stage.wait(20_000);
    stage.position_ms += 15_000;
    stage.happen({ type: 'timer' });
    expect(stage.position_ms).toBeLessThan(5_100);
  });

  it('has no false alarm when looks at the picture come late', () => {
    const stage = new Stage().start();
    stage.wait(5_000);
    stage.now_ms += 6_000;
    stage.position_ms += 6_000;
    stage.wait(250);
    expect(stage.view.notice).toBeNull();
    expect(stage.position_ms).toBeGreaterThan(11_000);
  });

  it('goes where the server says, and says so', () => {
    const stage = new Stage().start();
    stage.beat_answers.push({ ...GO_ON, directive: { do: 'go_to', position_ms: 12_000 } });
    stage.wait(30_200);
    expect(stage.position_ms).toBeLessThan(12_400);
    expect(stage.view.notice).toBe('went_back');
    stage.drag(25_000);
    expect(stage.position_ms).toBeLessThan(12_400);
  });
});
