/** The player of films: video and audio lessons. */
import { film } from './film';
import { Page } from './page';
import { Player } from './player';

for (const root of document.querySelectorAll<HTMLElement>('[data-island="player"]'))
  new Player(new Page(root), film);
