/** A stage for the machine: a clock that only the test moves, an obedient video, and a network that can be cut. */
import type { BeatAnswer, Failed, OpeningAnswer } from '../../../core/answers';
import type { Beat } from '../../../core/beat';
import type { Outcome, Prompt, ShowAnswer } from '../../../core/check_answers';
import type { Effect, Event, Sample } from '../events';
import { step } from '../machine';
import { beginning, type Lesson, type State } from '../state';
import { type View, view } from '../view';
import { Server } from './server';

const TICK_MS = 250;
const TRIP_MS = 20;
const GIVE_UP_MS = 8_000;
const FAILED: Failed = { is: 'failed', wait_ms: null };

/** up · down: sending fails at once · deaf: the server hears, its answer is lost · hanging: neither, and no error. */
export type Network = 'up' | 'down' | 'deaf' | 'hanging';

interface Delivery {
  readonly at_ms: number;
  readonly event: Event;
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  }
  return value;
}

export class Stage {
  now_ms = 0;
  readonly server = new Server();
  network: Network = 'up';
  /** Instead of the server's own answer, these, one by one. */
  readonly beat_answers: BeatAnswer[] = [];
  readonly opening_answers: OpeningAnswer[] = [];
  readonly show_answers: ShowAnswer[] = [];
  readonly outcomes: Outcome[] = [];
  /** Answers to checks, as they were sent, and when a pass was heard. */
  readonly answered: { readonly at_ms: number; readonly body: string }[] = [];
  readonly passed_at_ms: number[] = [];
  shown = 0;
  readonly sent: {
    readonly at_ms: number;
    readonly beat: Beat;
    readonly body: string;
    readonly last: boolean;
  }[] = [];
  readonly opened: Extract<Effect, { type: 'open' }>[] = [];
  readonly effects: Effect[] = [];
  state: State;
  in_flight = 0;
  position_ms = 0;
  paused = true;
  rate = 1;
  /** The time of a document's page is full: playing goes on, the position stands. */
  is_full = false;
  private deliveries: Delivery[] = [];
  private timer_at_ms = Number.POSITIVE_INFINITY;

  constructor(lesson: Partial<Lesson> = {}) {
    const whole: Lesson = { length_ms: 360_000, reached_ms: 0, leave_url: '/leave/', pace: null, ...lesson };
    this.server.length_ms = whole.length_ms;
    this.server.reached_ms = whole.reached_ms;
    this.position_ms = whole.reached_ms;
    this.state = freeze(beginning(whole, 0));
  }

  get view(): View {
    return view(this.state);
  }

  get beats(): Beat[] {
    return this.sent.map(({ beat }) => beat);
  }

  sample(): Sample {
    const ended = this.position_ms >= this.state.lesson.length_ms;
    return {
      position_ms: this.position_ms,
      paused: this.paused,
      ended,
      rate: this.rate,
      buffering: false,
      is_full: this.is_full,
    };
  }

  /** Lets something happen now; like the page, it looks at the picture first. */
  happen(event: Event): void {
    if (event.type !== 'media') this.take({ type: 'media', seeking: false, sample: this.sample() });
    this.take(event);
  }

  /** Somebody moves the picture past the machine, as a script or a native control would. */
  drag(position_ms: number): void {
    this.position_ms = position_ms;
    this.take({ type: 'media', seeking: true, sample: this.sample() });
  }

  setRate(rate: number): void {
    this.rate = rate;
    this.take({ type: 'media', seeking: false, sample: this.sample() });
  }

  /** The page that lies open is full from now on, until it is turned. */
  stand(): void {
    this.is_full = true;
    this.take({ type: 'media', seeking: false, sample: this.sample() });
  }

  /** Lets time pass. */
  wait(ms: number): void {
    const until_ms = this.now_ms + ms;
    while (this.now_ms < until_ms) this.tick(Math.min(until_ms, this.now_ms + TICK_MS));
  }

  /** A learner who taps and is counted. */
  start(): this {
    this.happen({ type: 'toggle' });
    this.wait(2 * TRIP_MS);
    return this;
  }

  /** Lets the server ask, and waits for the beat that hears it and for the question. */
  meetCheck(kind: Prompt['kind'] = 'confirm'): this {
    this.server.ask_next = true;
    this.server.ask_kind = kind;
    this.wait(30_300);
    return this;
  }

  /** Presses an option of the check. */
  press(choice: number): void {
    this.happen({ type: 'choose', choice, reaction_ms: 1_234.5 });
  }

