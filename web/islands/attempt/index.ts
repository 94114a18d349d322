/** The questions of an attempt at a lesson's test: what is chosen is kept at once. The page works without this. */

import { keepChoices } from './keeping';

const form = document.querySelector<HTMLFormElement>('[data-island="attempt"]');

if (form !== null) keepChoices(form, (url, body) => fetch(url, { method: 'POST', body }));
