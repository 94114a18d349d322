/** The video element and its stream, behind the few verbs that the machine knows. */
import Hls, { type ErrorData } from 'hls.js/light';
import type { ReleasedKey } from '../../core/answers';
import type { Sample } from './events';
import { keyLoader } from './key_loader';
import { KeyRing } from './key_ring';

const RELOAD_MS = 3_000;
const MAX_RECOVERIES = 3;
/** An outage of a minute is played through; keys reach a little further (docs/rules/release.md). */
const BUFFER = { maxBufferLength: 60, maxMaxBufferLength: 65 };

/** The element that plays, and the address of what it plays. */
export interface Source {
  readonly video: HTMLVideoElement;
  readonly source: string;
}

/** What a picture tells of itself. */
export interface News {
  readonly trouble: (for_good: boolean) => void;
  readonly locked: (is_locked: boolean) => void;
}

export class Picture {
  private readonly video: HTMLVideoElement;
  private readonly source: string;
  private readonly news: News;
  private readonly keys = new KeyRing();
  private hls: Hls | null = null;
  private is_ready = false;
  /** Nothing of the lesson is loaded before somebody wants to see it. */
  private is_wanted = false;
  private recoveries = 0;
  /** Where to start once the stream is there; until then this is the position. */
  private pending_ms: number | null;

  constructor(of: Source, start_ms: number, news: News) {
    const { video, source } = of;
    this.video = video;
    this.source = source;
    this.news = news;
    this.pending_ms = start_ms;
    video.addEventListener('loadedmetadata', () => this.applyPending());
    // Asked before canPlayType: Chromium says "maybe" to HLS and then plays it badly.
    if (Hls.isSupported()) this.attachHls();
    else this.attachNative();
  }

  look(): Sample {
    const { video } = this;
    return {
      position_ms: this.pending_ms ?? Math.round(video.currentTime * 1_000),
      paused: video.paused,
      ended: video.ended && this.pending_ms === null,
      rate: video.playbackRate,
      buffering: !video.paused && !video.ended && video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA,
    };
  }

  /** Starts; `blocked` is called when the browser wants a tap first. */
  play(blocked: () => void): void {
    const started = this.video.play() as Promise<void> | undefined;
    started?.catch((error: unknown) => {
      const name = error instanceof DOMException ? error.name : '';
      if (name === 'NotAllowedError') blocked();
      else if (name === 'NotSupportedError') this.news.trouble(true);
    });
  }

  pause(): void {
    this.video.pause();
  }

  seek(position_ms: number): void {
    if (this.is_ready && this.video.readyState >= HTMLMediaElement.HAVE_METADATA) {
      this.video.currentTime = position_ms / 1_000;
      return;
    }
    const first = !this.is_wanted;
    this.is_wanted = true;
    this.pending_ms = position_ms;
    if (first && this.is_ready) this.load();
  }

  /** Takes keys that the server has released; a browser that plays by itself asks for its own. */
  learn(keys: readonly ReleasedKey[]): void {
    this.keys.learn(keys);
  }

  normalRate(): void {
    this.video.defaultPlaybackRate = 1;
    this.video.playbackRate = 1;
  }

  /** Plays and pauses inside the tap: iPhones then allow playing after the server has answered. */
  prime(): void {
    this.play(() => undefined);
    this.video.pause();
  }

  private load(): void {
    if (this.hls !== null) this.hls.startLoad((this.pending_ms ?? 0) / 1_000);
    else if (this.video.preload === 'none') this.video.preload = 'auto';
  }

  private applyPending(): void {
    if (this.pending_ms === null) return;
    const place = this.pending_ms / 1_000;
    // Moving to where it is already would take the poster away.
    if (this.video.currentTime !== place) this.video.currentTime = place;
    this.pending_ms = null;
  }

  private attachHls(): void {
    const hls = new Hls({
      ...BUFFER,
      autoStartLoad: false,
      enableWorker: false,
      loader: keyLoader({ ring: this.keys, locked: this.news.locked }),
    });
    this.hls = hls;
    hls.on(Hls.Events.MANIFEST_PARSED, () => {
      this.is_ready = true;
      if (this.is_wanted) this.load();
    });
    hls.on(Hls.Events.ERROR, (_, data) => {
      if (data.fatal) this.recover(hls, data);
    });
    hls.loadSource(this.source);
    hls.attachMedia(this.video);
  }

  private recover(hls: Hls, data: ErrorData): void {
    this.recoveries += 1;
    if (data.type === Hls.ErrorTypes.NETWORK_ERROR) {
      this.news.trouble(false);
      setTimeout(() => {
        if (this.is_ready) hls.startLoad();
        else hls.loadSource(this.source);
      }, RELOAD_MS);
    } else if (data.type === Hls.ErrorTypes.MEDIA_ERROR && this.recoveries <= MAX_RECOVERIES) {
      this.news.trouble(false);
      this.again(() => hls.recoverMediaError());
    } else {
      this.news.trouble(true);
    }
  }

  private attachNative(): void {
    this.is_ready = true;
    this.video.src = this.source;
    this.video.addEventListener('error', () => {
      this.recoveries += 1;
      const for_good = this.recoveries > MAX_RECOVERIES;
      this.news.trouble(for_good);
      if (!for_good) setTimeout(() => this.again(() => this.video.load()), RELOAD_MS);
    });
  }

  /** Loads anew and goes on from where the picture was. */
  private again(load: () => void): void {
    const { position_ms, paused } = this.look();
    this.pending_ms = position_ms;
    load();
    if (!paused) this.play(() => undefined);
  }
}

/** Takes away the browser's own ways around the page's controls. They only deter. */
export function closeSideDoors(video: HTMLVideoElement, title: string): void {
  video.disablePictureInPicture = true;
  video.disableRemotePlayback = true;
  video.addEventListener('enterpictureinpicture', () => {
    document.exitPictureInPicture?.().catch(() => undefined);
  });
  video.addEventListener('contextmenu', (event) => event.preventDefault());
  const session = navigator.mediaSession as MediaSession | undefined;
  if (session === undefined) return;
  if (typeof MediaMetadata !== 'undefined') session.metadata = new MediaMetadata({ title });
  for (const action of ['seekto', 'seekforward', 'seekbackward', 'nexttrack', 'previoustrack'] as const) {
    try {
      session.setActionHandler(action, () => undefined);
    } catch {
      // This browser does not know the action, so it cannot be used either.
    }
  }
}
