/**
 * Full screen inside the page: the player covers the window, with its own controls. An iPhone's native full screen would bring
 * back the native scrubber, so there it stays with this; elsewhere the browser's full screen is asked for as well.
 */
export class FullPage {
  private readonly root: HTMLElement;
  private readonly button: HTMLElement | null;

  /** A lesson without a picture has no button for it. */
  constructor(root: HTMLElement, button: HTMLElement | null) {
    this.root = root;
    this.button = button;
    button?.addEventListener('click', () => this.set(!this.isOn()));
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.isOn()) this.set(false);
    });
    document.addEventListener('fullscreenchange', () => {
      if (document.fullscreenElement === null) this.show(false);
    });
  }

  /** Goes back into the page, also out of an iPhone's own full screen. */
  leave(): void {
    if (this.isOn() || document.fullscreenElement !== null) this.set(false);
    const video = this.root.querySelector<AppleVideo>('video');
    if (video?.webkitDisplayingFullscreen === true) video.webkitExitFullscreen?.();
  }

  private isOn(): boolean {
    return this.root.classList.contains('player-full');
  }

  private set(on: boolean): void {
    this.show(on);
    if (on && !isApplePhone() && typeof this.root.requestFullscreen === 'function')
      this.root.requestFullscreen().catch(() => undefined);
    if (!on && document.fullscreenElement !== null) document.exitFullscreen().catch(() => undefined);
  }

  private show(on: boolean): void {
    this.root.classList.toggle('player-full', on);
    document.documentElement.classList.toggle('player-over-page', on);
    this.button?.setAttribute('aria-pressed', String(on));
  }
}

interface AppleVideo extends HTMLVideoElement {
  readonly webkitDisplayingFullscreen?: boolean;
  webkitExitFullscreen?(): void;
}

/** iPads call themselves Macs, but a Mac has no touch screen. */
function isApplePhone(): boolean {
  const { platform, maxTouchPoints } = navigator;
  return /^iP/.test(platform) || (platform === 'MacIntel' && maxTouchPoints > 1);
}