  private tick(until_ms: number): void {
    const due = this.deliveries.map(({ at_ms }) => at_ms);
    const next_ms = Math.max(this.now_ms, Math.min(until_ms, this.timer_at_ms, ...due));
    this.pass(next_ms - this.now_ms);
    const arrived = this.deliveries.filter(({ at_ms }) => at_ms <= this.now_ms);
    this.deliveries = this.deliveries.filter(({ at_ms }) => at_ms > this.now_ms);
    for (const { event } of arrived) {
      if (event.type === 'beat_answer') this.in_flight -= 1;
      if (event.type === 'check_outcome' && event.answer.is === 'passed') this.passed_at_ms.push(this.now_ms);
      this.happen(event);
    }
    if (this.timer_at_ms <= this.now_ms) {
      this.timer_at_ms = Number.POSITIVE_INFINITY;
      this.happen({ type: 'timer' });
    }
    if (!this.paused) this.take({ type: 'media', seeking: false, sample: this.sample() });
  }

  private pass(ms: number): void {
    this.now_ms += ms;
    if (this.paused || this.is_full) return;
    this.position_ms = Math.min(this.state.lesson.length_ms, this.position_ms + Math.round(ms * this.rate));
    if (this.position_ms >= this.state.lesson.length_ms) this.paused = true;
    if (this.paused) this.take({ type: 'media', seeking: false, sample: this.sample() });
  }

  /** Like a browser, the video obeys at once and tells its news afterwards. */
  private take(event: Event): void {
    const { state, effects } = step(this.state, freeze(event), this.now_ms);
    this.state = freeze(state);
    const news = effects.map((effect) => this.obey(effect));
    for (const seeking of news)
      if (seeking !== null) this.take({ type: 'media', seeking, sample: this.sample() });
  }

  /** Returns whether the video has news, and if so whether it was sought. */
  private obey(effect: Effect): boolean | null {
    this.effects.push(effect);
    if (effect.type === 'schedule') this.timer_at_ms = this.now_ms + effect.in_ms;
    else if (effect.type === 'open') this.open(effect);
    else if (effect.type === 'send') this.send(effect);
    else if (effect.type === 'show_check') this.showCheck(effect);
    else if (effect.type === 'answer_check') this.answerCheck(effect);
    return this.obeyAsVideo(effect);
  }

  private obeyAsVideo(effect: Effect): boolean | null {
    if (effect.type === 'seek') this.moveTo(effect.position_ms);
    else if (effect.type === 'normal_rate') this.rate = 1;
    else if (effect.type === 'play' || effect.type === 'pause') this.paused = effect.type === 'pause';
    else return null;
    return effect.type === 'seek';
  }

  private moveTo(position_ms: number): void {
    this.position_ms = position_ms;
    this.is_full = false;
  }

  private open(effect: Extract<Effect, { type: 'open' }>): void {
    this.opened.push(effect);
    const down = this.network !== 'up';
    const answer: OpeningAnswer = down
      ? { is: 'failed', wait_ms: null }
      : (this.opening_answers.shift() ?? this.server.open(this.now_ms));
    this.deliver(TRIP_MS, { type: 'opening_answer', serial: effect.serial, answer });
  }

  private send(effect: Extract<Effect, { type: 'send' }>): void {
    const { serial, body, last } = effect;
    this.sent.push({ at_ms: this.now_ms, beat: JSON.parse(body) as Beat, body, last });
    const heard = this.network === 'up' || this.network === 'deaf';
    const answer = heard
      ? (this.beat_answers.shift() ?? this.server.hear(body, this.now_ms))
      : ({ is: 'failed', wait_ms: null } as const);
    if (last) return;
    this.in_flight += 1;
    const lost = this.network === 'deaf' || this.network === 'hanging';
    const said: BeatAnswer = lost ? { is: 'failed', wait_ms: null } : answer;
    this.deliver(lost ? GIVE_UP_MS : TRIP_MS, { type: 'beat_answer', serial, answer: said });
  }

  private showCheck({ serial }: Extract<Effect, { type: 'show_check' }>): void {
    this.shown += 1;
    const ask = (): ShowAnswer => this.show_answers.shift() ?? this.server.checks.show(this.now_ms);
    this.exchange(ask, (answer) => ({ type: 'check_shown', serial, answer }));
  }

  private answerCheck({ serial, body }: Extract<Effect, { type: 'answer_check' }>): void {
    this.answered.push({ at_ms: this.now_ms, body });
    const ask = (): Outcome => this.outcomes.shift() ?? this.server.hearCheck(body, this.now_ms);
    this.exchange(ask, (answer) => ({ type: 'check_outcome', serial, answer }));
  }

  private exchange<A>(ask: () => A, event: (answer: A | Failed) => Event): void {
    const heard = this.network === 'up' || this.network === 'deaf';
    const answer = heard ? ask() : FAILED;
    const lost = this.network === 'deaf' || this.network === 'hanging';
    this.deliver(lost ? GIVE_UP_MS : TRIP_MS, event(lost ? FAILED : answer));
  }

  private deliver(in_ms: number, event: Event): void {
    this.deliveries.push({ at_ms: this.now_ms + in_ms, event });
  }
}
