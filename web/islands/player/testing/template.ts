/** The templates of the player, put together as Django does; its other tags are left in as text, which harms nothing. */
import whole from '../../../../src/jiangxue/portals/learner/templates/learner/player.html?raw';
import audio from '../../../../src/jiangxue/portals/learner/templates/learner/player_audio.html?raw';
import cover from '../../../../src/jiangxue/portals/learner/templates/learner/player_cover.html?raw';
import dialogs from '../../../../src/jiangxue/portals/learner/templates/learner/player_dialogs.html?raw';
import document from '../../../../src/jiangxue/portals/learner/templates/learner/player_document.html?raw';
import film from '../../../../src/jiangxue/portals/learner/templates/learner/player_film.html?raw';
import full_page from '../../../../src/jiangxue/portals/learner/templates/learner/player_full_page.html?raw';
import record from '../../../../src/jiangxue/portals/learner/templates/learner/player_record.html?raw';
import seek from '../../../../src/jiangxue/portals/learner/templates/learner/player_seek.html?raw';
import sound from '../../../../src/jiangxue/portals/learner/templates/learner/player_sound.html?raw';
import status from '../../../../src/jiangxue/portals/learner/templates/learner/player_status.html?raw';
import toggle from '../../../../src/jiangxue/portals/learner/templates/learner/player_toggle.html?raw';
import video from '../../../../src/jiangxue/portals/learner/templates/learner/player_video.html?raw';

const PARTS: Readonly<Record<string, string>> = {
  audio,
  cover,
  dialogs,
  document,
  film,
  full_page,
  record,
  seek,
  sound,
  status,
  toggle,
  video,
};

/** Returns the player of one kind of lesson. */
export function templateOf(kind: 'video' | 'audio' | 'document'): string {
  const chosen = whole.replace(/\{% if player\.kind[\s\S]*?\{% endif %\}/, include(`player_${kind}`));
  return filled(chosen)
    .replace(/\{#.*?#\}/g, '')
    .replace(/\{% (if|else|endif).*?%\}/g, '');
}

function include(name: string): string {
  return `{% include "learner/${name}.html" %}`;
}

function filled(template: string): string {
  return template.replace(/\{% include "learner\/player_(\w+)\.html"[^%]*%\}/g, (_, name: string) => {
    const part = PARTS[name];
    if (part === undefined) throw new Error(`the tests do not know the template player_${name}`);
    return filled(part);
  });
}
