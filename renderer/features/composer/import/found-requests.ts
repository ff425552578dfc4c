/** What the list of imported requests shows, and how it is narrowed. Pure. */
import type { ImportedRequest } from '#formats/requests/imported-request.ts';

/** Drafts opened at once: each is an entry of the sidebar. */
export const MOST_OPENED = 100;
/** Rows drawn at once. */
export const MOST_SHOWN = 300;

/** Its folders and name; without a name its path. */
export function titleOf({ name, folder, url }: ImportedRequest): string {
  const path = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '') || '/';
  return [...folder, name === '' ? path : name].filter((part) => part !== '').join(' / ');
}

/** Those in whose title, method or address every word of `find` stands. */
export function foundIn(requests: readonly ImportedRequest[], find: string): readonly ImportedRequest[] {
  const words = find
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return requests;
  return requests.filter((request) => {
    const text = `${request.method} ${titleOf(request)} ${request.url}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
