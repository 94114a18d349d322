/** Puts the view of a face check on the page, and touches only what has changed. */
import { say } from '../../core/words';
import { attribute, saying, text } from '../player/touching';
import type { CalmView, Sentence } from './calm';
import type { MessageKey } from './messages';
import type { FacePage } from './page';
import { Speaker } from './speaker';
import type { LiveView, View } from './view';

const WHITE = '#ffffff';
/** Said to those who cannot see the seconds. */
const SPOKEN_AT_S = 10;

export class Painter {
  private readonly page: FacePage;
  private readonly speaker: Speaker;
  private phase: View['phase'] | null = null;

  constructor(page: FacePage) {
    this.page = page;
    this.speaker = new Speaker(page.part('spoken'));
    page.part('unstarted').hidden = true;
  }

  paint(view: View): void {
    const { page, phase } = this;
    attribute(page.root, 'data-phase', view.phase);
    page.part('live').hidden = view.live === null;
    page.part('calm').hidden = view.calm === null;
    document.documentElement.classList.toggle('face-over-page', view.live !== null);
    attribute(page.part('sound'), 'aria-pressed', String(view.sounds));
    if (view.live !== null) this.paintLive(view.live);
    if (view.calm !== null) this.paintCalm(view.calm, view.prefers_actions);
    this.phase = view.phase;
    if (phase !== null && phase !== view.phase) this.focus(view);
  }

  /** Whoever uses the keyboard or a screen reader is led to what is new; nobody is led anywhere when the page opens. */
  private focus({ live }: View): void {
    const place = this.page.part(live === null ? 'title' : 'live');
    if (live === null || !place.contains(document.activeElement))
      place.focus({ preventScroll: live !== null });
  }

  private paintLive(live: LiveView): void {
    const { page } = this;
    const word = this.said(live.word);
    const note = live.note === null ? null : this.said(live.note);
    attribute(page.part('screen'), 'fill', live.colour ?? WHITE);
    attribute(page.part('ring'), 'stroke-dasharray', `${(100 * live.share_done).toFixed(1)} 100`);
    attribute(page.part('live'), 'data-good', String(live.is_good));
    attribute(page.part('sign'), 'data-sign', live.sign ?? 'none');
    text(page.part('word'), word);
    saying(page.part('live-note'), note);
    const { seconds_left } = live;
    const left =
      seconds_left === null ? '' : say(page.messages, 'seconds_left', { seconds: String(seconds_left) });
    text(page.part('left'), left);
    page.part('live-actions').hidden = !live.may_ask_for_actions;
    const soon = seconds_left === SPOKEN_AT_S ? left : null;
    this.speaker.say([word, note, soon].filter(Boolean).join(' '), live.is_urgent || soon !== null);
  }

  private paintCalm(calm: CalmView, prefers_actions: boolean): void {
    const { page } = this;
    this.speaker.say('', true);
    attribute(page.part('calm'), 'data-mark', calm.mark);
    text(page.part('title'), this.said(calm.title));
    const line = calm.line === null ? null : this.said(calm.line);
    saying(page.part('line'), calm.message ?? line);
    saying(page.part('note'), calm.note === null ? null : this.said(calm.note));
    this.list(
      'items',
      calm.items.map((item) => this.said(item)),
    );
    const steps = calm.steps === null ? [] : page.messages[calm.steps].split('\n');
    this.list('steps', steps);
    this.paintButtons(calm);
    page.part('flash-choice').hidden = !calm.shows_flash_choice;
    text(page.part('flash-words'), this.word(prefers_actions ? 'actions_chosen' : 'flash_warning'));
    page.part('flash').dataset.actions = String(prefers_actions);
    text(page.part('flash'), this.word(prefers_actions ? 'flash_on' : 'flash_off'));
  }

  private paintButtons(calm: CalmView): void {
    const { page } = this;
    const main = page.part('main');
    main.hidden = calm.main === null;
    if (calm.main !== null) text(main, this.word(calm.main.label));
    main.dataset.does = calm.main?.does ?? '';
    page.part('switch').hidden = !calm.may_switch;
    page.part('excuse').hidden = !calm.may_excuse;
    const supervised = page.part('supervised');
    supervised.hidden = !calm.offers_supervised || !supervised.getAttribute('href');
  }

  private list(name: string, lines: readonly string[]): void {
    const list = this.page.part(name);
    list.hidden = lines.length === 0;
    const shown = [...list.children].map((line) => line.textContent);
    if (shown.join('\n') === lines.join('\n')) return;
    while (list.firstChild) list.firstChild.remove();
    for (const words of lines) {
      const line = document.createElement('li');
      line.textContent = words;
      list.append(line);
    }
  }

  private said({ key, values }: Sentence): string {
    return say(this.page.messages, key, values);
  }

  private word(key: MessageKey): string {
    return this.page.messages[key];
  }
}
