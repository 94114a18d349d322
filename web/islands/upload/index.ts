/**
 * Sends files that are chosen or dropped, by tus, one after the other; a lost line, a closed page or a new sign-in costs a portion.
 *
 *     <section data-island="upload" data-url="…" data-csrf="…" data-chunk-bytes="…" data-most-bytes="…" data-endings="…"
 *              data-macro-endings="…" data-word-…="…">
 *       <div data-part="drop" hidden> <input type="file" multiple data-part="input"> · <ol data-part="queue" hidden> · <p data-part="spoken">
 */
import { type Entry, Queue } from './queue';
import { listed, refusalOf } from './refusal';
import { sendingTo } from './transport';
import { Line } from './view';

/** What is worth saying aloud; progress is not. */
const SPOKEN = new Set(['offline', 'stuck', 'sent', 'refused']);

class UploadIsland {
  private readonly root: HTMLElement;
  private readonly lines = new Map<Entry, Line>();
  private readonly queue: Queue;

  constructor(root: HTMLElement) {
    this.root = root;
    const address = {
      url: root.dataset.url ?? '',
      csrf: root.dataset.csrf ?? '',
      chunk_bytes: Number(root.dataset.chunkBytes),
      words: { over: this.word('over'), refused: this.word('refused') },
    };
    this.queue = new Queue(sendingTo(address), (entry) => this.show(entry));
  }

  start(): void {
    const drop = this.part('drop');
    const input = this.part<HTMLInputElement>('input');
    drop.hidden = false;
    input.addEventListener('change', () => {
      this.take(input.files);
      input.value = ''; // so that the same file can be chosen again
    });
    drop.addEventListener('dragover', (event) => {
      event.preventDefault();
      drop.dataset.over = '';
    });
    drop.addEventListener('dragleave', () => delete drop.dataset.over);
    drop.addEventListener('drop', (event) => {
      event.preventDefault();
      delete drop.dataset.over;
      this.take(event.dataTransfer?.files ?? null);
    });
    window.addEventListener('offline', () => this.queue.line(false));
    window.addEventListener('online', () => this.queue.line(true));
  }

  private take(files: FileList | null): void {
    for (const file of files ?? []) this.queue.add(file, this.refusal(file));
  }

  private refusal(file: File): string {
    const { mostBytes, endings, macroEndings } = this.root.dataset;
    const limits = {
      mostBytes: Number(mostBytes),
      endings: listed(endings),
      macroEndings: listed(macroEndings),
    };
    const why = refusalOf(file, limits);
    return why === null ? '' : this.word(why);
  }

  private show(entry: Entry): void {
    let line = this.lines.get(entry);
    if (line === undefined) {
      const press = (act: 'pause' | 'resume') =>
        this.queue.tell(entry, { kind: act === 'pause' ? 'paused' : 'resumed' });
      line = new Line(entry.file.name, (name) => this.word(name), press);
      this.lines.set(entry, line);
      this.part('queue').append(line.element);
      this.part('queue').hidden = false;
    }
    const before = line.element.dataset.phase;
    line.show(entry);
    const { phase, words } = entry.state;
    if (phase !== before && SPOKEN.has(phase))
      this.part('spoken').textContent = `${entry.file.name}: ${words || this.word(phase)}`;
  }

  private word(name: string): string {
    return this.root.dataset[`word${name.charAt(0).toUpperCase()}${name.slice(1)}`] ?? '';
  }

  private part<Part extends HTMLElement = HTMLElement>(name: string): Part {
    const found = this.root.querySelector<Part>(`[data-part="${name}"]`);
    if (found === null) throw new Error(`no part ${name}`);
    return found;
  }
}

for (const root of document.querySelectorAll<HTMLElement>('[data-island="upload"]'))
  new UploadIsland(root).start();
