/** Gives the stream the keys of the ring; a key that is not released yet is waited for, while what is loaded plays on. */
import Hls, { type LoaderCallbacks, type LoaderConfiguration, type LoaderContext } from 'hls.js/light';
import { type KeyRing, stretchOf } from './key_ring';

const ASK_AGAIN_MS = 5_000;
const NOT_RELEASED = 403;
const KEY_BYTES = 16;

type Callbacks = LoaderCallbacks<LoaderContext>;

/** What loaders of one film share; `locked` is told when a key is waited for, and when it has come. */
export interface Lock {
  readonly ring: KeyRing;
  readonly locked: (is_locked: boolean) => void;
}

/** Returns the class by which the stream loads everything: keys from the lock, all else as usual. */
export function keyLoader(lock: Lock) {
  return class extends KeyLoader {
    protected override readonly lock = lock;
  };
}

abstract class KeyLoader extends Hls.DefaultConfig.loader {
  protected abstract readonly lock: Lock;
  private end_waiting: () => void = () => undefined;
  private is_over = false;

  override load(context: LoaderContext, config: LoaderConfiguration, callbacks: Callbacks): void {
    const stretch = stretchOf(context.url);
    if (stretch === null) super.load(context, config, callbacks);
    else void this.bring(stretch, context, callbacks);
  }

  override abort(): void {
    this.stop();
    super.abort();
  }

  override destroy(): void {
    this.stop();
    super.destroy();
  }

  private stop(): void {
    this.is_over = true;
    this.end_waiting();
  }

  private async bring(stretch: number, context: LoaderContext, callbacks: Callbacks): Promise<void> {
    const { ring, locked } = this.lock;
    const status = ring.get(stretch) === null ? await ask(context.url, stretch, ring) : 200;
    const data = ring.get(stretch);
    if (this.is_over) return;
    if (data !== null) {
      locked(false);
      this.stats.loaded = this.stats.total = data.byteLength;
      callbacks.onSuccess({ url: context.url, data, code: 200 }, this.stats, context, null);
    } else if (status === NOT_RELEASED) {
      locked(true);
      this.wait(stretch, () => void this.bring(stretch, context, callbacks));
    } else {
      callbacks.onError({ code: status, text: 'no key' }, context, null, this.stats);
    }
  }

  private wait(stretch: number, again: () => void): void {
    const go = (): void => {
      this.end_waiting();
      again();
    };
    const timer = setTimeout(go, ASK_AGAIN_MS);
    const forget = this.lock.ring.await(stretch, go);
    this.end_waiting = () => {
      clearTimeout(timer);
      forget();
    };
  }
}

/** Asks the server for a key and puts it on the ring; returns the answer's status, 0 for none. */
async function ask(url: string, stretch: number, ring: KeyRing): Promise<number> {
  try {
    const response = await fetch(url, { credentials: 'same-origin', cache: 'no-store' });
    const key = new Uint8Array(await response.arrayBuffer());
    if (response.status === 200 && key.byteLength === KEY_BYTES) ring.put(stretch, key);
    return response.status;
  } catch {
    return 0;
  }
}
