/** A film: a picture with sound, or sound alone. */
import { connectCaptions, connectFilm, connectNews } from './film_controls';
import type { Page } from './page';
import { closeSideDoors, Picture } from './picture';
import { Rail } from './rail';
import { connectRunningText } from './running_text';
import type { Hooks, Scene } from './scene';

/** Sets the scene of a film. */
export function film(page: Page, hooks: Hooks): Scene {
  const { video, lesson } = page;
  const stage = new Picture(page, hooks.start_ms, {
    trouble: (for_good) => hooks.happen({ type: 'picture_trouble', for_good }),
    locked: (is_locked) => hooks.happen({ type: 'locked', is_locked }),
  });
  closeSideDoors(video, page.title);
  const rail = new Rail(page);
  connectFilm(
    page,
    (event) => hooks.happen(event),
    () => ({ ...hooks.view(), length_ms: lesson.length_ms }),
    (position_ms) => rail.preview(position_ms),
  );
  if (page.is('audio')) connectRunningText(page);
  else connectCaptions(page);
  connectNews(page, (seeking) => hooks.look(seeking));
  return { stage, loudness: video, paint: (view) => rail.paint(view) };
}
