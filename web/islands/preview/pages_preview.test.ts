// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { connectMarks, connectPlace, minutesAndSeconds } from './marks';
import { PagesPreview } from './pages_preview';

const SKELETON = `
  <div id="root" data-pages="3" data-pages-url="/media/t/pages/" data-word-page="第 {page} 页，共 {pages} 页" data-word-trouble="坏了">
    <a id="mark" href="/media/t/pages/0002.webp" data-at="2">第 2 页</a>
    <a class="page-box" data-at="1">1</a><a class="page-box" data-at="2">2</a>
    <section id="preview">
      <img data-part="page" src="/media/t/pages/0001.webp" alt="">
      <button data-part="previous"></button><p data-part="where"></p><button data-part="next"></button><a data-part="whole" href="/media/t/pages/0001.webp"></a>
      <p data-part="note" hidden></p>
    </section>
  </div>`;

function shown() {
  document.body.innerHTML = SKELETON;
  const root = document.getElementById('root') as HTMLElement;
  connectMarks(root, new PagesPreview(root));
  const part = (name: string) => root.querySelector(`[data-part="${name}"]`) as HTMLElement;
  return { root, part, image: part('page') as HTMLImageElement };
}

describe('the preview of a document', () => {
  let page = shown();
  beforeEach(() => {
    page = shown();
  });

  it('opens the page of a mark and says which it is', () => {
    (document.getElementById('mark') as HTMLElement).click();
    expect(page.image.getAttribute('src')).toBe('/media/t/pages/0002.webp');
    expect(page.part('where').textContent).toBe('第 2 页，共 3 页');
    expect(page.part('whole').getAttribute('href')).toContain('/media/t/pages/0002.webp');
    expect(page.root.querySelector('[aria-current]')?.textContent).toBe('2');
  });

  it('turns pages and stops at both ends', () => {
    const next = page.part('next') as HTMLButtonElement;
    const previous = page.part('previous') as HTMLButtonElement;
    expect([previous.disabled, next.disabled]).toEqual([true, false]);
    next.click();
    next.click();
    expect([previous.disabled, next.disabled]).toEqual([false, true]);
    previous.click();
    expect(page.image.alt).toBe('第 2 页，共 3 页');
  });

  it('leaves a mark to the browser that is opened in another tab', () => {
    const mark = document.getElementById('mark') as HTMLElement;
    mark.dispatchEvent(new MouseEvent('click', { bubbles: true, ctrlKey: true }));
    expect(page.image.getAttribute('src')).toBe('/media/t/pages/0001.webp');
  });

  it('says that a page cannot be loaded, and takes it back', () => {
    page.image.dispatchEvent(new Event('error'));
    expect(page.part('note').textContent).toBe('坏了');
    page.image.dispatchEvent(new Event('load'));
    expect(page.part('note').hidden).toBe(true);
  });
});

describe('the place that is shown now', () => {
  it('is written into the field of a mark', () => {
    document.body.innerHTML = SKELETON.replace(
      '<section',
      '<input id="at"><button data-part="here" data-into="at" hidden></button><section',
    );
    const root = document.getElementById('root') as HTMLElement;
    const preview = new PagesPreview(root);
    connectPlace(root, preview);
    preview.show(2);
    (root.querySelector('[data-part="here"]') as HTMLElement).click();
    expect((document.getElementById('at') as HTMLInputElement).value).toBe('2');
  });

  it('is minutes and seconds of a film', () => {
    expect([0, 65_400, 4_500_000].map(minutesAndSeconds)).toEqual(['00:00', '01:05', '75:00']);
  });
});
