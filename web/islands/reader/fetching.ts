/** Fetching a page's picture and text. The server releases a page when the one before it is finished. */

/** not_released: not yet · refused: loading the lesson anew may help · lost: the network, try again. */
export type Reason = 'not_released' | 'refused' | 'lost';

/** What pages come from; tests have their own. */
export interface Press {
  /** Returns the picture, ready to be shown. */
  image(url: string): Promise<HTMLImageElement>;
  /** Returns why there is no picture. */
  reason(url: string): Promise<Reason>;
  /** Returns the text, empty where there is none. */
  text(url: string): Promise<string>;
}

export const PRESS: Press = {
  async image(url) {
    const image = new Image();
    image.decoding = 'async';
    image.src = url;
    await image.decode();
    return image;
  },
  async reason(url) {
    try {
      const response = await fetch(url, { credentials: 'same-origin', cache: 'no-store' });
      if (response.status === 403) return (await isNotReleased(response)) ? 'not_released' : 'refused';
      return response.status >= 400 && response.status < 500 ? 'refused' : 'lost';
    } catch {
      return 'lost';
    }
  },
  async text(url) {
    try {
      const response = await fetch(url, { credentials: 'same-origin' });
      return response.ok ? (await response.text()).trim() : '';
    } catch {
      return '';
    }
  },
};

async function isNotReleased(response: Response): Promise<boolean> {
  try {
    return ((await response.json()) as { error?: unknown } | null)?.error === 'not_released';
  } catch {
    return false;
  }
}
