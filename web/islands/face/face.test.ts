// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CLOSE, FINISHED, type Finished, OPEN } from '../../core/face_seam';
import { Face } from './face';
import { aFace } from './testing/page';
import { ACT, BEGUN, FLASH, PLACE } from './testing/stage';

/** A socket whose other end is the test. */
class FakeSocket extends EventTarget {
  static readonly OPEN = 1;
  static readonly all: FakeSocket[] = [];
  readonly url: string;
  readonly sent: unknown[] = [];
  readyState = 0;
  bufferedAmount = 0;
  binaryType = 'blob';

  constructor(url: string) {
    super();
    this.url = url;
    FakeSocket.all.push(this);
  }

  send(data: unknown): void {
    this.sent.push(data);
  }

  close(): void {
    this.readyState = 3;
  }

  open(): void {
    this.readyState = FakeSocket.OPEN;
    this.dispatchEvent(new Event('open'));
  }

  say(said: object): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(said) }));
  }

  end(code: number): void {
    this.dispatchEvent(new CloseEvent('close', { code }));
  }
}

class Track extends EventTarget {
  label = 'HD Webcam';
  stopped = false;
  stop(): void {
    this.stopped = true;
  }
  getSettings(): object {
    return { deviceId: 'one' };
  }
}

let root: HTMLElement;
let track: Track;
let posted: [string, unknown, unknown][];
let answers: Record<string, unknown>;
let finished: Finished[];

const part = (name: string): HTMLElement => root.querySelector(`[data-part="${name}"]`) as HTMLElement;
const turn = (): Promise<void> => new Promise((done) => setTimeout(done, 5));
const socket = (): FakeSocket => FakeSocket.all[FakeSocket.all.length - 1] as FakeSocket;

async function until(phase: string): Promise<void> {
  for (let times = 0; times < 100 && root.dataset.phase !== phase; times += 1) await turn();
  expect(root.dataset.phase).toBe(phase);
}

beforeEach(() => {
  FakeSocket.all.length = 0;
  [posted, finished, track] = [[], [], new Track()];
  answers = {
    '/begin/': BEGUN,
    '/result/': { outcome: 'passed' },
    '/unavailable/': { outcome: 'x', url: '/why/' },
  };
  const stream = { getVideoTracks: () => [track], getTracks: () => [track] };
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('AudioContext', undefined);
  HTMLCanvasElement.prototype.toBlob = () => undefined;
  Object.defineProperty(navigator, 'mediaDevices', {
    configurable: true,
    value: { getUserMedia: () => Promise.resolve(stream), enumerateDevices: () => Promise.resolve([]) },
  });
  vi.stubGlobal('fetch', (url: string, { body, headers }: { body: string; headers: object }) => {
    posted.push([url, JSON.parse(body), headers]);
    return Promise.resolve(new Response(JSON.stringify(answers[url])));
  });
  const page = aFace();
  root = page.root;
  Object.defineProperties(page.video, {
    readyState: { value: 4 },
    videoWidth: { value: 640 },
    videoHeight: { value: 480 },
    srcObject: { value: null, writable: true },
    play: { value: () => Promise.resolve() },
  });
  root.addEventListener(FINISHED, (event) => {
    event.preventDefault();
    finished.push((event as CustomEvent<Finished>).detail);
  });
  new Face(page);
});

afterEach(() => vi.unstubAllGlobals());

async function connect(): Promise<void> {
  part('main').click();
  await until('connecting');
  socket().open();
}

describe('the face check on its page', () => {
  it('asks with the token of the page, and introduces its camera to the server', async () => {
    await connect();
    expect(posted[0]?.[1]).toEqual({ check: 'check' });
    expect(posted[0]?.[2]).toMatchObject({ 'X-CSRFToken': 'token' });
    expect(socket().url).toMatch(/^ws:\/\/.*\/face\/socket$/);
    expect(JSON.parse(socket().sent[0] as string)).toMatchObject({
      ticket: 'ticket',
      camera: { label: 'HD Webcam', constructor: 'Track', settings: {} },
    });
  });

  it('hands what is settled to its host, which goes on by itself', async () => {
    await connect();
    socket().say(PLACE);
    socket().say({ do: 'done', outcome: 'passed', codes: [], attempts_left: 2 });
    await until('result');
    expect(track.stopped).toBe(true);
    expect(part('title').textContent).toBe('check_passed_title');
    await new Promise((done) => setTimeout(done, 1_500));
    expect(finished.map(({ reply }) => reply?.body)).toEqual([{ outcome: 'passed' }]);
  });

  it('answers a colour only after it was drawn', async () => {
    await connect();
    const drawn: FrameRequestCallback[] = [];
    vi.stubGlobal('requestAnimationFrame', (call: FrameRequestCallback) => drawn.push(call));
    socket().say(PLACE);
    socket().say(FLASH);
    expect(part('screen').getAttribute('fill')).toBe('#c8ffc8');
    expect(socket().sent.length).toBe(1);
    for (let time = 0; time < 4; time += 1) for (const call of drawn.splice(0)) call(0);
    expect(socket().sent[1]).toBe('{"painted":4}');
  });

  it('ignores what it does not know', async () => {
    await connect();
    socket().say({ do: 'sing' });
    socket().dispatchEvent(new MessageEvent('message', { data: 'no json' }));
    socket().dispatchEvent(new MessageEvent('message', { data: new ArrayBuffer(2) }));
    expect(root.dataset.phase).toBe('connecting');
  });

  it('asks what became of the check when the connection breaks in the middle', async () => {
    await connect();
    socket().say(PLACE);
    socket().say(ACT);
    socket().end(1006);
    await until('result');
    expect(posted[1]?.[0]).toBe('/result/');
  });

  it('lets camera and socket go when the page goes away', async () => {
    await connect();
    socket().say(PLACE);
    window.dispatchEvent(new Event('pagehide'));
    expect([track.stopped, socket().readyState, root.dataset.phase]).toEqual([true, 3, 'stopped']);
  });
});

describe('inside a host', () => {
  it('begins anew for another check, and ends with it', async () => {
    await connect();
    socket().say(PLACE);
    root.dispatchEvent(new CustomEvent(OPEN, { detail: 'other' }));
    expect([root.dataset.phase, track.stopped]).toEqual(['idle', true]);
    part('main').click();
    await until('connecting');
    expect(posted[1]?.[1]).toEqual({ check: 'other' });
    root.dispatchEvent(new CustomEvent(CLOSE));
    expect([root.dataset.phase, socket().readyState]).toEqual(['over', 3]);
    expect(finished).toEqual([]);
  });
});
