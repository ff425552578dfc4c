/** What the list of imported requests shows, and how it is narrowed. Pure. */
import type { ImportedRequest } from '#formats/requests/imported-request.ts';
import type { LossReport } from '#model/loss-report.ts';

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

/** Different details that are named of one kind of loss. */
const MOST_DETAILS = 5;

/** What of that kind was lost, each once: "id, token, …". */
export function detailsOf({ losses }: LossReport, what: string): string {
  const details = new Set(losses.filter((loss) => loss.what === what).map(({ detail }) => detail ?? ''));
  details.delete('');
  const named = [...details].slice(0, MOST_DETAILS);
  return [...named, ...(details.size > named.length ? ['…'] : [])].join(', ');
}
