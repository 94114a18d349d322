/** The real skeleton of the page, for tests of what stands in it. */
import template from '../../../../src/jiangxue/portals/learner/templates/learner/player.html?raw';
import { MESSAGE_KEYS } from '../messages';
import { Page } from '../page';

/** Puts the player into the document. Django's tags are left in it as text, which harms nothing; messages are their keys. */
export function aPage(sentences: Readonly<Record<string, string>> = {}): Page {
  document.body.innerHTML = template.replace(/\{#.*?#\}/g, '').replace(/\{% (if|endif).*?%\}/g, '');
  const root = document.querySelector<HTMLElement>('[data-island="player"]');
  if (root === null) throw new Error('no player in the template');
  const messages = Object.fromEntries(MESSAGE_KEYS.map((key) => [key, `${key}`]));
  Object.assign(root.dataset, {
    messages: JSON.stringify({ ...messages, ...sentences }),
    lengthMs: '360000',
    reachedMs: '0',
    leaveUrl: '/leave/',
  });
  return new Page(root);
}
