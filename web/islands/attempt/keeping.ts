/**
 * Keeps the choices of an attempt as they are made: the server notes the time of each, and nothing is lost when the page closes.
 * Handing in sends every choice again, so that a choice which could not be kept is not missed.
 */

export type Send = (url: string, body: FormData) => Promise<unknown>;

export function keepChoices(form: HTMLFormElement, send: Send): void {
  const { keepUrl = '' } = form.dataset;
  let sent: Promise<unknown> = Promise.resolve();
  form.addEventListener('change', () => {
    const body = new FormData(form);
    sent = sent.then(() => send(keepUrl, body)).catch(() => undefined);
  });
}
