/** What may happen to the player, and what the player may do: the two ends of the machine. */
import type { BeatAnswer, OpeningAnswer, ReleasedKey } from '../../core/answers';
import type { Outcome, ShowAnswer } from '../../core/check_answers';

/** What the picture is doing at one moment. */
export interface Sample {
  readonly position_ms: number;
  readonly paused: boolean;
  readonly ended: boolean;
  readonly rate: number;
  /** It should play but has nothing to show. */
  readonly buffering: boolean;
  /** The time of a document's page is full: only turning it goes on. A film has no pages. */
  readonly is_full?: boolean;
}

export type Event =
  /** The picture was looked at; `seeking` when somebody just moved it. */
  | { readonly type: 'media'; readonly seeking: boolean; readonly sample: Sample }
  /** The play button, the space bar, a click on the picture. */
  | { readonly type: 'toggle' }
  | { readonly type: 'seek_to'; readonly position_ms: number }
  /** The reader has touched the page, scrolled it or pressed a key. */
  | { readonly type: 'touched' }
  | { readonly type: 'take_over'; readonly yes: boolean }
  /** An option of a check was pressed, so long after the options appeared. */
  | { readonly type: 'choose'; readonly choice: number; readonly reaction_ms: number }
  | { readonly type: 'leave' }
  | { readonly type: 'visibility'; readonly hidden: boolean }
  | { readonly type: 'network'; readonly online: boolean }
  /** The page goes away, perhaps for good. */
  | { readonly type: 'pagehide' }
  /** The page comes back out of the browser's memory. */
  | { readonly type: 'pageshow' }
  /** The browser wants a tap before it plays. */
  | { readonly type: 'play_blocked' }
  | { readonly type: 'picture_trouble'; readonly for_good: boolean }
  /** The stream waits for a key that is not released yet, or has it now. */
  | { readonly type: 'locked'; readonly is_locked: boolean }
  | { readonly type: 'timer' }
  | { readonly type: 'opening_answer'; readonly serial: number; readonly answer: OpeningAnswer }
  | { readonly type: 'beat_answer'; readonly serial: number; readonly answer: BeatAnswer }
  | { readonly type: 'check_shown'; readonly serial: number; readonly answer: ShowAnswer }
  | { readonly type: 'check_outcome'; readonly serial: number; readonly answer: Outcome }
  /** The face check in the dialog came to an end; null: ask the server what became of it. */
  | { readonly type: 'faced'; readonly answer: Outcome | null };

export type Effect =
  | { readonly type: 'play' }
  | { readonly type: 'pause' }
  | { readonly type: 'seek'; readonly position_ms: number }
  | { readonly type: 'normal_rate' }
  /** Wake the media element inside the tap, so that it may be played after the answer has come. */
  | { readonly type: 'prime' }
  | { readonly type: 'open'; readonly serial: number; readonly take_over: boolean }
  /** `last`: the page is going away, no answer can be heard. */
  | { readonly type: 'send'; readonly serial: number; readonly body: string; readonly last: boolean }
  | { readonly type: 'show_check'; readonly serial: number }
  | { readonly type: 'answer_check'; readonly serial: number; readonly body: string }
  /** Call the `timer` event after this time; replaces the timer before. */
  | { readonly type: 'schedule'; readonly in_ms: number }
  /** Keys that an answer has released. */
  | { readonly type: 'keys'; readonly keys: readonly ReleasedKey[] }
  | { readonly type: 'wake_lock'; readonly on: boolean }
  | { readonly type: 'navigate'; readonly url: string }
  | { readonly type: 'reload' };
