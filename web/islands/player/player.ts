/** The player's thin shell: hands what happens to the machine, and does what the machine says. */
import { type Reply, readBeat, readOpening } from '../../core/answers';
import { readOutcome, readShow } from '../../core/check_answers';
import { CheckDialog } from './check_dialog';
import { connectBrowser, connectControls } from './controls';
import type { Effect, Event } from './events';
import { step } from './machine';
import { lastWord, post, windowName } from './network';
import type { Page } from './page';
import { Painter } from './paint';
import type { Scene, SetScene } from './scene';
import { beginning, type State } from './state';
import { Tone } from './tone';
import { view } from './view';
import { WakeLock } from './wake_lock';

export class Player {
  private readonly page: Page;
  private readonly scene: Scene;
  private readonly painter: Painter;
  private readonly check_dialog: CheckDialog;
  private readonly tone = new Tone();
  private readonly wake_lock = new WakeLock();
  private state: State;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(page: Page, setScene: SetScene) {
    this.page = page;
    this.state = beginning(page.lesson, performance.now());
    this.painter = new Painter(page);
    const happen = (event: Event): void => this.happen(event);
    this.scene = setScene(page, {
      start_ms: this.state.media.position_ms,
      happen,
      look: (seeking) => this.look(seeking),
      view: () => view(this.state),
    });
    const full_page = connectControls(page, happen);
    this.check_dialog = new CheckDialog(page, happen, () => {
      full_page.leave();
      this.tone.play(this.scene.loudness);
    });
    connectBrowser(happen);
    this.happen({ type: 'visibility', hidden: document.hidden });
  }

  /** Every event is judged by where the picture is now, not by where it was a quarter of a second ago. */
  private happen(event: Event): void {
    this.look(false);
    this.take(event);
  }

  private look(seeking: boolean): void {
    this.take({ type: 'media', seeking, sample: this.scene.stage.look() });
  }

  private take(event: Event): void {
    const { state, effects } = step(this.state, event, performance.now());
    this.state = state;
    for (const effect of effects) this.obey(effect);
    const shown = view(this.state);
    this.painter.paint(shown);
    this.scene.paint(shown);
    this.check_dialog.paint(shown.check);
  }

  private obey(effect: Effect): void {
    const doings: { readonly [T in Effect['type']]: (it: Extract<Effect, { type: T }>) => void } = {
      play: () => this.scene.stage.play(() => this.happen({ type: 'play_blocked' })),
      pause: () => this.scene.stage.pause(),
      seek: ({ position_ms }) => this.scene.stage.seek(position_ms),
      normal_rate: () => this.scene.stage.normalRate(),
      prime: () => {
        this.tone.unlock();
        this.scene.stage.prime();
      },
      open: (it) => void this.open(it),
      send: (it) => void this.send(it),
      show_check: (it) => void this.showCheck(it),
      answer_check: (it) => void this.answerCheck(it),
      schedule: ({ in_ms }) => this.schedule(in_ms),
      keys: ({ keys }) => this.scene.stage.learn?.(keys),
      wake_lock: ({ on }) => this.wake_lock.set(on),
      navigate: ({ url }) => window.location.assign(url),
      reload: () => window.location.reload(),
    };
    (doings[effect.type] as (it: Effect) => void)(effect);
  }

  private async open({ serial, take_over }: Extract<Effect, { type: 'open' }>): Promise<void> {
    const body = JSON.stringify({ window: windowName(), take_over });
    const reply = await post(this.page.open_url, body, { 'X-CSRFToken': this.page.csrf });
    this.happen({ type: 'opening_answer', serial, answer: readOpening(reply) });
    this.scene.stage.heard?.();
  }

  private async send({ serial, body, last }: Extract<Effect, { type: 'send' }>): Promise<void> {
    if (last) {
      lastWord(this.page.beat_url, body);
      return;
    }
    const reply = await post(this.page.beat_url, body);
    this.happen({ type: 'beat_answer', serial, answer: readBeat(reply) });
    this.scene.stage.heard?.();
  }

  private async showCheck({ serial }: Extract<Effect, { type: 'show_check' }>): Promise<void> {
    const reply = await this.postCheck('show/', '{}');
    this.happen({ type: 'check_shown', serial, answer: readShow(reply) });
  }

  private async answerCheck({ serial, body }: Extract<Effect, { type: 'answer_check' }>): Promise<void> {
    const reply = await this.postCheck('answer/', body);
    this.happen({ type: 'check_outcome', serial, answer: readOutcome(reply) });
  }

  private postCheck(what: string, body: string): Promise<Reply> {
    return post(this.page.check_url + what, body, { 'X-CSRFToken': this.page.csrf });
  }

  private schedule(in_ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.happen({ type: 'timer' }), in_ms);
  }
}
