/** Changes on the page that are made only where something is different: what is touched is laid out and read out again. */

/** Sets an attribute. */
export function attribute(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Sets the text of an element. */
export function text(element: Element, words: string): void {
  if (element.textContent !== words) element.textContent = words;
}

/** Says a sentence, or hides the element where there is none. */
export function saying(element: HTMLElement, sentence: string | null): void {
  element.hidden = sentence === null;
  if (sentence !== null) text(element, sentence);
}

/** Not by `disabled`: that would take the focus away from who uses the keyboard. The machine ignores what it cannot do. */
export function enable(button: HTMLElement, can_be_used: boolean): void {
  button.removeAttribute('disabled');
  attribute(button, 'aria-disabled', String(!can_be_used));
}
