/** A small server for the tests: it keeps one lease and judges beats as docs/rules/effective-time.md says, on its own clock. */
import type { Accepted, BeatAnswer, Opened, Stretch } from '../../../core/answers';
import { type Beat, Flag, sign, tagOf } from '../../../core/beat';
import type { Outcome, Prompt } from '../../../core/check_answers';
import { Checks } from './checks';

export const KEY = '0b'.repeat(32);
const NEXT_MS = 30_000;

/** An answer that changes nothing; tests replace parts of it. */
export const GO_ON: Accepted = {
  is: 'accepted',
  nonce: 'd'.repeat(16),
  reached_ms: 0,
  credited_ms: 0,
  day_ms: 0,
  verdict: [],
  directive: { do: 'go_on' },
  next_ms: 30_000,
  keys: [],
};

/** What the server remembers of the learner; a test may change it between beats. */
export class Server {
  length_ms = 360_000;
  reached_ms = 0;
  credited_ms = 0;
  refused_ms = 0;
  carry_ms = 0;
  session = '';
  n = 0;
  tag = '';
  nonce = '';
  beat_at_ms = 0;
  accepted: Beat[] = [];
  readonly checks = new Checks();
  /** Ask for a check at the next beat that is judged. */
  ask_next = false;
  /** Of which kind the next check is. */
  ask_kind: Prompt['kind'] = 'confirm';
  private last: BeatAnswer | null = null;
  private openings = 0;

  open(at_ms: number): Opened {
    this.openings += 1;
    this.session = String(this.openings).padStart(32, '0');
    this.n = 0;
    this.tag = `${this.openings}`.padStart(32, 'a');
    this.nonce = `${this.openings}`.padStart(16, 'c');
    this.beat_at_ms = at_ms;
    this.carry_ms = 0;
    const { session, tag, nonce, reached_ms, length_ms } = this;
    const figures = {
      position_ms: reached_ms,
      reached_ms,
      length_ms,
      credited_ms: 0,
      day_ms: this.credited_ms,
    };
    const check = this.checks.open !== null;
    const rest = { cap_ms: 21_600_000, next_ms: NEXT_MS, stretches: [], check, keys: [] };
    return { is: 'opened', session, key: KEY, n: 0, tag, nonce, ...figures, ...rest };
  }

  hear(body: string, at_ms: number): BeatAnswer {
    const beat = JSON.parse(body) as Beat;
    if (sign(beat, KEY).mac !== beat.mac) return { is: 'fault' };
    if (beat.session !== this.session) return { is: 'signed_out', url: '/superseded/' };
    if (this.checks.isMissed(at_ms)) return this.missed();
    if (beat.n === this.n && tagOf(beat) === this.tag && this.last !== null) return this.last;
    if (beat.n !== this.n + 1 || beat.prev !== this.tag || beat.nonce !== this.nonce)
      return { is: 'resync', n: this.n, tag: this.tag, nonce: this.nonce };
    const event = (beat.flags & Flag.EVENT) !== 0;
    if (!event && at_ms - this.beat_at_ms < 2_000) return { is: 'too_often', wait_ms: 2_000 };
    this.last = this.judge(beat, at_ms);
    return this.last;
  }

  /** Hears the answer to a check: when it passes, time begins anew and nothing is carried. */
  hearCheck(body: string, at_ms: number): Outcome {
    const outcome = this.checks.hear(body, at_ms);
    if (outcome !== 'passed') return outcome;
    this.beat_at_ms = at_ms;
    this.carry_ms = 0;
    const { reached_ms, credited_ms } = this;
    const figures = { reached_ms, credited_ms, day_ms: credited_ms };
    return {
      is: 'passed',
      was_right: null,
      right: null,
      ...figures,
      stretches: [['confirmed', credited_ms]],
    };
  }

  private missed(): BeatAnswer {
    this.checks.withdraw();
    this.session = '';
    return { is: 'signed_out', url: '/missed/' };
  }

  private judge(beat: Beat, at_ms: number): BeatAnswer {
    const gap_ms = at_ms - this.beat_at_ms;
    const ahead_ms = Math.max(0, beat.position - this.reached_ms);
    const is_pending = this.checks.open !== null;
    const payable_ms = is_pending ? 0 : Math.min(gap_ms, 60_000) + this.carry_ms;
    const earn_ms = Math.max(0, payable_ms - beat.idle);
    const jumped = !is_pending && ahead_ms > gap_ms + this.carry_ms + 5_000;
    const credit_ms = jumped ? 0 : Math.min(ahead_ms, earn_ms, this.length_ms - this.reached_ms);
    const pool_ms = gap_ms + this.carry_ms;
    this.carry_ms = jumped ? 0 : Math.min(10_000, earn_ms - credit_ms);
    this.reached_ms += credit_ms;
    this.credited_ms += credit_ms;
    const refused_ms = pool_ms - credit_ms - this.carry_ms;
    this.refused_ms += refused_ms;
    this.n = beat.n;
    this.tag = tagOf(beat);
    this.nonce = this.tag.slice(0, 16);
    this.beat_at_ms = at_ms;
    this.accepted.push(beat);
    const verdict: Stretch[] = [
      ['provisional', credit_ms],
      ['paused', Math.max(0, refused_ms)],
    ];
    const { nonce, reached_ms, credited_ms } = this;
    const figures = { reached_ms, credited_ms, day_ms: credited_ms, verdict, next_ms: NEXT_MS, keys: [] };
    if (beat.flags & Flag.LEAVE) {
      const directive = { do: 'sign_out', reason: 'by_learner', url: '/signed-out/' } as const;
      return { is: 'accepted', nonce, ...figures, directive };
    }
    return { is: 'accepted', nonce, ...figures, directive: this.directive(beat, at_ms) };
  }

  private directive(beat: Beat, at_ms: number): Accepted['directive'] {
    if (this.ask_next) this.checks.ask(at_ms, this.ask_kind);
    this.ask_next = false;
    if (this.checks.open !== null) return { do: 'check' };
    const is_far = beat.position > this.reached_ms + 5_000;
    return is_far ? { do: 'go_to', position_ms: this.reached_ms } : { do: 'go_on' };
  }
}
