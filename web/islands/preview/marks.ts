/** The marks of a quality report: links that lead to a place in the preview. */

/** What can be shown from a place on: milliseconds of a film, or a page counted from 1. */
export interface Preview {
  show(at: number): void;
  /** Returns the place that is shown now, as people write it: 01:05, or a page. */
  place(): string;
}

/** Lets every mark below the root lead to its place; without script they lead to a row of the table. */
export function connectMarks(root: HTMLElement, preview: Preview): void {
  root.addEventListener('click', (event) => {
    const mark = event.target instanceof Element ? event.target.closest('[data-at]') : null;
    if (mark === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    preview.show(Number(mark.getAttribute('data-at')));
    root.querySelector('#preview')?.scrollIntoView({ block: 'nearest' });
  });
}

/** Lets a button write the place that is shown now into a field; without script the place is typed. */
export function connectPlace(root: HTMLElement, preview: Preview): void {
  const button = root.querySelector<HTMLButtonElement>('[data-part="here"]');
  const field = document.getElementById(button?.dataset.into ?? '');
  if (button === null || !(field instanceof HTMLInputElement)) return;
  button.hidden = false;
  button.addEventListener('click', () => {
    field.value = preview.place();
  });
}

/** Writes milliseconds as minutes and seconds: 01:05, 75:00. */
export function minutesAndSeconds(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Returns a part of the skeleton; without it the template and the island do not fit together. */
export function partOf<T extends Element>(root: HTMLElement, name: string): T {
  const part = root.querySelector<T>(`[data-part="${name}"]`);
  if (part === null) throw new Error(`the preview's template lacks ${name}`);
  return part;
}
