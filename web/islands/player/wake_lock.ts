/** Keeps the screen awake while the picture moves, where the browser can. */
export class WakeLock {
  private wanted = false;
  private held: WakeLockSentinel | null = null;

  constructor() {
    document.addEventListener('visibilitychange', () => this.settle());
  }

  set(wanted: boolean): void {
    this.wanted = wanted;
    this.settle();
  }

  private settle(): void {
    const locks = navigator.wakeLock as WakeLock_ | undefined;
    if (locks === undefined || document.hidden) return;
    if (!this.wanted) this.release();
    else if (this.held === null || this.held.released) this.request(locks);
  }

  private request(locks: WakeLock_): void {
    locks.request('screen').then(
      (sentinel) => {
        this.held = sentinel;
        if (!this.wanted) this.release();
      },
      () => undefined, // low battery: the screen may go dark, and the page then says that this does not count
    );
  }

  private release(): void {
    this.held?.release().catch(() => undefined);
    this.held = null;
  }
}

type WakeLock_ = Navigator['wakeLock'];
