/** What a kind of lesson brings to the player: what is learned, its own controls, and how its place is shown. */
import type { ReleasedKey } from '../../core/answers';
import type { Event, Sample } from './events';
import type { Page } from './page';
import type { View } from './view';

/** What is learned, behind the few verbs that the machine knows: a film, or the pages of a document. */
export interface Stage {
  look(): Sample;
  /** Starts; `blocked` is called when the browser wants a tap first. */
  play(blocked: () => void): void;
  pause(): void;
  seek(position_ms: number): void;
  normalRate(): void;
  /** Called inside the tap, so that it may be played after the server has answered. */
  prime(): void;
  /** The server has released keys of a locked film. */
  learn?(keys: readonly ReleasedKey[]): void;
  /** The server has answered: what it held back may be released by now. */
  heard?(): void;
}

/** What the player offers to a scene. */
export interface Hooks {
  /** Where the lesson starts. */
  readonly start_ms: number;
  happen(event: Event): void;
  /** To be called when the stage has news; `seeking` when somebody just moved it. */
  look(seeking: boolean): void;
  view(): View;
}

export interface Scene {
  readonly stage: Stage;
  /** How loud the tone of a check may be. */
  readonly loudness: { readonly muted: boolean; readonly volume: number };
  paint(view: View): void;
}

export type SetScene = (page: Page, hooks: Hooks) => Scene;
