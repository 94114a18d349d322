/** A face in front of the camera, on a page of its own or inside a host that loads this script when it first needs it (web/core/face_seam.ts). */
import { Face } from './face';
import { FacePage } from './page';

for (const root of document.querySelectorAll<HTMLElement>('[data-island="face"]'))
  new Face(new FacePage(root));
