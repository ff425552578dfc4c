/**
 * What Sluice changed in a head before it sent it on, field by field. Fields are matched by name and turn, so that one that only moved is
 * not shown as removed and added; that fields moved is said once for the whole head.
 */
import type { HeaderPair, Headers } from '#model/headers.ts';

export type HeadChange =
  | { readonly kind: 'same' | 'removed' | 'added'; readonly name: string; readonly value: string }
  /** `name` and `value` as received; `sent` is what went on in their place. */
  | { readonly kind: 'changed'; readonly name: string; readonly value: string; readonly sent: HeaderPair };

export interface HeadChanges {
  /** In the order received; what was added stands before the field it precedes, or last. */
  readonly fields: readonly HeadChange[];
  /** Fields that stayed were sent in another order. */
  readonly moved: boolean;
}

/** Numbers each field among those of its name: the second Set-Cookie is "set-cookie 1". */
function numbered(headers: Headers): string[] {
  const seen = new Map<string, number>();
  return headers.map(([name]) => {
    const key = name.toLowerCase();
    const turn = seen.get(key) ?? 0;
    seen.set(key, turn + 1);
    return `${key} ${turn}`;
  });
}

export function headChanges(received: Headers, sent: Headers): HeadChanges {
  const receivedKeys = numbered(received);
  const sentKeys = numbered(sent);
  const sentAt = new Map(sentKeys.map((key, i) => [key, i]));
  const known = new Set(receivedKeys);
  const fields: HeadChange[] = [];
  /** Where in `sent` additions may stand that belong before the next field that stayed: what was removed there comes first. */
  let pending = 0;
  const addPending = () => {
    for (let i = pending; i < sent.length && !known.has(sentKeys[i] ?? ''); i++) {
      const [name, value] = sent[i] ?? ['', ''];
      fields.push({ kind: 'added', name, value });
    }
  };
  for (const [i, [name, value]] of received.entries()) {
    const at = sentAt.get(receivedKeys[i] ?? '');
    const pair = at === undefined ? undefined : sent[at];
    if (at === undefined || pair === undefined) fields.push({ kind: 'removed', name, value });
    else {
      addPending();
      const same = pair[0] === name && pair[1] === value;
      fields.push(same ? { kind: 'same', name, value } : { kind: 'changed', name, value, sent: pair });
      pending = at + 1;
    }
  }
  addPending();
  const places = receivedKeys.flatMap((key) => sentAt.get(key) ?? []);
  return { fields, moved: places.some((place, i) => place < (places[i - 1] ?? -1)) };
}
