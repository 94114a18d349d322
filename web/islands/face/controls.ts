/** From presses, keys and the browser's own news to events of the machine. */
import { CLOSE, OPEN } from '../../core/face_seam';
import type { Event as FaceEvent } from './events';
import type { FacePage } from './page';

type Happen = (event: FaceEvent) => void;

export function connectControls(page: FacePage, happen: Happen): void {
  const press = (name: string, event: () => FaceEvent): void =>
    page.part(name).addEventListener('click', () => happen(event()));
  const isOn = (name: string): boolean => page.part(name).getAttribute('aria-pressed') === 'true';
  press('main', () => ({ type: page.part('main').dataset.does === 'go_on' ? 'go_on' : 'start' }));
  press('switch', () => ({ type: 'switch_camera' }));
  press('excuse', () => ({ type: 'excuse' }));
  press('stop', () => ({ type: 'stop' }));
  press('sound', () => ({ type: 'sound', on: !isOn('sound') }));
  press('flash', () => ({ type: 'prefer', actions: page.part('flash').dataset.actions !== 'true' }));
  press('live-actions', () => ({ type: 'prefer', actions: true }));
  connectKeys(page, happen);
  document.addEventListener('visibilitychange', () =>
    happen({ type: 'visibility', hidden: document.hidden }),
  );
  // A camera must not go on because the browser keeps the page in its memory.
  window.addEventListener('pagehide', () => happen({ type: 'stop' }));
  page.root.addEventListener(OPEN, (event) => {
    const check: unknown = event instanceof CustomEvent ? event.detail : null;
    happen({ type: 'opened', check: typeof check === 'string' ? check : null });
  });
  page.root.addEventListener(CLOSE, () => happen({ type: 'closed' }));
}

/** In front of the camera Escape stops, and the focus stays where the words are. */
function connectKeys(page: FacePage, happen: Happen): void {
  const live = page.part('live');
  live.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key !== 'Escape') return;
    event.preventDefault();
    happen({ type: 'stop' });
  });
  document.addEventListener('focusin', ({ target }) => {
    if (!live.hidden && target instanceof Node && !live.contains(target)) live.focus({ preventScroll: true });
  });
}
