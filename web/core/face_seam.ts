/**
 * Where a page that does something else meets the face check without carrying its script. The host's template includes learner/face.html with the
 * script's address in `data-script`; when a face is wanted for the first time, the host calls `openFace`, which loads the script once.
 *
 *     await openFace(root, check)                         the component shows itself for one check
 *     root.addEventListener(FINISHED, (event) => …)       settled; `preventDefault()` keeps it from going to the next page
 *     closeFace(root)                                     the check is gone: camera and socket close
 */
import type { Reply } from './reply';

export const OPEN = 'face:open';
export const CLOSE = 'face:close';
export const FINISHED = 'face:finished';

/** What comes with `FINISHED`: the answer that settled the check, as the check's own answers are, and the page that explains it. */
export interface Finished {
  readonly reply: Reply | null;
  readonly url: string;
}

const loading = new WeakMap<HTMLElement, Promise<void>>();

/** Shows the component for one check; rejects when its script cannot be loaded, and may then be called again. */
export async function openFace(root: HTMLElement, check: string): Promise<void> {
  const script = loading.get(root) ?? loaded(root.dataset.script ?? '');
  loading.set(root, script);
  try {
    await script;
  } catch (error) {
    loading.delete(root);
    throw error;
  }
  root.dispatchEvent(new CustomEvent(OPEN, { detail: check }));
}

export function closeFace(root: HTMLElement): void {
  root.dispatchEvent(new CustomEvent(CLOSE));
}

function loaded(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => {
      script.remove();
      reject(new Error(`${address} does not load`));
    });
    document.head.append(script);
  });
}
