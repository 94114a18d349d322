/** The text of a page without the line ends that only its paper has, so that it fills a narrow screen and is read out whole. */

/** From half as many Chinese characters on a line is running text; shorter ones, as of slides and tables, stand as they are. */
const RUNNING = 60;
/** Lines that end at the margin differ by a character or two, for marks hang there and Latin words do not break. */
const NEARLY = 0.92;
const ENDS = /[。！？；：.!?;:]["”’）)」』]?$/;
const BEGINS = /^(?:[-•●○■□·※]|第.{1,4}[章节条]|[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．])/;
const LATIN_END = /[\w,]$/;
const LATIN_BEGIN = /^\w/;

/** Returns the text with the lines of a paragraph joined. */
export function flowing(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  const margin = marginOf(lines.map(widthOf));
  if (margin < RUNNING) return text;
  let flow = '';
  let goes_on = false;
  for (const line of lines) {
    const joins = goes_on && line !== '' && !BEGINS.test(line);
    const between = LATIN_END.test(flow) && LATIN_BEGIN.test(line) ? ' ' : '';
    flow += joins ? between + line : `\n${line}`;
    const width = widthOf(line);
    goes_on = width >= margin * NEARLY && width * NEARLY <= margin && !ENDS.test(line);
  }
  return flow.slice(1);
}

/** Where the lines of the text end: the greatest width that two lines have nearly. A running head in small type is wider, but alone. */
function marginOf(widths: readonly number[]): number {
  const ordered = [...widths].sort((one, other) => other - one);
  return ordered.find((width, at) => (ordered[at + 1] ?? 0) >= width * NEARLY) ?? 0;
}

/** Chinese characters and their marks are as wide as two others. */
function widthOf(line: string): number {
  return [...line].reduce((width, each) => width + (each.charCodeAt(0) < 0x2000 ? 1 : 2), 0);
}
