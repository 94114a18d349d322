/** How large a page is shown, in pixels of its width. Pure. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A wider upright page would only be larger print than anybody needs, and more to scroll. */
const WIDEST_UPRIGHT = 832;
const STEPS = [1, 1.5, 2, 3] as const;
const HARDLY_SMALLER = 0.8;
/** What is so close to a step counts as being on it. */
const NEAR = 1.01;

/** Returns the width at which a page fits the width of the desk. */
export function fitWidth(page: Size, desk: Size): number {
  const widest = page.height > page.width ? Math.min(desk.width, WIDEST_UPRIGHT) : desk.width;
  return Math.max(1, Math.floor(widest));
}

/** Returns the width at which all of the page is seen. */
export function fitWhole(page: Size, desk: Size): number {
  const by_height = (desk.height * page.width) / page.height;
  return Math.max(1, Math.floor(Math.min(desk.width, by_height)));
}

/** Returns the width of a page that nobody has made larger: as wide as the desk, or all of it where that is hardly smaller. */
export function restWidth(page: Size, desk: Size): number {
  const fit = fitWidth(page, desk);
  const whole = fitWhole(page, desk);
  return whole >= fit * HARDLY_SMALLER ? Math.min(whole, fit) : fit;
}

/** Returns the widths that the buttons step through, the smallest first. */
export function stepsOf(page: Size, desk: Size): readonly number[] {
  const rest = restWidth(page, desk);
  const whole = fitWhole(page, desk);
  const larger = STEPS.map((factor) => Math.round(rest * factor));
  return whole * NEAR < rest ? [whole, ...larger] : larger;
}

/** Returns the next larger step, or the largest. */
export function larger(steps: readonly number[], width: number): number {
  return steps.find((step) => step > width * NEAR) ?? steps[steps.length - 1] ?? width;
}

/** Returns the next smaller step, or the smallest. */
export function smaller(steps: readonly number[], width: number): number {
  const below = steps.filter((step) => step * NEAR < width);
  return below[below.length - 1] ?? steps[0] ?? width;
}

/** Returns the width nearest to the one that two fingers ask for. */
export function within(steps: readonly number[], width: number): number {
  const least = steps[0] ?? width;
  const most = steps[steps.length - 1] ?? width;
  return Math.round(Math.max(least, Math.min(width, most)));
}

/** Returns how far to scroll so that what lay under a point still lies there after the page has grown by a factor. */
export function keepUnder(scrolled: number, point: number, factor: number): number {
  return Math.max(0, (scrolled + point) * factor - point);
}
