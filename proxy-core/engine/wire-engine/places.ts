/**
 * Where the last request of a connection went, so that the next one to the same place need not be judged again: same Host, same target up
 * to its path. Anything else is not recalled. Saves two regular expressions and some objects for each request.
 */
import type { RequestHead } from '#model/session.ts';
import type { Target } from '../target.ts';
import { fieldKind } from './field-kinds.ts';

interface Place {
  /** What stands before the path: nothing, or `http://authority`. */
  readonly prefix: string;
  /** The value of the one Host field. */
  readonly host: string;
  readonly target: Target;
  /** The target's URL before its path. */
  readonly url: string;
}

/** The value of Host when there is exactly one. */
function oneHost({ headers }: RequestHead): string | undefined {
  let host: string | undefined;
  for (const [name, value] of headers) {
    if (fieldKind(name) !== 'host') continue;
    if (host !== undefined) return undefined;
    host = value;
  }
  return host;
}

export class Places {
  #last: Place | undefined;

  /** `target` is what `head` was found to be for. */
  remember(head: RequestHead, target: Target): void {
    const host = oneHost(head);
    const { path, url } = target;
    // Only where the path stands at the end of both as it is.
    if (host === undefined || !path.startsWith('/') || !head.target.endsWith(path) || !url.endsWith(path))
      return;
    this.#last = {
      prefix: head.target.slice(0, head.target.length - path.length),
      host,
      target,
      url: url.slice(0, url.length - path.length),
    };
  }

  /** The target of a request that differs from the last one in its path alone. */
  recall(head: RequestHead): Target | undefined {
    const last = this.#last;
    if (last === undefined) return undefined;
    const { prefix, host, target, url } = last;
    const at = prefix.length;
    if (head.target.charCodeAt(at) !== 0x2f || !head.target.startsWith(prefix)) return undefined;
    if (head.target.includes('#') || oneHost(head) !== host) return undefined;
    if (head.target === prefix + target.path) return target;
    const path = at === 0 ? head.target : head.target.slice(at);
    return { ...target, path, url: url + path };
  }
}
