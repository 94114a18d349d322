/**
 * Makes a combobox of a field in which an occupation is looked for and chosen; the form then holds the code of the choice, never the text.
 *
 *     <div data-island="occupation" data-name="…" data-url="…" data-word-…="…">
 *       <input type="search" data-part="search"> <button data-part="find">
 *       <div data-part="choices"> radios with data-title and data-facts; the checked one is the choice so far
 */
import { OccupationBox } from './box';

for (const root of document.querySelectorAll<HTMLElement>('[data-island="occupation"]'))
  new OccupationBox(root).start();
