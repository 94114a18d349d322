/** The real skeleton of a face check, put together as Django does; its other tags are left in as text, which harms nothing. */

import whole from '../../../../src/jiangxue/portals/learner/templates/learner/face.html?raw';
import calm from '../../../../src/jiangxue/portals/learner/templates/learner/face_calm.html?raw';
import live from '../../../../src/jiangxue/portals/learner/templates/learner/face_live.html?raw';
import { MESSAGE_KEYS } from '../messages';
import { FacePage } from '../page';

const PARTS: Readonly<Record<string, string>> = { calm, live };

/** Puts a face check into the document; messages are their keys. */
export function aFace(
  data: Readonly<Record<string, string>> = {},
  sentences: Readonly<Record<string, string>> = {},
): FacePage {
  const filled = whole.replace(
    /\{% include "learner\/face_(\w+)\.html" %\}/g,
    (_, name: string) => PARTS[name] ?? '',
  );
  document.body.innerHTML = filled;
  const root = document.querySelector<HTMLElement>('[data-island="face"]');
  if (root === null) throw new Error('no face check in the template');
  const messages = Object.fromEntries(MESSAGE_KEYS.map((key) => [key, `${key}`]));
  Object.assign(root.dataset, {
    purpose: 'check',
    check: 'check',
    beginUrl: '/begin/',
    resultUrl: '/result/',
    unavailableUrl: '/unavailable/',
    nextUrl: '/next/',
    csrf: 'token',
    messages: JSON.stringify({ ...messages, ...sentences }),
    ...data,
  });
  return new FacePage(root);
}
