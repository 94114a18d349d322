/** Copies the link that stands in a field, and says whether that worked; browsers that refuse leave the link marked. */
export class CopyLink {
  private readonly link: HTMLInputElement;
  private readonly button: HTMLElement;
  private readonly note: HTMLElement;

  constructor(private readonly root: HTMLElement) {
    this.link = this.part('link') as HTMLInputElement;
    this.button = this.part('copy');
    this.note = this.part('note');
  }

  start(): void {
    this.button.hidden = false;
    this.button.addEventListener('click', () => void this.copy());
  }

  private async copy(): Promise<void> {
    this.link.select();
    try {
      await navigator.clipboard.writeText(this.link.value);
      this.say('copied');
    } catch {
      this.say('failed');
    }
  }

  private say(word: 'copied' | 'failed'): void {
    this.note.textContent = this.root.getAttribute(`data-word-${word}`) ?? '';
  }

  private part(name: string): HTMLElement {
    const found = this.root.querySelector<HTMLElement>(`[data-part="${name}"]`);
    if (found === null) throw new Error(`no part ${name}`);
    return found;
  }
}
