/**
 * What is changed in a message on its way because the user asked for it. Each edit is a file of its own and a line in the list below;
 * with nothing switched on a message costs one comparison. Knows nothing of connections: what a proxy itself must change in a message is
 * the engine's.
 */
import type { ResponseHead } from '#model/session.ts';
import { withoutAltSvc } from './alt-svc.ts';

export interface InterceptSettings {
  /** Browsers stay on the proxy instead of going round it by HTTP/3. */
  readonly stripAltSvc: boolean;
}

/** Gives the head that goes on: `head` itself when there is nothing to change. */
export type ResponseEdit = (head: ResponseHead) => ResponseHead;

export class Interceptor {
  readonly #responseEdits: readonly ResponseEdit[];

  constructor({ stripAltSvc }: InterceptSettings) {
    this.#responseEdits = stripAltSvc ? [withoutAltSvc] : [];
  }

  response(head: ResponseHead): ResponseHead {
    let edited = head;
    for (const edit of this.#responseEdits) edited = edit(edited);
    return edited;
  }
}
