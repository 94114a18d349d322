/** One line of the queue on the page: the file's name, how far it has come, and the button that stops it or lets it go on. */
import { type Phase, percent } from './machine';
import type { Entry } from './queue';

export type Word = (name: string) => string;

/** What can be pressed in each phase. */
const ACTS: Partial<Record<Phase, 'pause' | 'resume'>> = {
  waiting: 'pause',
  sending: 'pause',
  trouble: 'pause',
  offline: 'pause',
  paused: 'resume',
  stuck: 'resume',
};

export class Line {
  readonly element = document.createElement('li');
  private readonly note = document.createElement('span');
  private readonly bar = document.createElement('progress');
  private readonly button = document.createElement('button');
  private readonly word: Word;

  constructor(name: string, word: Word, press: (act: 'pause' | 'resume') => void) {
    this.word = word;
    this.element.className = 'row-line queue-line';
    const main = document.createElement('div');
    main.className = 'row-main';
    const title = document.createElement('strong');
    title.className = 'file-name';
    title.textContent = name;
    this.bar.className = 'progress';
    this.bar.max = 100;
    this.bar.setAttribute('aria-label', `${word('progress')}: ${name}`);
    this.note.className = 'row-note';
    main.append(title, this.bar, this.note);
    this.button.type = 'button';
    this.button.className = 'button';
    this.button.addEventListener('click', () => {
      const act = this.button.dataset.act;
      if (act === 'pause' || act === 'resume') press(act);
    });
    this.element.append(main, this.button);
  }

  show(entry: Entry): void {
    const { phase, words } = entry.state;
    const done = percent(entry.state);
    this.element.dataset.phase = phase;
    this.bar.value = done;
    this.bar.hidden = phase === 'refused' || phase === 'sent';
    const said = phase === 'refused' ? words : this.word(phase);
    this.note.textContent = this.bar.hidden || phase === 'waiting' ? said : `${done}% · ${said}`;
    const act = ACTS[phase];
    this.button.hidden = act === undefined;
    this.button.dataset.act = act ?? '';
    this.button.textContent = act === undefined ? '' : this.word(act);
    this.button.setAttribute('aria-label', `${this.button.textContent}: ${entry.file.name}`);
  }
}
