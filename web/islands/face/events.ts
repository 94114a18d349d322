/** What may happen to a face check on the page, and what the page may do. */
import type { BeginAnswer, FaceResult, Said, Why } from '../../core/face_check';
import type { Reply } from '../../core/reply';

/** A camera of this device. */
export interface Input {
  readonly id: string;
  readonly label: string;
}

/** The camera that runs. */
export interface Camera {
  /** Null where the browser does not tell. */
  readonly id: string | null;
  readonly width: number;
  readonly height: number;
  readonly inputs: readonly Input[];
}

export type Event =
  /** Begin, begin again, try again: one button. */
  | { readonly type: 'start' }
  | { readonly type: 'stop' }
  /** Actions instead of colours, or both again. */
  | { readonly type: 'prefer'; readonly actions: boolean }
  | { readonly type: 'switch_camera' }
  | { readonly type: 'sound'; readonly on: boolean }
  /** There can be no check here; the learner says so. */
  | { readonly type: 'excuse' }
  /** What the result says is read: go on. */
  | { readonly type: 'go_on' }
  /** The host shows the component, for one check or as its page says. */
  | { readonly type: 'opened'; readonly check: string | null }
  | { readonly type: 'closed' }
  /** The camera is allowed, and its first picture is waited for. */
  | { readonly type: 'camera_allowed'; readonly serial: number }
  | { readonly type: 'camera_ready'; readonly serial: number; readonly camera: Camera }
  | { readonly type: 'camera_failed'; readonly serial: number; readonly why: Why }
  /** The camera went away while it ran. */
  | { readonly type: 'camera_lost'; readonly serial: number }
  | { readonly type: 'begin_answer'; readonly serial: number; readonly answer: BeginAnswer }
  | {
      readonly type: 'said';
      readonly serial: number;
      readonly said: Said;
      /** Frames that went out in each second of sending, so far. */
      readonly frames_per_s: number;
    }
  | { readonly type: 'socket_closed'; readonly serial: number; readonly code: number }
  /** The colour of a slot is on the screen. */
  | { readonly type: 'painted'; readonly serial: number; readonly slot: number }
  | { readonly type: 'result_answer'; readonly serial: number; readonly answer: FaceResult }
  | { readonly type: 'excuse_answer'; readonly serial: number; readonly answer: FaceResult }
  | { readonly type: 'visibility'; readonly hidden: boolean }
  | { readonly type: 'timer' };

export type Effect =
  /** `id` null: the one that looks at the person. */
  | { readonly type: 'open_camera'; readonly serial: number; readonly id: string | null }
  | { readonly type: 'close_camera' }
  | { readonly type: 'begin'; readonly serial: number; readonly body: string }
  | {
      readonly type: 'connect';
      readonly serial: number;
      readonly socket: string;
      readonly ticket: string;
      readonly prefers_actions: boolean;
    }
  /** Show the colour, and tell when it is on the screen. */
  | { readonly type: 'paint'; readonly serial: number; readonly slot: number }
  | { readonly type: 'say'; readonly body: string }
  | { readonly type: 'disconnect' }
  | { readonly type: 'fetch_result'; readonly serial: number; readonly body: string }
  | { readonly type: 'excuse'; readonly serial: number; readonly body: string }
  | { readonly type: 'remember'; readonly prefers_actions: boolean }
  | { readonly type: 'tone' }
  | { readonly type: 'wake_lock'; readonly on: boolean }
  | { readonly type: 'schedule'; readonly in_ms: number }
  /** The check is settled: the host goes on, or else the page goes to `url`. */
  | { readonly type: 'finish'; readonly reply: Reply | null; readonly url: string }
  | { readonly type: 'reload' };
