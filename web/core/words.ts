/** Words for times and durations. The sentences come from the server, translated; only the numbers are ours. */

/** Sentences by key; `{name}` stands for a value. */
export type Sentences = Readonly<Record<string, string>>;

/** Returns the sentence with its values filled in; a missing sentence shows its key, so that it is noticed. */
export function say(
  sentences: Sentences,
  key: string,
  values: Readonly<Record<string, string>> = {},
): string {
  const sentence = sentences[key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** Returns a position as `02:10`, or `1:02:10` from an hour on. */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes_and_seconds = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const hours = Math.floor(seconds / 3_600);
  return hours === 0 ? minutes_and_seconds : `${hours}:${minutes_and_seconds}`;
}

/**
 * Returns a duration as people say it (1 小时 20 分, 3 分 05 秒), rounded down; above an hour without seconds. The pages made by
 * the server say it alike (jiangxue.ui.durations).
 */
export function duration(sentences: Sentences, ms: number): string {
  const all_seconds = Math.floor(ms / 1_000);
  const hours = Math.floor(all_seconds / 3_600);
  const minutes = Math.floor(all_seconds / 60) % 60;
  const seconds = all_seconds % 60;
  const two_digits = minutes > 0 ? String(seconds).padStart(2, '0') : String(seconds);
  const values = { hours: String(hours), minutes: String(minutes), seconds: two_digits };
  return say(sentences, unitsFor(ms, hours, minutes, seconds), values);
}

function unitsFor(ms: number, hours: number, minutes: number, seconds: number): string {
  if (hours > 0) return minutes > 0 ? 'hours_minutes' : 'hours';
  if (minutes > 0) return seconds > 0 ? 'minutes_seconds' : 'minutes';
  if (ms <= 0) return 'minutes';
  return seconds > 0 ? 'seconds' : 'less_than_second';
}
