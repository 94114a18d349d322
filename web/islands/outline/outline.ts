/** The outline on the page: handles, keys and pointer, and the lines in the order of the machine. */
import { say } from '../../core/words';
import {
  type Arranging,
  arranged,
  begun,
  type Happening,
  type Item,
  isMoved,
  type Order,
  type Place,
  placeOf,
} from './machine';
import { save } from './saving';

const MOVING = 'outline-moving';
const KEYS: Readonly<Record<string, Happening>> = {
  ArrowUp: { kind: 'stepped', by: -1 },
  ArrowDown: { kind: 'stepped', by: 1 },
  Escape: { kind: 'escaped' },
};

export class Outline {
  private readonly root: HTMLElement;
  private readonly modules: HTMLElement;
  private now: Arranging;
  /** One order after the other: an older one must not come last. */
  private sending: Promise<void> = Promise.resolve();
  private isPainting = false;

  constructor(root: HTMLElement) {
    this.root = root;
    this.modules = this.part('modules');
    this.now = begun(this.shownOrder());
  }

  start(): void {
    for (const line of this.root.querySelectorAll<HTMLElement>('[data-module], [data-lesson]'))
      this.addHandle(line);
    this.part('help').hidden = false;
    this.part('again').addEventListener('click', () => this.send());
  }

  private addHandle(line: HTMLElement): void {
    const handle = document.createElement('button');
    handle.type = 'button';
    handle.className = 'outline-handle';
    handle.setAttribute('aria-label', this.word('handle', { title: line.dataset.title ?? '' }));
    handle.setAttribute('aria-describedby', 'outline-help');
    const head = line.dataset.module === undefined ? line : line.querySelector('.outline-head');
    head?.prepend(handle);
    const item = itemOf(line);
    handle.addEventListener('keydown', (event) => this.press(event, item));
    handle.addEventListener('blur', () => this.leave());
    handle.addEventListener('pointerdown', (event) => this.grab(event, handle, item));
  }

