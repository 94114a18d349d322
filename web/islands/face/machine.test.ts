import { describe, expect, it } from 'vitest';
import type { FaceResult, Said } from '../../core/face_check';
import { ACT, BEGUN, FLASH, PLACE, Stage } from './testing/stage';

const REPLY = { status: 200, body: { outcome: 'passed' }, retry_after_ms: null };
const PASSED: FaceResult = { is: 'passed', reply: REPLY };
const AGAIN: FaceResult = { is: 'again', attempts_left: 1, step_up: false };

describe('an honest person in front of a camera', () => {
  it('presses once, and everything else goes by itself', () => {
    const stage = new Stage().happen({ type: 'start' });
    expect(stage.all('open_camera')).toEqual([{ type: 'open_camera', serial: 1, id: null }]);
    stage.happen({ type: 'camera_allowed', serial: 1 });
    expect(stage.view.live?.word.key).toBe('beginning');
    stage.cameraReady();
    expect(stage.all('begin')[0]?.body).toBe('{"check":"check"}');
    stage.begin();
    expect(stage.all('connect')[0]).toMatchObject({ ticket: 'ticket', prefers_actions: false });
    stage.say(PLACE, FLASH).paint(4).say(ACT, { do: 'rest', slot: 13 }, { do: 'judging' }).done('passed');
    expect(JSON.parse(stage.all('fetch_result')[0]?.body ?? '')).toEqual({
      check: 'check',
      attempt: 'attempt',
    });
    stage.settle(PASSED);
    expect(stage.view.calm?.title.key).toBe('check_passed_title');
    expect(stage.all('finish')).toEqual([]);
    stage.wait(1_500);
    expect(stage.all('finish')).toEqual([{ type: 'finish', reply: REPLY, url: '/next/' }]);
  });

  it('enrols without a check to settle, and reads the result as long as they like', () => {
    const stage = new Stage({ purpose: 'enrol', check: null }).connect().say(PLACE).done('passed');
    expect(stage.all('begin')[0]?.body).toBe('{"purpose":"enrol"}');
    expect(stage.all('fetch_result')).toEqual([]);
    stage.wait(60_000);
    expect(stage.view.calm?.main).toEqual({ label: 'go_on', does: 'go_on' });
    stage.happen({ type: 'go_on' });
    expect(stage.all('finish')).toEqual([{ type: 'finish', reply: null, url: '/next/' }]);
  });

  it('is told what the camera sees of them, and how much is done', () => {
    const stage = new Stage().connect().say({ do: 'place', slot: 0, hint: 'closer', done: 0, of: 3 });
    expect(stage.view.live).toMatchObject({ word: { key: 'hint_closer' }, is_good: false, share_done: 0 });
    stage.say(PLACE);
    expect(stage.view.live).toMatchObject({ word: { key: 'hold_still' }, is_good: true, share_done: 1 / 3 });
    stage.say(ACT);
    expect(stage.view.live).toMatchObject({
      word: { key: 'action_turn_left' },
      note: { key: 'step', values: { number: '1', of: '3' } },
      sign: 'turn_left',
    });
  });

  it('is told the number of a movement, and not that of a colour or of a first look', () => {
    const REST = { do: 'rest', slot: 13 } as const;
    const noteAfter = (...said: readonly Said[]): unknown =>
      new Stage().connect().say(...said, REST).view.live?.note;
    expect(noteAfter({ do: 'place', slot: 0, hint: null, done: 3, of: 3 })).toBeNull();
    expect(noteAfter({ do: 'flash', slot: 8, colour: '#c8ffc8', number: 8, of: 8 })).toBeNull();
    expect(noteAfter(FLASH, ACT)).toEqual({ key: 'step', values: { number: '1', of: '3' } });
  });

  it('sees the camera go dark as soon as nobody needs it', () => {
    const stage = new Stage().connect().say(PLACE).done('passed').settle(PASSED);
    expect(stage.all('close_camera').length).toBe(1);
    expect(stage.state.awake).toBe(false);
  });
});

describe('frames', () => {
  it('are sent only while the server looks, and name what is shown', () => {
    const stage = new Stage().connect();
    expect(stage.slot).toBeNull();
    stage.say(PLACE);
    expect(stage.slot).toBe(0);
    stage.say(ACT);
    expect(stage.slot).toBe(12);
    stage.say({ do: 'judging' });
    expect(stage.slot).toBeNull();
  });

  it('name a colour only once it is on the screen, and then the server is told', () => {
    const stage = new Stage().connect().say(PLACE, FLASH);
    expect(stage.view.live?.colour).toBe('#c8ffc8');
    expect(stage.slot).toBe(0);
    expect(stage.all('say')).toEqual([]);
    stage.paint(4);
    expect(stage.slot).toBe(4);
    expect(stage.all('say')).toEqual([{ type: 'say', body: '{"painted":4}' }]);
  });

  it('never go back to an earlier slot', () => {
    const stage = new Stage().connect().say(PLACE, ACT, PLACE);
    expect([stage.slot, stage.state.phase]).toEqual([12, 'acting']);
    stage.say(FLASH).paint(4);
    expect(stage.all('say')).toEqual([]);
  });
});

