/** A stage for the machine: a clock that only the test moves, and notes of what it wants done. */
import type { BeginAnswer, FaceOutcome, FaceResult, Said, Why } from '../../../core/face_check';
import type { Effect, Event } from '../events';
import { step } from '../machine';
import { beginning, type Setup, type State, sendingSlot } from '../state';
import { type View, view } from '../view';

export const CAPTURE = { long: 640, short: 480, fps: 10, quality: 0.8 } as const;
export const BEGUN = {
  is: 'begun',
  attempt: 'attempt',
  ticket: 'ticket',
  socket: '/face/socket',
  left_ms: 60_000,
  attempts_left: 3,
  capture: CAPTURE,
} as const;
const INPUTS = [
  { id: 'one', label: 'OBS Virtual Camera' },
  { id: 'two', label: 'HD Webcam' },
];

export const PLACE: Said = { do: 'place', slot: 0, hint: null, done: 1, of: 3 };
export const FLASH: Said = { do: 'flash', slot: 4, colour: '#c8ffc8', number: 2, of: 8 };
export const ACT: Said = { do: 'act', slot: 12, action: 'turn_left', number: 1, of: 3, within_ms: 5_000 };

export class Stage {
  now_ms = 0;
  state: State;
  readonly effects: Effect[] = [];

  constructor(setup: Partial<Setup> = {}) {
    const whole: Setup = {
      purpose: 'check',
      check: 'check',
      missing: null,
      prefers_actions: false,
      without_flash: false,
      next_url: '/next/',
    };
    this.state = beginning({ ...whole, ...setup }, 0);
  }

  get view(): View {
    return view(this.state, 'desktop');
  }

  get slot(): number | null {
    return sendingSlot(this.state);
  }

  /** The effects of one type, in order. */
  all<T extends Effect['type']>(type: T): Extract<Effect, { type: T }>[] {
    return this.effects.filter((effect): effect is Extract<Effect, { type: T }> => effect.type === type);
  }

  happen(event: Event): this {
    const { state, effects } = step(this.state, event, this.now_ms);
    this.state = state;
    this.effects.push(...effects);
    return this;
  }

  /** Lets time pass; the machine gets its timer when it wanted it. */
  wait(ms: number): this {
    const until_ms = this.now_ms + ms;
    while (this.state.wake_at_ms !== null && this.state.wake_at_ms <= until_ms) {
      this.now_ms = Math.max(this.now_ms, this.state.wake_at_ms);
      this.happen({ type: 'timer' });
    }
    this.now_ms = until_ms;
    return this;
  }

  /** Presses the button and is given the camera. */
  start(): this {
    this.happen({ type: 'start' });
    return this.cameraReady();
  }

  cameraReady(id = 'one'): this {
    this.happen({ type: 'camera_allowed', serial: this.state.camera_serial });
    const camera = { id, width: 640, height: 480, inputs: INPUTS };
    return this.happen({ type: 'camera_ready', serial: this.state.camera_serial, camera });
  }

  cameraFailed(why: Why): this {
    return this.happen({ type: 'camera_failed', serial: this.state.camera_serial, why });
  }

  begin(answer: BeginAnswer = BEGUN): this {
    return this.happen({ type: 'begin_answer', serial: this.request, answer });
  }

  /** As far as the socket. */
  connect(): this {
    return this.start().begin();
  }

  say(...said: readonly Said[]): this {
    const serial = this.state.attempt?.serial ?? 0;
    for (const one of said) this.happen({ type: 'said', serial, said: one, frames_per_s: 9.6 });
    return this;
  }

  /** The colour of a flash is on the screen. */
  paint(slot: number): this {
    return this.happen({ type: 'painted', serial: this.state.attempt?.serial ?? 0, slot });
  }

  done(outcome: FaceOutcome, attempts_left = 2): this {
    return this.say({ do: 'done', outcome, codes: [], attempts_left });
  }

  close(code: number): this {
    return this.happen({ type: 'socket_closed', serial: this.state.attempt?.serial ?? 0, code });
  }

  settle(answer: FaceResult): this {
    return this.happen({ type: 'result_answer', serial: this.request, answer });
  }

  excused(answer: FaceResult): this {
    return this.happen({ type: 'excuse_answer', serial: this.request, answer });
  }

  private get request(): number {
    return this.state.request?.serial ?? -1;
  }
}
