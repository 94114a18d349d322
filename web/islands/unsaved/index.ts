/**
 * Asks before a page is left on which something was typed that is not saved.
 *
 *     <form data-island="unsaved">, and data-typed where the page shows again what was typed and not saved
 */
import { Unsaved } from './unsaved';

for (const form of document.querySelectorAll<HTMLFormElement>('[data-island="unsaved"]'))
  new Unsaved(form).start();
