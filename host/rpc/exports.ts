/** `exports.*`: preparing, following and stopping files that the browser downloads; what they would hold; requests to be copied. */
import type { CopiedRequest } from '#model/contract/contract.ts';
import { SluiceError } from '#model/errors.ts';
import { exportSource } from '../redaction/export-source.ts';
import type { Services } from '../services.ts';
import type { HandlerGroup } from './handlers.ts';

/** A body beyond this is for a file, not for a clipboard. */
const MOST_COPIED = 4 * 1024 * 1024;

export function exportsHandlers({ exports, store }: Services): HandlerGroup<'exports'> {
  return {
    'exports.start': (selection) => exports.start(selection),
    'exports.preview': (request, signal) => exports.preview(request, signal),
    'exports.requests': async ({ ids, redaction: choice }) => {
      await using source = exportSource(store, ids, choice);
      const requests: CopiedRequest[] = [];
      for await (const { session, requestBody } of source.sessions) {
        if (requestBody.length > MOST_COPIED) {
          throw new SluiceError('too-large', `The body of request ${session.row.id} is too large to copy.`);
        }
        requests.push({ session, body: new Uint8Array(requestBody) });
      }
      if (requests.length < ids.length)
        throw new SluiceError('not-found', 'Some of these sessions are not there any more.');
      const redaction = await source.summary();
      return { requests, ...(redaction === undefined ? {} : { redaction }) };
    },
    'exports.watch': ({ id }, signal) => exports.watch(id, signal),
    'exports.cancel': async ({ id }) => {
      exports.cancel(id);
      return {};
    },
  };
}
