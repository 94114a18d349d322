/**
 * A link that can be copied with one press.
 *
 *     <div data-island="copy_link" data-word-copied="…" data-word-failed="…">
 *       <input data-part="link" readonly>, <button data-part="copy" hidden>, <p data-part="note" role="status">
 */
import { CopyLink } from './copy_link';

for (const root of document.querySelectorAll<HTMLElement>('[data-island="copy_link"]'))
  new CopyLink(root).start();
