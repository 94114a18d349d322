/**
 * Keeps a part of a page fresh: fetches it anew every so often while somebody looks, and counts seconds down in between.
 *
 *     <div data-island="refreshing" data-url="…" data-every-ms="12000" data-word-…="…">
 *       <a data-part="reload">, <button data-part="toggle" hidden>, <span data-part="note">, <p data-part="spoken">
 *       <div data-part="board"> what is replaced; [data-summary] is spoken when it changes, [data-seconds-left] counts down
 */
import { Refreshing } from './refreshing';

for (const root of document.querySelectorAll<HTMLElement>('[data-island="refreshing"]'))
  new Refreshing(root).start();
