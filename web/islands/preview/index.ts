/** The preview of a file for staff and reviewers: marks of its report lead to their place in the film or document. */
import { FilmPreview } from './film_preview';
import { connectMarks, connectPlace } from './marks';
import { PagesPreview } from './pages_preview';

for (const root of document.querySelectorAll<HTMLElement>('[data-island="preview"]')) {
  const preview = root.dataset.kind === 'document' ? new PagesPreview(root) : new FilmPreview(root);
  connectMarks(root, preview);
  connectPlace(root, preview);
}
