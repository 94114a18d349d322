import { describe, expect, it } from 'vitest';
import type { FaceResult } from '../../core/face_check';
import { ACT, PLACE, Stage } from './testing/stage';

const REPLY = { status: 200, body: { outcome: 'passed' }, retry_after_ms: null };
const PASSED: FaceResult = { is: 'passed', reply: REPLY };
const AGAIN: FaceResult = { is: 'again', attempts_left: 1, step_up: false };
const FAILED = { is: 'failed', wait_ms: null } as const;

describe('a connection that is lost', () => {
  it('costs no press before anything was shown: the page begins anew, a few times', () => {
    const stage = new Stage().connect().say(PLACE).close(1006);
    expect(stage.state.phase).toBe('beginning');
    for (let again = 0; again < 2; again += 1) stage.begin().close(1006);
    expect(stage.state.phase).toBe('beginning');
    stage.begin().close(1006);
    expect(stage.state.phase).toBe('settling');
  });

  it('asks what became of the check once a challenge was shown', () => {
    const stage = new Stage().connect().say(PLACE, ACT).close(1006);
    expect(stage.all('fetch_result').length).toBe(1);
    stage.settle(AGAIN);
    expect(stage.view.calm).toMatchObject({
      items: [{ key: 'broken_connection_lost' }],
      note: { key: 'attempts_left', values: { left: '1' } },
      main: { label: 'again', does: 'start' },
    });
  });

  it('is not taken for a result that the server has given: the check may have passed', () => {
    const stage = new Stage().connect().say(PLACE, ACT, { do: 'judging' }).close(1006).settle(PASSED);
    expect(stage.view.calm?.title.key).toBe('check_passed_title');
  });

  it('is asked about until somebody answers', () => {
    const stage = new Stage().connect().say(PLACE).done('passed');
    for (let again = 0; again < 8; again += 1) stage.settle(FAILED).wait(4_000);
    expect(stage.view.live?.word.key).toBe('settling_again');
    expect(stage.all('fetch_result').length).toBe(9);
    stage.settle(PASSED);
    expect(stage.state.phase).toBe('result');
  });

  it('means nothing once the result is there, nor when it was an earlier attempt', () => {
    const stage = new Stage({ purpose: 'trial', check: null })
      .connect()
      .say(PLACE)
      .done('passed')
      .close(1000);
    expect(stage.state.phase).toBe('result');
    stage.happen({ type: 'socket_closed', serial: -1, code: 1006 });
    expect(stage.state.result?.outcome).toBe('passed');
  });

  it('waits where the server is full, without an attempt being used', () => {
    const stage = new Stage().connect().close(4503);
    expect(stage.state.phase).toBe('busy');
    stage.wait(3_000);
    expect(stage.all('begin').length).toBe(2);
  });

  it('ends as no service where the server stays full', () => {
    const stage = new Stage().connect();
    for (let again = 0; again < 4; again += 1) {
      stage.close(4503).wait(3_000);
      stage.begin();
    }
    expect([stage.state.phase, stage.state.trouble]).toEqual(['trouble', 'no_service']);
  });

  it.each([4400, 4401, 4403, 4409, 4413, 4429])('is nobody’s fault when it closes with %i', (code) => {
    const stage = new Stage({ purpose: 'enrol', check: null }).connect().say(PLACE).close(code);
    expect(stage.view.calm?.items).toEqual([{ key: 'broken_confused' }]);
    expect(stage.view.calm?.main?.does).toBe('start');
  });
});

describe('what is missing', () => {
  it.each(['insecure', 'old_browser'] as const)('is said before anything is pressed: %s', (missing) => {
    const stage = new Stage({ missing });
    expect(stage.view.calm).toMatchObject({ title: { key: `${missing}_title` }, main: null });
    stage.happen({ type: 'start' });
    expect(stage.all('open_camera')).toEqual([]);
    stage.happen({ type: 'excuse' });
    expect(JSON.parse(stage.all('excuse')[0]?.body ?? '')).toEqual({ check: 'check', why: missing });
  });

  it.each(['no_camera', 'denied', 'in_use'] as const)('may be mended, and tried again: %s', (why) => {
    const stage = new Stage().happen({ type: 'start' }).cameraFailed(why);
    expect(stage.view.calm).toMatchObject({
      steps: why === 'denied' ? 'allow_desktop' : `${why}_steps`,
      may_excuse: true,
      offers_supervised: true,
    });
    stage.start();
    expect(stage.state.phase).toBe('beginning');
  });

  it('ends the check when the learner says so, and the page goes where the server says', () => {
    const stage = new Stage().happen({ type: 'start' }).cameraFailed('denied').happen({ type: 'excuse' });
    stage.excused(FAILED).wait(1_000);
    expect(stage.all('excuse').length).toBe(2);
    stage.excused({ is: 'ended', outcome: 'unavailable', url: '/why/', reply: REPLY });
    expect(stage.all('finish')).toEqual([{ type: 'finish', reply: REPLY, url: '/why/' }]);
  });

  it('cannot be said of a camera that runs', () => {
    const stage = new Stage().connect().say(PLACE).happen({ type: 'excuse' });
    expect(stage.all('excuse')).toEqual([]);
  });

  it('offers no such way outside a check', () => {
    const stage = new Stage({ purpose: 'enrol', check: null })
      .happen({ type: 'start' })
      .cameraFailed('denied');
    expect(stage.view.calm?.may_excuse).toBe(false);
    expect(stage.happen({ type: 'excuse' }).all('excuse')).toEqual([]);
  });

  it('is the service, after five tries', () => {
    const stage = new Stage().start();
    for (let again = 0; again < 5; again += 1) stage.begin(FAILED).wait(4_000);
    expect(stage.state.trouble).toBe('no_service');
  });

  it('shows how to allow the camera when the browser does not seem to ask', () => {
    const stage = new Stage().happen({ type: 'start' });
    expect(stage.view.calm?.steps).toBeNull();
    stage.wait(7_000);
    expect(stage.view.calm).toMatchObject({ steps: 'allow_desktop', offers_supervised: true });
    stage.happen({ type: 'excuse' });
    expect(JSON.parse(stage.all('excuse')[0]?.body ?? '')).toEqual({ check: 'check', why: 'denied' });
    stage.cameraReady();
    expect(stage.state.phase).toBe('excusing');
  });
});

describe('a refusal', () => {
  it('is said in the server’s words, and leads where it says', () => {
    const refused = { is: 'refused', error: 'no_consent', message: '请先同意。', url: '/agree/' } as const;
    const stage = new Stage().start().begin(refused);
    expect(stage.view.calm?.message).toBe('请先同意。');
    stage.happen({ type: 'go_on' });
    expect(stage.all('finish')).toEqual([{ type: 'finish', reply: null, url: '/agree/' }]);
  });

  it('of the page itself is mended by loading it anew', () => {
    const stage = new Stage().start().begin({ is: 'fault' });
    stage.happen({ type: 'start' });
    expect(stage.all('reload').length).toBe(1);
  });
});
