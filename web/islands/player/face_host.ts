/** The face check inside the check's dialog: loaded when the first one comes, so that nobody else pays for it. */
import { readOutcome } from '../../core/check_answers';
import { closeFace, FINISHED, type Finished, openFace } from '../../core/face_seam';
import type { CheckView } from './check_view';
import type { Event as PlayerEvent } from './events';
import type { Page } from './page';

export class FaceHost {
  private readonly root: HTMLElement;
  /** The check that is shown; empty where none is. */
  private shown = '';

  constructor(root: HTMLElement, happen: (event: PlayerEvent) => void) {
    this.root = root;
    root.addEventListener(FINISHED, (event) => {
      event.preventDefault();
      const { reply } = (event as CustomEvent<Finished>).detail;
      this.close();
      happen({ type: 'faced', answer: reply === null ? null : readOutcome(reply) });
    });
  }

  paint({ prompt, stage }: CheckView): void {
    if (prompt?.kind !== 'face' || stage !== 'asking') {
      this.close();
      return;
    }
    if (this.shown === prompt.check) return;
    this.shown = prompt.check;
    this.root.hidden = false;
    // Without its script there is the page of the open check, which needs nothing of ours.
    openFace(this.root, prompt.check).catch(() => window.location.reload());
  }

  close(): void {
    if (this.shown === '') return;
    this.shown = '';
    this.root.hidden = true;
    closeFace(this.root);
  }
}

/** Returns what shows faces in a page whose class checks them. */
export function faceHostIn(page: Page, happen: (event: PlayerEvent) => void): FaceHost | null {
  const root = page.root.querySelector<HTMLElement>('[data-island="face"]');
  return root === null ? null : new FaceHost(root, happen);
}