describe('the time', () => {
  it('runs from when the attempt was asked for, second by second', () => {
    const stage = new Stage().connect().say(PLACE).wait(1_500);
    expect(stage.view.live?.seconds_left).toBe(59);
  });

  it('stands still in the queue', () => {
    const stage = new Stage().connect().wait(5_000).say({ do: 'queue', place: 3 }).wait(100_000);
    expect(stage.view.live).toMatchObject({ seconds_left: null, note: { key: 'time_stands' } });
    stage.say(PLACE);
    expect(stage.view.live?.seconds_left).toBe(55);
  });

  it('is ended by the server, and by the page only if the server is never heard', () => {
    const stage = new Stage().connect().say(PLACE).wait(62_000);
    expect(stage.state.phase).toBe('placing');
    stage.wait(3_000);
    expect([stage.state.phase, stage.state.result?.broken]).toEqual(['settling', 'too_late']);
    stage.settle(AGAIN);
    expect(stage.view.calm?.items).toEqual([{ key: 'code_too_late' }]);
  });

  it('does not run while the server is full', () => {
    const stage = new Stage().connect().close(4503);
    expect(stage.view.live).toMatchObject({ word: { key: 'busy' }, seconds_left: null });
    stage.wait(3_000);
    expect(stage.all('begin').length).toBe(2);
    stage.begin();
    expect(stage.state.phase).toBe('connecting');
  });
});

describe('whoever bears no flashing', () => {
  it('has nothing to choose where people have arranged it', () => {
    const stage = new Stage({ without_flash: true });
    expect(stage.view.calm?.shows_flash_choice).toBe(false);
    expect(stage.connect().say(PLACE).view.live?.may_ask_for_actions).toBe(false);
  });

  it('asks for movements before, and is remembered', () => {
    const stage = new Stage().happen({ type: 'prefer', actions: true }).connect();
    expect(stage.all('remember')).toEqual([{ type: 'remember', prefers_actions: true }]);
    expect(stage.all('connect')[0]?.prefers_actions).toBe(true);
    expect(stage.view.live?.may_ask_for_actions).toBe(false);
  });

  it('sees no further colour once they ask for movements while it flashes', () => {
    const stage = new Stage().connect().say(PLACE, FLASH).paint(4);
    const old = stage.state.attempt?.serial ?? 0;
    stage.happen({ type: 'prefer', actions: true });
    expect(stage.view.live?.colour).toBeNull();
    expect(stage.all('disconnect').length).toBe(1);
    stage.begin();
    stage.happen({ type: 'said', serial: old, said: FLASH, frames_per_s: 9 });
    expect(stage.view.live?.colour).toBeNull();
    expect(stage.all('connect')[1]?.prefers_actions).toBe(true);
  });
});

describe('a result', () => {
  it.each(['review', 'failed', 'blocked'] as const)('of %s is read before the page goes on', (outcome) => {
    const ended: FaceResult = { is: 'ended', outcome, url: '/why/', reply: REPLY };
    const stage = new Stage().connect().say(PLACE).done(outcome).settle(ended).wait(60_000);
    expect(stage.view.calm).toMatchObject({
      title: { key: `${outcome}_title` },
      main: { label: 'go_on', does: 'go_on' },
    });
    stage.happen({ type: 'go_on' });
    expect(stage.all('finish')).toEqual([{ type: 'finish', reply: REPLY, url: '/why/' }]);
  });

  it('that the host must explain is handed on at once', () => {
    const missed: FaceResult = { is: 'ended', outcome: 'withdrawn', url: '/ended/', reply: REPLY };
    const stage = new Stage().connect().say(PLACE).close(4408).settle(missed);
    expect(stage.all('finish')).toEqual([{ type: 'finish', reply: REPLY, url: '/ended/' }]);
  });

  it('of another attempt keeps the camera on, so that no browser asks for it anew', () => {
    const stage = new Stage().connect().say(PLACE).done('again').settle(AGAIN).happen({ type: 'start' });
    expect(stage.all('open_camera').length).toBe(1);
    expect(stage.state.phase).toBe('beginning');
  });

  it('without attempts left offers none', () => {
    const none: FaceResult = { is: 'again', attempts_left: 0, step_up: false };
    const stage = new Stage().connect().say(PLACE).done('again', 0).settle(none).happen({ type: 'start' });
    expect(stage.view.calm?.main).toEqual({ label: 'go_on', does: 'go_on' });
    expect(stage.state.phase).toBe('result');
  });

  it('of a camera program lets another camera be taken, where there is one', () => {
    const stage = new Stage({ purpose: 'enrol', check: null }).connect().say(PLACE).done('blocked');
    expect(stage.view.calm).toMatchObject({ steps: 'blocked_steps', may_switch: true });
    stage.happen({ type: 'switch_camera' });
    expect(stage.all('open_camera')[1]?.id).toBe('two');
  });

  it('speaks of hours only where there are any', () => {
    const enrolling = { purpose: 'enrol', check: null } as const;
    const lines = (['review', 'failed'] as const).map(
      (outcome) => new Stage(enrolling).connect().say(PLACE).done(outcome).view.calm?.line?.key,
    );
    expect(lines).toEqual(['enrol_review_line', 'enrol_failed_line']);
  });

  it('of a try says what was measured', () => {
    const stage = new Stage({ purpose: 'trial', check: null }).start().wait(120).begin();
    stage.say(PLACE, { do: 'place', slot: 1, hint: 'dark', done: 1, of: 3 }).done('again');
    expect(stage.view.calm?.items.map(({ key }) => key)).toEqual([
      'fact_camera',
      'fact_light_dark',
      'fact_speed_good',
      'fact_delay_good',
    ]);
  });
});

