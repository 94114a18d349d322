/** The checks of the tests' server: one at a time, asked for at a beat, answered on the server's own clock. */
import type { Outcome, Prompt, ShowAnswer } from '../../../core/check_answers';

const OF_MS = 60_000;
const AT_MOST_MS = 180_000;
const ATTEMPTS = 2;

export interface OpenCheck {
  readonly id: string;
  readonly kind: Prompt['kind'];
  readonly asked_at_ms: number;
  readonly shown_at_ms: number | null;
  readonly attempts: number;
  readonly nonce: string;
}

/** Keeps the open check; the second option is always the right one. */
export class Checks {
  open: OpenCheck | null = null;
  passed = 0;
  presses = 0;
  private asked = 0;

  ask(at_ms: number, kind: Prompt['kind'] = 'confirm'): void {
    this.asked += 1;
    const id = `${this.asked}`.padStart(32, 'e');
    this.open = { id, kind, asked_at_ms: at_ms, shown_at_ms: null, attempts: 0, nonce: this.nonceOf(0) };
  }

  /** The check is taken back without an outcome. */
  withdraw(): void {
    this.open = null;
  }

  /** Whether the time to answer is over; a check that was never shown has a time too. */
  isMissed(at_ms: number): boolean {
    const { open } = this;
    if (open === null) return false;
    const shown_ms = open.shown_at_ms === null ? Number.POSITIVE_INFINITY : open.shown_at_ms + OF_MS;
    return at_ms >= Math.min(shown_ms, open.asked_at_ms + AT_MOST_MS);
  }

  show(at_ms: number): ShowAnswer {
    const { open } = this;
    if (open === null || this.isMissed(at_ms)) return { is: 'none' };
    this.open = { ...open, shown_at_ms: open.shown_at_ms ?? at_ms };
    return { is: 'shown', prompt: this.prompt(this.open, at_ms) };
  }

  /** Returns whether the answer passes, or what else becomes of it. */
  hear(body: string, at_ms: number): 'passed' | Outcome {
    const { check, nonce, choice } = JSON.parse(body) as { check: string; nonce: string; choice: number };
    const { open } = this;
    if (open === null || check !== open.id || nonce !== open.nonce) return { is: 'no_such_check' };
    if (this.isMissed(at_ms)) return { is: 'ended', url: '/missed/' };
    this.presses += 1;
    if (choice === 1 || open.kind === 'course_question') {
      this.open = null;
      this.passed += 1;
      return 'passed';
    }
    const attempts = open.attempts + 1;
    if (attempts === ATTEMPTS) return { is: 'ended', url: '/missed/' };
    this.open = { ...open, attempts, nonce: this.nonceOf(attempts) };
    return { is: 'again', prompt: this.prompt(this.open, at_ms) };
  }

  private prompt(open: OpenCheck, at_ms: number): Prompt {
    const left_ms = Math.max(0, (open.shown_at_ms ?? at_ms) + OF_MS - at_ms);
    const options = open.kind === 'face' ? [] : ['第一项', '第二项', '第三项'];
    const words = { kind: open.kind, text: open.kind === 'face' ? '' : '请点第二项', options };
    const { id: check, nonce } = open;
    return { check, nonce, ...words, left_ms, of_ms: OF_MS, attempts_left: ATTEMPTS - open.attempts };
  }

  private nonceOf(attempt: number): string {
    return `${this.asked}${attempt}`.padStart(16, 'f');
  }
}
