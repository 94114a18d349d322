/**
 * The minute bar (计时条): a thin bar of time, each stretch drawn by its verdict.
 *
 * Geometry, the same as in pages made by the server (jiangxue.ui.minute_bar, styles in web/styles/bar.css):
 *   <svg class="bar" viewBox="0 0 1000 24" preserveAspectRatio="none" role="img" aria-label="…">
 *     <rect class="bar-track" width="1000" height="24"/>
 *     one <rect class="bar-<look>" y="1" height="22"><title>words</title></rect> a stretch, in time order, neighbours of
 *     one kind joined; widths proportional to time, but none below 5 units (or 1000 / number of pieces, if that is less);
 *     `x` and `width` with one decimal. What is still to be earned counts as a last piece that is not drawn.
 * Looks: confirmed (solid ink) · provisional (attribute fill="url(#hatch)", a pattern in the page shell) · refused (outline) ·
 * repeat (grey, no fault; also a page whose time is full) · corrected (attribute fill="url(#rules)"). Links and seals are the server's alone.
 */
import type { Stretch } from './answers';
import { duration, type Sentences, say } from './words';

export type Look = 'confirmed' | 'provisional' | 'repeat' | 'corrected' | 'refused';

/** One rectangle of the bar, in units of the drawing. */
export interface Bar {
  readonly kind: string;
  readonly look: Look;
  readonly ms: number;
  readonly x: number;
  readonly width: number;
}

const WIDTH = 1_000;
/** What even the shortest piece gets, so that it can be seen and touched on a phone. */
const NARROWEST = 5;
const SVG = 'http://www.w3.org/2000/svg';

/** Joins neighbours of one kind and drops empty stretches. */
export function merge(stretches: readonly Stretch[]): readonly Stretch[] {
  const merged: Stretch[] = [];
  for (const [kind, ms] of stretches) {
    const last = merged[merged.length - 1];
    if (ms === 0) continue;
    if (last !== undefined && last[0] === kind) merged[merged.length - 1] = [kind, last[1] + ms];
    else merged.push([kind, ms]);
  }
  return merged;
}

/** Returns the rectangles for stretches in time order; `rest_ms` stays empty at the right. */
export function bars(stretches: readonly Stretch[], rest_ms: number): readonly Bar[] {
  const merged = merge(stretches);
  const amounts = merged.map(([, ms]) => ms);
  const widths = share(rest_ms > 0 ? [...amounts, rest_ms] : amounts);
  let x = 0;
  return merged.map(([kind, ms], place) => {
    const width = widths[place] ?? 0;
    const bar = { kind, look: lookOf(kind), ms, x, width };
    x += width;
    return bar;
  });
}

/** Divides the width in proportion to the amounts, none below the narrowest width that all can have. */
function share(amounts: readonly number[]): readonly number[] {
  const floor = Math.min(NARROWEST, WIDTH / amounts.length);
  const narrow = new Set<number>();
  for (;;) {
    const free = WIDTH - floor * narrow.size;
    const shared_ms = amounts.reduce((sum, ms, place) => (narrow.has(place) ? sum : sum + ms), 0);
    const before = narrow.size;
    for (const [place, ms] of amounts.entries()) if (ms * free < floor * shared_ms) narrow.add(place);
    if (narrow.size === before)
      return amounts.map((ms, place) => (narrow.has(place) ? floor : (ms * free) / shared_ms));
  }
}

/** Returns how a verdict is drawn: every kind that is not known here is a refusal. */
export function lookOf(kind: string): Look {
  if (kind === 'page_full') return 'repeat';
  return kind === 'confirmed' || kind === 'provisional' || kind === 'repeat' || kind === 'corrected'
    ? kind
    : 'refused';
}

/** Returns the words for one stretch (未计入 · 跳播 · 3 分 05 秒). */
export function wordsOf(kind: string, ms: number, sentences: Sentences): string {
  const words = [say(sentences, `kind_${kind}`), duration(sentences, ms)];
  return (lookOf(kind) === 'refused' ? [say(sentences, 'not_counted'), ...words] : words).join(' · ');
}

/** Returns the bar in words: the total of each verdict, in the order in which they first occur. */
export function textOf(stretches: readonly Stretch[], sentences: Sentences): string {
  const totals = new Map<string, number>();
  for (const [kind, ms] of merge(stretches)) totals.set(kind, (totals.get(kind) ?? 0) + ms);
  if (totals.size === 0) return say(sentences, 'bar_empty');
  const parts = [...totals].map(([kind, ms]) => wordsOf(kind, ms, sentences));
  return say(sentences, 'bar_text', { parts: parts.join(say(sentences, 'bar_comma')) });
}

/** Fills an `<svg class="bar">` with the stretches and gives it its text equivalent. */
export function drawMinuteBar(
  svg: SVGElement,
  stretches: readonly Stretch[],
  rest_ms: number,
  sentences: Sentences,
): void {
  svg.setAttribute('viewBox', `0 0 ${WIDTH} 24`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', textOf(stretches, sentences));
  while (svg.firstChild) svg.firstChild.remove();
  svg.append(rectangle(svg, { class: 'bar-track', width: `${WIDTH}`, height: '24' }));
  for (const bar of bars(stretches, rest_ms)) svg.append(piece(svg, bar, sentences));
}

function piece(svg: SVGElement, bar: Bar, sentences: Sentences): SVGElement {
  const rect = rectangle(svg, {
    class: `bar-${bar.look}`,
    x: bar.x.toFixed(1),
    y: '1',
    width: bar.width.toFixed(1),
    height: '22',
    ...(bar.look === 'provisional' ? { fill: 'url(#hatch)' } : {}),
    ...(bar.look === 'corrected' ? { fill: 'url(#rules)' } : {}),
  });
  const title = svg.ownerDocument.createElementNS(SVG, 'title');
  title.textContent = wordsOf(bar.kind, bar.ms, sentences);
  rect.append(title);
  return rect;
}

function rectangle(svg: SVGElement, attributes: Readonly<Record<string, string>>): SVGElement {
  const rect = svg.ownerDocument.createElementNS(SVG, 'rect');
  for (const [name, value] of Object.entries(attributes)) rect.setAttribute(name, value);
  return rect;
}
