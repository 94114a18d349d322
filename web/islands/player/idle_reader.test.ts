/** A document under the machine: who is asked whether they are still there, and what a full page means. */
import { describe, expect, it } from 'vitest';
import { Stage } from './testing/stage';

const PACE = { page_ms: 20_000, idle_ask_ms: 300_000 };
const LONG = { length_ms: 3_600_000, pace: PACE };

describe('a reader', () => {
  it('who has not touched anything for long is asked, and time stops meanwhile', () => {
    const stage = new Stage(LONG).start();
    stage.wait(301_000);
    expect(stage.paused).toBe(true);
    expect(stage.view).toMatchObject({ action: 'still_here', covered: true });
    expect(stage.view.status).toEqual({ counting: false, key: 'idle', kind: null });
    const credited_ms = stage.server.credited_ms;
    expect(credited_ms).toBeGreaterThan(290_000);
    stage.wait(60_000);
    expect(stage.server.credited_ms - credited_ms).toBeLessThan(11_000);
  });

  it('who says so goes on, and is asked again only after as long', () => {
    const stage = new Stage(LONG).start();
    stage.wait(301_000);
    stage.happen({ type: 'toggle' });
    expect(stage.paused).toBe(false);
    expect(stage.view.status.counting).toBe(true);
    stage.wait(298_000);
    expect(stage.paused).toBe(false);
    stage.wait(3_000);
    expect(stage.paused).toBe(true);
  });

  it('who touches the page now and then is never asked', () => {
    const stage = new Stage(LONG).start();
    for (let turn = 0; turn < 6; turn += 1) {
      stage.wait(250_000);
      stage.happen({ type: 'touched' });
    }
    expect(stage.paused).toBe(false);
    expect(stage.state.hold).toBe('none');
  });

  it('who is asked does not go on by a touch alone', () => {
    const stage = new Stage(LONG).start();
    stage.wait(301_000);
    stage.happen({ type: 'touched' });
    stage.wait(1_000);
    expect(stage.paused).toBe(true);
  });

  it('who pressed an option of a check was there', () => {
    const stage = new Stage(LONG).start();
    stage.wait(270_000);
    stage.meetCheck();
    stage.press(1);
    stage.wait(20_000);
    expect(stage.paused).toBe(false);
    expect(stage.view.status.key).toBe('counting');
  });
});

describe('a film', () => {
  it('asks nobody', () => {
    const stage = new Stage({ length_ms: 3_600_000 }).start();
    stage.wait(900_000);
    expect(stage.paused).toBe(false);
  });
});

describe('a document', () => {
  it('whose pages count otherwise than the page says is loaded anew', () => {
    const stage = new Stage({ length_ms: 60_000, pace: PACE });
    stage.server.length_ms = 90_000;
    stage.start();
    expect(stage.effects.map(({ type }) => type)).toContain('reload');
    expect(stage.paused).toBe(true);
  });

  it('tells the server at once when a page is full, and turns it without moving', () => {
    const stage = new Stage({ length_ms: 60_000, pace: PACE }).start();
    stage.wait(20_000);
    const sent = stage.sent.length;
    stage.paused = false;
    stage.stand();
    stage.wait(100);
    expect(stage.sent.length).toBe(sent + 1);
    expect(stage.view.status.key).toBe('page_full');
    const moved = stage.effects.filter(({ type }) => type === 'seek').length;
    const { position_ms } = stage;
    stage.happen({ type: 'seek_to', position_ms });
    expect(stage.effects.filter(({ type }) => type === 'seek').length).toBe(moved + 1);
    expect(stage.position_ms).toBe(position_ms);
  });

  it('says why when a page further on is wanted', () => {
    const stage = new Stage({ length_ms: 60_000, pace: PACE }).start();
    stage.wait(5_000);
    const before_ms = stage.position_ms;
    stage.happen({ type: 'seek_to', position_ms: 40_000 });
    expect(stage.view.notice).toBe('no_forward');
    expect(stage.position_ms).toBe(before_ms);
  });
});