describe('a try of the device', () => {
  const trying = { purpose: 'trial', check: null } as const;

  it('has nothing to choose about colours, because it shows none', () => {
    expect(new Stage(trying).view.calm?.shows_flash_choice).toBe(false);
    const stage = new Stage(trying).connect().say(PLACE);
    expect(stage.view.live?.may_ask_for_actions).toBe(false);
    expect(stage.done('again').view.calm?.shows_flash_choice).toBe(false);
    expect(new Stage().view.calm?.shows_flash_choice).toBe(true);
  });

  it('with a camera that is refused says nothing of light and network, which nobody has measured', () => {
    const stage = new Stage(trying).connect();
    stage.say({ do: 'done', outcome: 'blocked', codes: ['virtual_camera'], attempts_left: 0 });
    expect(stage.view.calm).toMatchObject({
      title: { key: 'blocked_title' },
      items: [],
      steps: 'blocked_steps',
    });
  });
});

describe('leaving', () => {
  it('by the button stops camera and socket, and may begin again', () => {
    const stage = new Stage().connect().say(PLACE, ACT).happen({ type: 'stop' });
    expect(stage.all('disconnect').length).toBe(1);
    expect(stage.all('close_camera').length).toBe(1);
    expect(stage.slot).toBeNull();
    stage.start();
    expect(stage.state.phase).toBe('beginning');
  });

  it('makes late answers mean nothing', () => {
    const stage = new Stage().start();
    const serial = stage.state.request?.serial ?? 0;
    stage.happen({ type: 'stop' }).happen({ type: 'begin_answer', serial, answer: BEGUN });
    expect(stage.state.phase).toBe('stopped');
    expect(stage.all('connect')).toEqual([]);
  });

  it('the page for a while is said, and costs nothing by itself', () => {
    const stage = new Stage().connect().say(PLACE);
    stage.happen({ type: 'visibility', hidden: true }).happen({ type: 'visibility', hidden: false });
    expect(stage.view.live?.note).toEqual({ key: 'was_hidden' });
    expect(stage.slot).toBe(0);
  });

  it('the page between two attempts lets the camera go', () => {
    const stage = new Stage().connect().say(PLACE).done('again').settle(AGAIN);
    stage.happen({ type: 'visibility', hidden: true });
    expect(stage.all('close_camera').length).toBe(1);
  });

  it('of the camera is told as a camera that does not run', () => {
    const stage = new Stage().connect().say(PLACE);
    stage.happen({ type: 'camera_lost', serial: stage.state.camera_serial });
    expect(stage.state.trouble).toBe('in_use');
    expect(stage.all('disconnect').length).toBe(1);
  });
});

describe('a host', () => {
  it('opens the component anew for each check', () => {
    const stage = new Stage({ check: null }).connect().say(PLACE).happen({ type: 'opened', check: 'other' });
    expect([stage.state.phase, stage.state.setup.check]).toEqual(['idle', 'other']);
    expect(stage.all('disconnect').length).toBe(1);
    stage.start();
    expect(stage.all('begin')[1]?.body).toBe('{"check":"other"}');
  });

  it('closes it when the check is gone', () => {
    const stage = new Stage().connect().say(PLACE).happen({ type: 'closed' });
    expect([stage.all('close_camera').length, stage.all('disconnect').length]).toEqual([1, 1]);
    expect(stage.all('finish')).toEqual([]);
  });
});
