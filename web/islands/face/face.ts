/** The face check's thin shell: hands what happens to the machine, and does what the machine says. */
import { readBegin, readResult } from '../../core/face_check';
import { FINISHED } from '../../core/face_seam';
import type { Reply } from '../../core/reply';
import { post } from '../player/network';
import { Tone } from '../player/tone';
import { WakeLock } from '../player/wake_lock';
import { Camera, CameraRefusal } from './camera';
import { connectControls } from './controls';
import type { Effect, Event as FaceEvent } from './events';
import { Frames } from './frames';
import { step } from './machine';
import { type FacePage, remember } from './page';
import { Painter } from './paint';
import { type Hello, Socket } from './socket';
import { beginning, type State, sendingSlot } from './state';
import { view } from './view';

export class Face {
  private readonly page: FacePage;
  private readonly painter: Painter;
  private readonly camera: Camera;
  private readonly frames: Frames;
  private readonly tone = new Tone();
  private readonly wake_lock = new WakeLock();
  private socket: Socket | null = null;
  private state: State;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(page: FacePage) {
    this.page = page;
    this.state = beginning(page.setup, performance.now());
    this.painter = new Painter(page);
    this.camera = new Camera(page.video);
    this.frames = new Frames(page.video);
    connectControls(page, (event) => this.happen(event));
    this.happen({ type: 'visibility', hidden: document.hidden });
  }

  private happen(event: FaceEvent): void {
    // Browsers let a page sound only from inside a press.
    if (event.type === 'start') this.tone.unlock();
    const { state, effects } = step(this.state, event, performance.now());
    this.state = state;
    for (const effect of effects) this.obey(effect);
    this.painter.paint(view(this.state, this.page.family));
    this.frames.show(sendingSlot(this.state));
  }

  private obey(effect: Effect): void {
    const doings: { readonly [T in Effect['type']]: (it: Extract<Effect, { type: T }>) => void } = {
      open_camera: (it) => void this.openCamera(it),
      close_camera: () => this.camera.close(),
      begin: (it) => void this.begin(it),
      connect: (it) => this.connect(it),
      paint: (it) => this.paint(it),
      say: ({ body }) => this.socket?.say(body),
      disconnect: () => this.disconnect(),
      fetch_result: (it) => void this.fetchResult(it),
      excuse: (it) => void this.excuse(it),
      remember: ({ prefers_actions }) => remember(prefers_actions),
      tone: () => this.tone.play({ muted: !this.state.sounds, volume: 1 }),
      wake_lock: ({ on }) => this.wake_lock.set(on),
      schedule: ({ in_ms }) => this.schedule(in_ms),
      finish: (it) => this.finish(it),
      reload: () => window.location.reload(),
    };
    (doings[effect.type] as (it: Effect) => void)(effect);
  }

  private async openCamera({ serial, id }: Extract<Effect, { type: 'open_camera' }>): Promise<void> {
    try {
      const camera = await this.camera.open(id, {
        allowed: () => this.happen({ type: 'camera_allowed', serial }),
        lost: () => this.happen({ type: 'camera_lost', serial }),
      });
      this.happen({ type: 'camera_ready', serial, camera });
    } catch (error) {
      const why = error instanceof CameraRefusal ? error.why : 'in_use';
      this.happen({ type: 'camera_failed', serial, why });
    }
  }

  private async begin({ serial, body }: Extract<Effect, { type: 'begin' }>): Promise<void> {
    const reply = await this.post(this.page.begin_url, body);
    this.happen({ type: 'begin_answer', serial, answer: readBegin(reply) });
  }

  private connect({ serial, socket, ticket, prefers_actions }: Extract<Effect, { type: 'connect' }>): void {
    const hello = (): Hello => {
      const said = { ticket, camera: this.camera.facts() };
      return prefers_actions ? { ...said, prefer: 'actions' } : said;
    };
    this.disconnect();
    const opened = new Socket(socket, hello, {
      said: (said) => this.happen({ type: 'said', serial, said, frames_per_s: this.frames.per_s }),
      closed: (code) => this.happen({ type: 'socket_closed', serial, code }),
    });
    this.socket = opened;
    const capture = this.state.attempt?.begun.capture;
    if (capture !== undefined) this.frames.begin(capture, opened);
  }

  private disconnect(): void {
    this.frames.end();
    this.socket?.close();
    this.socket = null;
  }

  /** After the second frame from here the colour is on the screen for certain. */
  private paint({ serial, slot }: Extract<Effect, { type: 'paint' }>): void {
    requestAnimationFrame(() => {
      requestAnimationFrame(() => this.happen({ type: 'painted', serial, slot }));
    });
  }

  private async fetchResult({ serial, body }: Extract<Effect, { type: 'fetch_result' }>): Promise<void> {
    const reply = await this.post(this.page.result_url, body);
    this.happen({ type: 'result_answer', serial, answer: readResult(reply) });
  }

  private async excuse({ serial, body }: Extract<Effect, { type: 'excuse' }>): Promise<void> {
    const reply = await this.post(this.page.excuse_url, body);
    this.happen({ type: 'excuse_answer', serial, answer: readResult(reply) });
  }

  private post(url: string, body: string): Promise<Reply> {
    return post(url, body, { 'X-CSRFToken': this.page.csrf });
  }

  /** A host that goes on by itself prevents the way to the next page. */
  private finish({ reply, url }: Extract<Effect, { type: 'finish' }>): void {
    const told = new CustomEvent(FINISHED, { bubbles: true, cancelable: true, detail: { reply, url } });
    if (this.page.root.dispatchEvent(told) && url !== '') window.location.assign(url);
  }

  private schedule(in_ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.happen({ type: 'timer' }), in_ms);
  }
}
