/**
 * Lets the modules and lessons of an outline be moved by hand: dragged by a handle, or picked up with Space and moved with the arrow keys.
 *
 *     <form data-island="outline" data-url="…" data-csrf="…" data-word-…="…">
 *       <p data-part="said"> <ol data-part="modules"> <li data-module="1"> <ol data-part="lessons"> <li data-lesson="12">
 *
 * Without the script the buttons of the form move one place at a time.
 */
import { Outline } from './outline';

for (const root of document.querySelectorAll<HTMLElement>('[data-island="outline"]'))
  new Outline(root).start();
