/** The order of an outline while it is being moved by hand. No page, no network, no clock. */

export interface ModuleOrder {
  readonly id: number;
  readonly lessons: readonly number[];
}

export type Order = readonly ModuleOrder[];

export interface Item {
  readonly kind: 'module' | 'lesson';
  readonly id: number;
}

export interface Place {
  /** The place of the module, or of the module in which the lesson stands; from 0. */
  readonly module: number;
  /** The place of the lesson in its module, from 0; 0 for a module. */
  readonly lesson: number;
}

export interface Arranging {
  readonly order: Order;
  /** What is picked up by the keyboard or dragged. */
  readonly held: Item | null;
  /** The order to which Escape leads back. */
  readonly before: Order;
}

export type Happening =
  | { readonly kind: 'grabbed'; readonly item: Item }
  /** One place up or down. */
  | { readonly kind: 'stepped'; readonly by: 1 | -1 }
  /** What is held was dragged over this place. */
  | { readonly kind: 'dragged'; readonly to: Place }
  | { readonly kind: 'dropped' }
  | { readonly kind: 'escaped' };

export const begun = (order: Order): Arranging => ({ order, held: null, before: order });

/** Returns how things stand after something has happened; the same object when that means nothing now. */
export function arranged(now: Arranging, happening: Happening): Arranging {
  if (happening.kind === 'grabbed')
    return now.held === null ? { ...now, held: happening.item, before: now.order } : now;
  if (now.held === null) return now;
  switch (happening.kind) {
    case 'stepped':
      return { ...now, order: stepped(now.order, now.held, happening.by) };
    case 'dragged':
      return { ...now, order: put(now.order, now.held, happening.to) };
    case 'dropped':
      return { ...now, held: null };
    case 'escaped':
      return begun(now.before);
  }
}

/** Whether dropping changes anything that is to be saved. */
export const isMoved = (now: Arranging): boolean => JSON.stringify(now.order) !== JSON.stringify(now.before);

/** Returns where an item stands, null where it does not. */
export function placeOf(order: Order, item: Item): Place | null {
  if (item.kind === 'module') {
    const module = order.findIndex((each) => each.id === item.id);
    return module < 0 ? null : { module, lesson: 0 };
  }
  const module = order.findIndex((each) => each.lessons.includes(item.id));
  const lesson = order[module]?.lessons.indexOf(item.id) ?? -1;
  return lesson < 0 ? null : { module, lesson };
}

/** A lesson at the border of its module steps into the next one, as the buttons without script do. */
export function stepped(order: Order, item: Item, by: 1 | -1): Order {
  const place = placeOf(order, item);
  if (place === null) return order;
  if (item.kind === 'module') return put(order, item, { module: place.module + by, lesson: 0 });
  const lesson = place.lesson + by;
  const within = order[place.module]?.lessons.length ?? 0;
  if (lesson >= 0 && lesson < within) return put(order, item, { module: place.module, lesson });
  const neighbour = order[place.module + by];
  if (neighbour === undefined) return order;
  return put(order, item, { module: place.module + by, lesson: by < 0 ? neighbour.lessons.length : 0 });
}

/** Returns the order with an item at a place; the same order where there is no such place. */
export function put(order: Order, item: Item, to: Place): Order {
  const from = placeOf(order, item);
  if (from === null || order[to.module] === undefined) return order;
  if (item.kind === 'module') return moved(order, from.module, to.module);
  const without = order.map((each) => ({ ...each, lessons: each.lessons.filter((id) => id !== item.id) }));
  return without.map((each, index) => {
    if (index !== to.module) return each;
    const at = Math.max(0, Math.min(to.lesson, each.lessons.length));
    return { ...each, lessons: [...each.lessons.slice(0, at), item.id, ...each.lessons.slice(at)] };
  });
}

function moved<T>(rows: readonly T[], from: number, to: number): readonly T[] {
  const rest = rows.filter((_, index) => index !== from);
  const row = rows[from];
  return row === undefined ? rows : [...rest.slice(0, to), row, ...rest.slice(to)];
}
