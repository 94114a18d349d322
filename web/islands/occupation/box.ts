/** The box on the page: shows how the choosing stands, and tells the machine what happens to it. */
import { asked } from './asking';
import {
  begun,
  type Choosing,
  entered,
  type Happening,
  isOpen,
  isUnchosen,
  type Occupation,
  stepped,
  wanted,
} from './machine';

const REST_MS = 200;

export class OccupationBox {
  private readonly root: HTMLElement;
  private readonly search: HTMLInputElement;
  private readonly hidden = document.createElement('input');
  private readonly list = document.createElement('ul');
  private readonly facts = document.createElement('p');
  private readonly said = document.createElement('p');
  private now: Choosing;
  private timer = 0;

  constructor(root: HTMLElement) {
    this.root = root;
    this.search = this.part<HTMLInputElement>('search');
    this.now = begun(this.checked(), this.search.value);
  }

  start(): void {
    this.build();
    this.search.addEventListener('input', () => this.tell({ kind: 'typed', text: this.search.value }));
    this.search.addEventListener('keydown', (event) => this.key(event));
    this.search.addEventListener('blur', () => this.tell({ kind: 'left' }));
    this.list.addEventListener('pointerdown', (event) => event.preventDefault()); // the box keeps the focus
    this.list.addEventListener('mousedown', (event) => event.preventDefault());
    this.list.addEventListener('click', (event) => {
      const option = (event.target as Element).closest<HTMLElement>('[role="option"]');
      if (option !== null) this.tell({ kind: 'picked', place: [...this.list.children].indexOf(option) });
    });
    this.show();
  }

  /** Nothing of the way without script stays: a second button to send the form would answer to Enter. */
  private build(): void {
    this.part('find').remove();
    this.part('choices').remove();
    this.hidden.type = 'hidden';
    this.hidden.name = this.root.dataset.name ?? '';
    this.list.id = `${this.search.id}_list`;
    this.list.className = 'occupation-list';
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', this.search.labels?.[0]?.textContent?.trim() ?? '');
    this.facts.className = 'occupation-facts';
    this.said.className = 'occupation-said';
    this.said.setAttribute('role', 'status');
    this.search.setAttribute('role', 'combobox');
    this.search.setAttribute('aria-autocomplete', 'list');
    this.search.setAttribute('aria-controls', this.list.id);
    this.root.dataset.live = '';
    this.root.append(this.hidden, this.list, this.facts, this.said);
  }

  private tell(happening: Happening): void {
    const before = this.now;
    this.now = stepped(before, happening);
    if (this.now === before) return;
    this.show();
    if (this.now.chosen !== before.chosen) this.hidden.dispatchEvent(new Event('change', { bubbles: true }));
    this.ask(wanted(before));
  }

  private ask(before: string): void {
    const text = wanted(this.now);
    if (text === before) return;
    window.clearTimeout(this.timer);
    if (text === '') return;
    this.timer = window.setTimeout(
      async () => this.tell(await asked(this.root.dataset.url ?? '', text)),
      REST_MS,
    );
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return; // the keys belong to the input method that writes Chinese
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      this.tell({ kind: 'moved', by: event.key === 'ArrowDown' ? 1 : -1 });
    } else if (event.key === 'Escape') {
      event.preventDefault();
      this.tell({ kind: 'escaped' });
    } else if (event.key === 'Enter') {
      const meaning = entered(this.now);
      if (meaning !== 'send') event.preventDefault();
      if (meaning === 'pick') this.tell({ kind: 'picked', place: this.now.active });
    }
  }

  private show(): void {
    const { text, chosen, active } = this.now;
    if (this.search.value !== text) this.search.value = text;
    this.hidden.value = chosen?.code ?? '';
    this.facts.textContent = chosen === null ? '' : [chosen.code, chosen.facts].filter(Boolean).join(' · ');
    this.list.hidden = !isOpen(this.now);
    this.list.replaceChildren(...this.now.matches.map((match, place) => this.option(match, place)));
    this.search.setAttribute('aria-expanded', String(isOpen(this.now)));
    const current = this.list.children[active];
    if (current === undefined) this.search.removeAttribute('aria-activedescendant');
    else this.search.setAttribute('aria-activedescendant', current.id);
    current?.scrollIntoView({ block: 'nearest' });
    const words = this.words();
    if (this.said.textContent !== words) this.said.textContent = words;
  }

  private option(match: Occupation, place: number): HTMLLIElement {
    const line = document.createElement('li');
    line.id = `${this.list.id}_${place}`;
    line.setAttribute('role', 'option');
    line.setAttribute('aria-selected', String(place === this.now.active));
    const name = document.createElement('strong');
    name.textContent = match.name;
    const code = document.createElement('span');
    code.className = 'figure';
    code.textContent = match.code;
    const note = document.createElement('span');
    note.className = 'row-note';
    note.textContent = match.facts;
    line.append(name, ' ', code, note);
    return line;
  }

  private words(): string {
    const { phase, matches, has_more } = this.now;
    if (phase === 'trouble' || phase === 'over') return this.word(phase);
    if (phase === 'listed' && matches.length === 0) return this.word('none');
    if (phase === 'listed' && has_more) return this.word('more');
    if (phase === 'listed') return this.word('found').replace('{count}', String(matches.length));
    return phase === 'resting' && isUnchosen(this.now) ? this.word('unchosen') : '';
  }

  private checked(): Occupation | null {
    const radio = this.root.querySelector<HTMLInputElement>('input[type="radio"]:checked');
    if (radio === null || radio.value === '') return null;
    return { code: radio.value, name: radio.dataset.title ?? '', facts: radio.dataset.facts ?? '' };
  }

  private word(name: string): string {
    return this.root.dataset[`word${name.charAt(0).toUpperCase()}${name.slice(1)}`] ?? '';
  }

  private part<Part extends HTMLElement = HTMLElement>(name: string): Part {
    const found = this.root.querySelector<Part>(`[data-part="${name}"]`);
    if (found === null) throw new Error(`no part ${name}`);
    return found;
  }
}
