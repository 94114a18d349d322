/** A part of a page that is fetched anew while somebody looks at it. */
const SECOND_MS = 1_000;
const GIVE_UP_MS = 8_000;
/** After as many failures in a row the wait has grown to this many times the usual one. */
const MOST_PATIENT = 5;

export class Refreshing {
  private readonly root: HTMLElement;
  private readonly every_ms: number;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;
  private failures = 0;
  private spoken: string;

  constructor(root: HTMLElement) {
    this.root = root;
    this.every_ms = Number(root.dataset.everyMs);
    this.spoken = this.summary();
  }

  /** Begins; the link that loads the whole page is for those without a script, and goes. */
  start(): void {
    this.part('reload').hidden = true;
    const toggle = this.part('toggle');
    toggle.hidden = false;
    toggle.addEventListener('click', () => this.stop(!this.stopped));
    document.addEventListener('visibilitychange', () => this.look());
    setInterval(() => this.countDown(), SECOND_MS);
    this.stop(false, this.every_ms);
  }

  private stop(stopped: boolean, in_ms = 0): void {
    this.stopped = stopped;
    this.part('toggle').textContent = this.word(stopped ? 'wordResume' : 'wordPause');
    this.schedule(in_ms);
  }

  /** A page that comes to the front again is old: it is refreshed at once. */
  private look(): void {
    this.schedule(0);
  }

  private schedule(in_ms: number): void {
    clearTimeout(this.timer);
    const looked_at = this.root.isConnected && !document.hidden;
    if (!this.stopped && looked_at) this.timer = setTimeout(() => void this.refresh(), in_ms);
  }

  private async refresh(): Promise<void> {
    const response = await this.fetched();
    if (response === 'over') {
      this.stopped = true;
      this.part('note').textContent = this.word('wordOver');
      this.part('toggle').hidden = true;
      this.part('reload').hidden = false;
      return;
    }
    if (response === null) this.failures += 1;
    else this.show(response);
    this.schedule(this.every_ms * Math.min(MOST_PATIENT, 1 + this.failures));
  }

  /** Returns the fresh part; null when it cannot be had now, `over` when it never will again. */
  private async fetched(): Promise<string | null> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), GIVE_UP_MS);
    try {
      const response = await fetch(this.root.dataset.url ?? '', { signal: abort.signal });
      if (response.redirected || response.status === 403 || response.status === 404) return 'over';
      if (response.ok) return await response.text();
    } catch {
      // The network is down, or the server too slow: the next time will tell.
    } finally {
      clearTimeout(timer);
    }
    this.part('note').textContent = this.word('wordLost');
    return null;
  }

  private show(html: string): void {
    this.failures = 0;
    this.part('note').textContent = '';
    const board = this.part('board');
    const focused = board.contains(document.activeElement)
      ? document.activeElement?.getAttribute('href')
      : null;
    board.innerHTML = html;
    if (focused)
      board.querySelector<HTMLElement>(`[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    this.speak();
  }

  private speak(): void {
    const summary = this.summary();
    if (summary === this.spoken) return;
    this.spoken = summary;
    this.part('spoken').textContent = summary;
  }

  private summary(): string {
    return this.root.querySelector<HTMLElement>('[data-summary]')?.dataset.summary ?? '';
  }

  private countDown(): void {
    for (const left of this.root.querySelectorAll('[data-seconds-left]'))
      left.textContent = String(Math.max(0, Number(left.textContent) - 1));
  }

  private word(name: string): string {
    return this.root.dataset[name] ?? '';
  }

  private part(name: string): HTMLElement {
    const found = this.root.querySelector<HTMLElement>(`[data-part="${name}"]`);
    if (found === null) throw new Error(`no part ${name}`);
    return found;
  }
}
