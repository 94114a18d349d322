// @vitest-environment happy-dom

import { beforeEach, describe, expect, it } from 'vitest';
import { keepChoices } from './keeping';

let form: HTMLFormElement;

beforeEach(() => {
  document.body.innerHTML = `
    <form data-keep-url="/keep/"><input type="hidden" name="token" value="t">
      <input type="radio" name="answer-0" value="0"><input type="radio" name="answer-0" value="1">
      <input type="radio" name="answer-1" value="0">
    </form>`;
  form = document.querySelector('form') as HTMLFormElement;
});

function choose(at: number): void {
  const radio = form.querySelectorAll<HTMLInputElement>('[type=radio]')[at] as HTMLInputElement;
  radio.checked = true;
  radio.dispatchEvent(new Event('change', { bubbles: true }));
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('an attempt that is being answered', () => {
  it('sends everything chosen so far, with the form’s token', async () => {
    const sent: string[] = [];
    keepChoices(form, async (url, body) => sent.push(`${url} ${[...body].map(String).join(' ')}`));
    choose(1);
    choose(2);
    await settled();
    expect(sent).toEqual(['/keep/ token,t answer-0,1', '/keep/ token,t answer-0,1 answer-1,0']);
  });

  it('goes on after a choice that could not be sent', async () => {
    let tries = 0;
    keepChoices(form, async () => {
      tries += 1;
      throw new Error('no network');
    });
    choose(0);
    choose(1);
    await settled();
    expect(tries).toBe(2);
  });
});
