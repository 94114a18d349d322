/** Knows whether a form holds what is not saved; the words of the question are the browser's own. */
export class Unsaved {
  private readonly form: HTMLFormElement;
  private isChanged: boolean;
  private isBeingSent = false;

  constructor(form: HTMLFormElement) {
    this.form = form;
    this.isChanged = form.dataset.typed !== undefined;
  }

  start(): void {
    for (const kind of ['input', 'change'])
      this.form.addEventListener(kind, () => {
        this.isChanged = true;
      });
    this.form.addEventListener('submit', () => {
      this.isBeingSent = true;
    });
    window.addEventListener('pageshow', () => {
      this.isBeingSent = false; // whoever comes back by the browser's button goes on typing
    });
    window.addEventListener('beforeunload', (event) => this.ask(event));
  }

  private ask(event: BeforeUnloadEvent): void {
    if (!this.isChanged || this.isBeingSent) return;
    event.preventDefault();
    event.returnValue = true; // Chrome before 119 asks only then
  }
}