  private press(event: KeyboardEvent, item: Item): void {
    const { held } = this.now;
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      if (held === null) this.pickUp(item);
      else this.putDown();
      return;
    }
    const happening = KEYS[event.key];
    if (held === null || happening === undefined) return;
    event.preventDefault();
    this.step(happening);
    this.focus(item);
    this.say(happening.kind === 'escaped' ? 'left' : '', item);
  }

  /** The document is listened to: a line that is put elsewhere on the page loses the pointer that it has caught. */
  private grab(event: PointerEvent, handle: HTMLElement, item: Item): void {
    if (event.button !== 0 || this.now.held !== null) return;
    event.preventDefault();
    handle.focus();
    this.pickUp(item);
    const move = (moved: PointerEvent) => this.drag(moved, item);
    const end = (ended: PointerEvent) => {
      document.removeEventListener('pointermove', move);
      document.removeEventListener('pointerup', end);
      document.removeEventListener('pointercancel', end);
      if (ended.type === 'pointercancel') this.step({ kind: 'escaped' });
      else this.putDown();
    };
    document.addEventListener('pointermove', move);
    document.addEventListener('pointerup', end);
    document.addEventListener('pointercancel', end);
  }

  private drag(event: PointerEvent, item: Item): void {
    const to = this.placeAt(event.clientX, event.clientY, item);
    if (to !== null) this.step({ kind: 'dragged', to });
  }

  /** Returns the place that the pointer is over: that of the line there, or the end of a module without lessons. */
  private placeAt(x: number, y: number, item: Item): Place | null {
    const over = document.elementFromPoint(x, y);
    const module = over?.closest<HTMLElement>('[data-module]');
    if (module === null || module === undefined || !this.modules.contains(module)) return null;
    const place = placeOf(this.now.order, itemOf(module));
    if (place === null || item.kind === 'module') return place;
    const line = over?.closest<HTMLElement>('[data-lesson]');
    if (line === null || line === undefined)
      return this.now.order[place.module]?.lessons.length === 0 ? place : null;
    return placeOf(this.now.order, itemOf(line));
  }

  private pickUp(item: Item): void {
    this.step({ kind: 'grabbed', item });
    this.lineOf(item)?.classList.add(MOVING);
    this.say('grabbed', item);
  }

  private putDown(): void {
    const { held } = this.now;
    const changed = isMoved(this.now);
    this.step({ kind: 'dropped' });
    for (const line of this.root.querySelectorAll(`.${MOVING}`)) line.classList.remove(MOVING);
    if (changed) this.send();
    else if (held !== null) this.say('left', held);
  }

  /** Whoever goes elsewhere with something picked up has put it down. */
  private leave(): void {
    if (this.now.held !== null && !this.isPainting) this.putDown();
  }

  private step(happening: Happening): void {
    const before = this.now;
    this.now = arranged(before, happening);
    if (happening.kind === 'escaped')
      for (const line of this.root.querySelectorAll(`.${MOVING}`)) line.classList.remove(MOVING);
    if (this.now.order !== before.order) this.paint();
  }

  /** Puts the lines in order; moving the line of a focused handle takes its focus, which is no leaving. */
  private paint(): void {
    this.isPainting = true;
    const focused = document.activeElement;
    for (const each of this.now.order) {
      const module = this.lineOf({ kind: 'module', id: each.id });
      if (module === null) continue;
      this.modules.append(module);
      const lessons = module.querySelector('[data-part="lessons"]');
      for (const id of each.lessons) {
        const line = this.lineOf({ kind: 'lesson', id });
        if (line !== null) lessons?.append(line);
      }
      const none = module.querySelector<HTMLElement>('[data-part="none"]');
      if (none !== null) none.hidden = each.lessons.length > 0;
    }
    if (focused instanceof HTMLElement && this.root.contains(focused)) focused.focus({ preventScroll: true });
    this.isPainting = false;
    this.paintSteps();
  }

  /** The buttons at both ends of the outline lead nowhere. */
  private paintSteps(): void {
    for (const kind of ['module', 'lesson']) {
      const lines = [...this.root.querySelectorAll(`[data-${kind}]`)];
      for (const [index, line] of lines.entries()) {
        const id = line.getAttribute(`data-${kind}`);
        setDisabled(line.querySelector(`[value="up-${kind}-${id}"]`), index === 0);
        setDisabled(line.querySelector(`[value="down-${kind}-${id}"]`), index === lines.length - 1);
      }
    }
  }

  private send(): void {
    this.part('said').textContent = this.word('saving', {});
    this.part('again-row').hidden = true;
    this.sending = this.sending.then(() => this.sendNow());
  }

  private async sendNow(): Promise<void> {
    const saved = await save(this.root.dataset.url ?? '', this.root.dataset.csrf ?? '', this.now.order);
    this.part('again-row').hidden = saved.is !== 'trouble';
    this.part('said').textContent = saved.is === 'refused' ? saved.reason : this.word(saved.is, {});
  }

  private say(word: string, item: Item): void {
    const place = placeOf(this.now.order, item);
    const line = this.lineOf(item);
    if (place === null || line === null) return;
    const module = this.now.order[place.module];
    const is_lesson = item.kind === 'lesson';
    const said = this.word(word || (is_lesson ? 'moved' : 'module'), {
      title: line.dataset.title ?? '',
      module: this.lineOf({ kind: 'module', id: module?.id ?? 0 })?.dataset.title ?? '',
      place: String((is_lesson ? place.lesson : place.module) + 1),
      places: String(is_lesson ? (module?.lessons.length ?? 0) : this.now.order.length),
    });
    this.part('said').textContent = said;
  }

  private focus(item: Item): void {
    this.lineOf(item)?.querySelector<HTMLElement>('.outline-handle')?.focus();
  }

  private word(name: string, values: Readonly<Record<string, string>>): string {
    const key = `word${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    return say({ [name]: this.root.dataset[key] ?? '' }, name, values);
  }

  private shownOrder(): Order {
    return [...this.modules.querySelectorAll<HTMLElement>('[data-module]')].map((module) => ({
      id: Number(module.dataset.module),
      lessons: [...module.querySelectorAll<HTMLElement>('[data-lesson]')].map((line) =>
        Number(line.dataset.lesson),
      ),
    }));
  }

  private lineOf(item: Item): HTMLElement | null {
    return this.root.querySelector<HTMLElement>(`[data-${item.kind}="${item.id}"]`);
  }

  private part(name: string): HTMLElement {
    const part = this.root.querySelector<HTMLElement>(`[data-part="${name}"]`);
    if (part === null) throw new Error(`the outline's template lacks ${name}`);
    return part;
  }
}

function itemOf(line: HTMLElement): Item {
  const { lesson, module } = line.dataset;
  return lesson === undefined
    ? { kind: 'module', id: Number(module) }
    : { kind: 'lesson', id: Number(lesson) };
}

function setDisabled(button: Element | null, is_disabled: boolean): void {
  if (button instanceof HTMLButtonElement) button.disabled = is_disabled;
}
