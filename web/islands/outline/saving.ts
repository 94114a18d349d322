/** Sends the order to the server. */
import { Fields } from '../../core/reply';
import type { Order } from './machine';

/** What became of it: saved, refused with a reason in words, not signed in any more, or no answer. */
export type Saved =
  | { readonly is: 'saved' }
  | { readonly is: 'refused'; readonly reason: string }
  | { readonly is: 'over' }
  | { readonly is: 'trouble' };

export async function save(url: string, csrf: string, order: Order): Promise<Saved> {
  try {
    const reply = await fetch(url, {
      method: 'POST',
      credentials: 'same-origin',
      redirect: 'manual',
      headers: { 'Content-Type': 'application/json', 'X-CSRFToken': csrf },
      body: JSON.stringify(order),
    });
    if (reply.ok) return { is: 'saved' };
    if (reply.type === 'opaqueredirect' || reply.status === 403) return { is: 'over' };
    const body: unknown = await reply.json().catch(() => null);
    const reason = new Fields(body).maybeText('reason');
    return reason === null ? { is: 'trouble' } : { is: 'refused', reason };
  } catch {
    return { is: 'trouble' };
  }
}
