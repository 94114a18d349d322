// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { Unsaved } from './unsaved';

let form: HTMLFormElement;

function isAsked(): boolean {
  const event = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(event);
  return event.defaultPrevented;
}

function made(typed: string): void {
  document.body.innerHTML = `<form data-island="unsaved"${typed}><input></form>`;
  form = document.querySelector('form') as HTMLFormElement;
  new Unsaved(form).start();
}

beforeEach(() => made(''));

describe('leaving a page with a form', () => {
  it('asks nothing while nothing was typed', () => {
    expect(isAsked()).toBe(false);
  });

  it('asks once something was typed, and not when it is being sent', () => {
    form.querySelector('input')?.dispatchEvent(new Event('input', { bubbles: true }));
    expect(isAsked()).toBe(true);
    form.dispatchEvent(new Event('submit'));
    expect(isAsked()).toBe(false);
  });

  it('asks again when the page is shown again as it was left', () => {
    form.querySelector('input')?.dispatchEvent(new Event('change', { bubbles: true }));
    form.dispatchEvent(new Event('submit'));
    window.dispatchEvent(new Event('pageshow'));
    expect(isAsked()).toBe(true);
  });
});

describe('a page that shows what was typed before', () => {
  it('asks from the beginning', () => {
    made(' data-typed');
    expect(isAsked()).toBe(true);
  });
});
