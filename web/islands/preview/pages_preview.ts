/** A document for the staff: one page after the other, none held back. */
import { say } from '../../core/words';
import { type Preview, partOf } from './marks';

export class PagesPreview implements Preview {
  private readonly root: HTMLElement;
  private readonly pages: number;
  private readonly image: HTMLImageElement;
  private page = 1;

  constructor(root: HTMLElement) {
    this.root = root;
    this.pages = Number(root.dataset.pages);
    this.image = partOf<HTMLImageElement>(root, 'page');
    partOf(root, 'previous').addEventListener('click', () => this.show(this.page - 1));
    partOf(root, 'next').addEventListener('click', () => this.show(this.page + 1));
    this.image.addEventListener('error', () => this.say(root.dataset.wordTrouble));
    this.image.addEventListener('load', () => this.say(undefined));
    this.paint();
  }

  show(at: number): void {
    if (!(at >= 1 && at <= this.pages)) return;
    this.page = at;
    const number = String(at).padStart(4, '0');
    // The size is that of the first page: the next one finds its own when it is there.
    this.image.removeAttribute('width');
    this.image.removeAttribute('height');
    this.image.src = `${this.root.dataset.pagesUrl ?? ''}${number}.webp`;
    partOf<HTMLAnchorElement>(this.root, 'whole').href = this.image.src;
    this.paint();
  }

  place(): string {
    return String(this.page);
  }

  private paint(): void {
    const { root, page, pages } = this;
    const words = say({ page: root.dataset.wordPage ?? '' }, 'page', {
      page: String(page),
      pages: String(pages),
    });
    partOf(root, 'where').textContent = words;
    this.image.alt = words;
    partOf<HTMLButtonElement>(root, 'previous').disabled = page === 1;
    partOf<HTMLButtonElement>(root, 'next').disabled = page === pages;
    for (const box of root.querySelectorAll('.page-box[data-at]')) {
      if (Number(box.getAttribute('data-at')) === page) box.setAttribute('aria-current', 'page');
      else box.removeAttribute('aria-current');
    }
  }

  private say(words: string | undefined): void {
    const note = partOf<HTMLElement>(this.root, 'note');
    note.textContent = words ?? '';
    note.hidden = words === undefined;
  }
}
