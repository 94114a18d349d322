/** A page of words: everything of a face check that is not in front of the camera. */
import type { MessageKey } from './messages';

/** A sentence with its values. */
export interface Sentence {
  readonly key: MessageKey;
  readonly values?: Readonly<Record<string, string>>;
}

/** A page of words with its buttons. */
export interface CalmView {
  readonly mark: 'camera' | 'wait' | 'passed' | 'again' | 'look' | 'trouble';
  readonly title: Sentence;
  /** Said by the server, in place of the line. */
  readonly message: string | null;
  readonly line: Sentence | null;
  readonly note: Sentence | null;
  /** A list in one message, one item a line. */
  readonly steps: MessageKey | null;
  readonly items: readonly Sentence[];
  /** The one main button; null if there is nothing to press. */
  readonly main: { readonly label: MessageKey; readonly does: 'start' | 'go_on' } | null;
  readonly shows_flash_choice: boolean;
  readonly may_switch: boolean;
  readonly may_excuse: boolean;
  readonly offers_supervised: boolean;
  readonly url: string;
}

/** What a page of words has if nothing else is said. */
export const PLAIN: CalmView = {
  mark: 'camera',
  title: { key: 'over' },
  message: null,
  line: null,
  note: null,
  steps: null,
  items: [],
  main: null,
  shows_flash_choice: false,
  may_switch: false,
  may_excuse: false,
  offers_supervised: false,
  url: '',
};
