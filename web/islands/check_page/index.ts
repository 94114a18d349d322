/** The check's own page: counts its time down, and goes to see what became of it when it is over. */

const page = document.querySelector<HTMLElement>('[data-island="check-page"]');

function countDown(root: HTMLElement): void {
  const { leftMs = '0', ofMs = '1', left = '', overUrl = '' } = root.dataset;
  const until_ms = performance.now() + Number(leftMs);
  const words = root.querySelector('[data-part="left"]');
  const rest = root.querySelector('[data-part="rest"]');
  const tick = (): void => {
    const rest_ms = Math.max(0, until_ms - performance.now());
    if (words !== null) words.textContent = left.replace('{seconds}', String(Math.ceil(rest_ms / 1_000)));
    rest?.setAttribute('width', `${Math.min(100, (100 * rest_ms) / Number(ofMs)).toFixed(2)}%`);
    root.dataset.soon = String(rest_ms <= 10_000);
    if (rest_ms > 0) setTimeout(tick, 250);
    else window.location.replace(overUrl);
  };
  tick();
}

if (page !== null) countDown(page);
