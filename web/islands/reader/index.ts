/** The player of documents: the same as that of films, with pages instead of a picture. */
import { Page } from '../player/page';
import { Player } from '../player/player';
import { reader } from './reader';

for (const root of document.querySelectorAll<HTMLElement>('[data-island="player"]'))
  new Player(new Page(root), reader);
