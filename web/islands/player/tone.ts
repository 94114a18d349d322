/** A short soft sound, made without a file; browsers allow it once the learner has tapped. */

const NOTES = [
  { hertz: 660, at_s: 0 },
  { hertz: 880, at_s: 0.18 },
] as const;
const LASTS_S = 0.5;
/** Well below speech in a lesson. */
const LOUDNESS = 0.12;

export class Tone {
  private context: AudioContext | null = null;

  /** To be called inside a tap. */
  unlock(): void {
    const Context = window.AudioContext as typeof AudioContext | undefined;
    if (this.context !== null || Context === undefined) return;
    this.context = new Context();
    this.context.resume().catch(() => undefined);
  }

  /** Sounds as loud as the picture is set to, and not at all when it is muted. */
  play({ muted, volume }: { readonly muted: boolean; readonly volume: number }): void {
    const { context } = this;
    if (context === null || context.state !== 'running' || muted || volume === 0) return;
    for (const { hertz, at_s } of NOTES) sound(context, hertz, context.currentTime + at_s, volume);
  }
}

/** Swells and fades, so that it does not click. */
function sound(context: AudioContext, hertz: number, from_s: number, volume: number): void {
  const gain = context.createGain();
  gain.gain.setValueAtTime(0, from_s);
  gain.gain.linearRampToValueAtTime(LOUDNESS * volume, from_s + 0.03);
  gain.gain.exponentialRampToValueAtTime(0.0005, from_s + LASTS_S);
  const oscillator = context.createOscillator();
  oscillator.frequency.value = hertz;
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(from_s);
  oscillator.stop(from_s + LASTS_S);
}
