/** The marks of a quality report: links that lead to a place in the preview. */

/** What can be shown from a place on: milliseconds of a film, or a page counted from 1. */
export interface Preview {
  show(at: number): void;
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

/** Returns a part of the skeleton; without it the template and the island do not fit together. */
export function partOf<T extends Element>(root: HTMLElement, name: string): T {
  const part = root.querySelector<T>(`[data-part="${name}"]`);
  if (part === null) throw new Error(`the preview's template lacks ${name}`);
  return part;
}
