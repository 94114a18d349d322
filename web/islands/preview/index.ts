/** The preview of a file for the staff: marks of its report lead to their place in the film or document. */
import { FilmPreview } from './film_preview';
import { connectMarks } from './marks';
import { PagesPreview } from './pages_preview';

for (const root of document.querySelectorAll<HTMLElement>('[data-island="preview"]'))
  connectMarks(root, root.dataset.kind === 'document' ? new PagesPreview(root) : new FilmPreview(root));
