// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { familyOf, missingHere } from './browser';
import { Camera, whyOf } from './camera';

class CanvasCaptureMediaStreamTrack extends EventTarget {
  label = 'a'.repeat(300);
  stopped = 0;
  stop(): void {
    this.stopped += 1;
  }
  getSettings(): object {
    return { deviceId: 'secret', groupId: 'secret', width: 640 };
  }
  getCapabilities(): object {
    return { deviceId: 'secret', width: { max: 1_280 } };
  }
}

const NEWS = { allowed: () => undefined, lost: () => undefined };

interface Given {
  readonly track: CanvasCaptureMediaStreamTrack;
  readonly asked: MediaStreamConstraints[];
  readonly camera: Camera;
  readonly video: HTMLVideoElement;
}

/** A browser that gives a camera, or refuses the first wishes by these errors. */
function given(refusals: readonly string[] = [], ready = true): Given {
  const track = new CanvasCaptureMediaStreamTrack();
  const asked: MediaStreamConstraints[] = [];
  const left = [...refusals];
  const stream = { getVideoTracks: () => [track], getTracks: () => [track] };
  const getUserMedia = (wishes: MediaStreamConstraints): Promise<unknown> => {
    asked.push(wishes);
    const name = left.shift();
    return name === undefined ? Promise.resolve(stream) : Promise.reject({ name });
  };
  const inputs = [
    { kind: 'audioinput', deviceId: 'm', label: 'mic' },
    { kind: 'videoinput', deviceId: 'a', label: 'A' },
    { kind: 'videoinput', deviceId: 'b', label: 'B' },
  ];
  vi.stubGlobal('navigator', {
    userAgent: 'agent',
    mediaDevices: {
      getUserMedia,
      enumerateDevices: () => Promise.resolve(inputs),
      getSupportedConstraints: () => ({ width: true }),
    },
  });
  const video = document.createElement('video');
  Object.defineProperties(video, {
    readyState: { value: ready ? 4 : 0 },
    videoWidth: { value: 640 },
    videoHeight: { value: 480 },
    srcObject: { value: null, writable: true },
    play: { value: () => Promise.reject(new Error('not allowed')) },
  });
  return { track, asked, camera: new Camera(video), video };
}

afterEach(() => vi.useRealTimers());

describe('the camera', () => {
  it('is the one that looks at the person, without sound', async () => {
    const { camera, asked } = given();
    const opened = await camera.open(null, NEWS);
    expect(asked[0]).toMatchObject({ audio: false, video: { facingMode: 'user' } });
    expect(opened).toEqual({
      id: 'secret',
      width: 640,
      height: 480,
      inputs: [
        { id: 'a', label: 'A' },
        { id: 'b', label: 'B' },
      ],
    });
  });

  it('is any camera where the one that was chosen is gone', async () => {
    const { camera, asked } = given(['OverconstrainedError']);
    await camera.open('gone', NEWS);
    expect(asked[1]).toEqual({ audio: false, video: true });
  });

  it('is refused for what the browser says', async () => {
    await expect(given(['NotAllowedError']).camera.open(null, NEWS)).rejects.toMatchObject({
      why: 'denied',
    });
    await expect(given(['NotFoundError', 'NotFoundError']).camera.open(null, NEWS)).rejects.toMatchObject({
      why: 'no_camera',
    });
    expect([whyOf({ name: 'NotReadableError' }), whyOf(null), whyOf(new TypeError('x'))]).toEqual([
      'in_use',
      'in_use',
      'old_browser',
    ]);
  });

  it('that shows no picture is held by another program, and is let go', async () => {
    vi.useFakeTimers();
    const { camera, track } = given([], false);
    const opened = camera.open(null, NEWS);
    const refused = expect(opened).rejects.toMatchObject({ why: 'in_use' });
    await vi.advanceTimersByTimeAsync(9_000);
    await refused;
    expect(track.stopped).toBe(1);
  });

  it('is let go when it came only after nobody wanted it any more', async () => {
    const { camera, track } = given();
    const opened = camera.open(null, NEWS);
    camera.close();
    await expect(opened).rejects.toMatchObject({ why: 'in_use' });
    expect(track.stopped).toBe(1);
  });

  it('tells when it goes away', async () => {
    const { camera, track } = given();
    const lost = vi.fn();
    await camera.open(null, { ...NEWS, lost });
    track.dispatchEvent(new Event('ended'));
    expect(lost).toHaveBeenCalledTimes(1);
  });

  it('is described to the server without what would know this device again', async () => {
    const { camera } = given();
    await camera.open(null, NEWS);
    const facts = camera.facts();
    expect(JSON.stringify(facts)).not.toContain('secret');
    expect(facts).toMatchObject({
      constructor: 'CanvasCaptureMediaStreamTrack',
      inputs: 2,
      settings: { width: 640 },
      capabilities: { width: { max: 1_280 } },
      supported: ['width'],
      native: false,
      frame_callback: false,
    });
    expect(facts.label.length).toBe(200);
  });
});

describe('a browser', () => {
  const AGENTS = {
    wechat_ios: 'Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) Mobile/15E148 MicroMessenger/8.0.42',
    wechat_android: 'Mozilla/5.0 (Linux; Android 12) Chrome/107 MQQBrowser/6.2 MicroMessenger/8.0.30',
    huawei: 'Mozilla/5.0 (Linux; Android 10; HUAWEI) Chrome/99 HuaweiBrowser/13.0 Mobile Safari/537.36',
    safari_ios: 'Mozilla/5.0 (iPhone; CPU iPhone OS 14_4 like Mac OS X) Version/14.0.3 Mobile Safari/604.1',
    chinese_android: 'Mozilla/5.0 (Linux; U; Android 11) Chrome/100 UCBrowser/15.5 Mobile Safari/537.36',
    firefox: 'Mozilla/5.0 (Windows NT 10.0; rv:115.0) Gecko/20100101 Firefox/115.0',
    chrome_android: 'Mozilla/5.0 (Linux; Android 13) Chrome/120 Mobile Safari/537.36',
    chinese_desktop: 'Mozilla/5.0 (Windows NT 10.0; WOW64) Chrome/86 Safari/537.36 QIHU 360SE',
    safari_mac: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.0 Safari/605.1.15',
    desktop: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120 Safari/537.36 Edg/120.0',
  };

  it.each(Object.entries(AGENTS))('%s is known by what it says', (family, agent) => {
    expect(familyOf(agent)).toBe(family);
  });

  it('of an iPad says that it is a Mac’s, and is known by being touched', () => {
    expect(familyOf(AGENTS.safari_mac, 5)).toBe('safari_ios');
  });

  it('lacks a camera over plain HTTP, and also when it is too old', () => {
    vi.stubGlobal('isSecureContext', false);
    expect(missingHere()).toBe('insecure');
    vi.stubGlobal('isSecureContext', true);
    vi.stubGlobal('navigator', { userAgent: '' });
    expect(missingHere()).toBe('old_browser');
    vi.unstubAllGlobals();
  });
});
