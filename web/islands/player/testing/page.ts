/** The real skeleton of the page, for tests of what stands in it. */
import { MESSAGE_KEYS } from '../messages';
import { Page } from '../page';
import { templateOf } from './template';

/** What a document's page says about its pages. */
export interface Paper {
  readonly sizes: readonly (readonly [number, number])[];
  readonly page_ms: number;
}

/** Puts the player of a film into the document; messages are their keys. */
export function aPage(sentences: Readonly<Record<string, string>> = {}): Page {
  return pageOf('video', sentences, { lengthMs: '360000' });
}

/** Puts the player of a document into the document. */
export function aPaper({ sizes, page_ms }: Paper, sentences: Readonly<Record<string, string>> = {}): Page {
  return pageOf('document', sentences, {
    lengthMs: String(sizes.length * page_ms),
    pageMs: String(page_ms),
    idleAskMs: '300000',
    pageSizes: JSON.stringify(sizes),
    pagesUrl: '/media/ticket/pages/',
  });
}

function pageOf(
  kind: 'video' | 'audio' | 'document',
  sentences: Readonly<Record<string, string>>,
  data: Readonly<Record<string, string>>,
): Page {
  document.body.innerHTML = templateOf(kind);
  const root = document.querySelector<HTMLElement>('[data-island="player"]');
  if (root === null) throw new Error('no player in the template');
  const messages = Object.fromEntries(MESSAGE_KEYS.map((key) => [key, `${key}`]));
  Object.assign(root.dataset, {
    kind,
    messages: JSON.stringify({ ...messages, ...sentences }),
    reachedMs: '0',
    leaveUrl: '/leave/',
    ...data,
  });
  return new Page(root);
}
