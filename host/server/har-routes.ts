/**
 * `GET /api/export/har?job=ID|filter=…|ids=1,2,3[&redact=off][&download=NAME]` and `POST /api/import/har`: HAR files in and out, streamed both ways.
 * A job is one that a window prepared (`exports.start`) and follows.
 */
import type { IncomingMessage } from 'node:http';
import { SluiceError } from '#model/errors.ts';
import type { RedactionChoice } from '#model/redaction.ts';
import type { SessionId } from '#model/session.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import type { Exports } from '../exports.ts';
import { filterOf } from '../filter-text.ts';
import { allIds, exportHar, importHar } from '../har-transfer.ts';
import { exportSource } from '../redaction/export-source.ts';
import { answerJson, pour } from './answer.ts';
import { disposition } from './body-route.ts';
import type { Route } from './loopback-server.ts';
import { dataHeaders } from './security-headers.ts';

function idsIn(list: string): SessionId[] {
  const ids = list.split(',').map(Number);
  if (ids.every((id) => Number.isSafeInteger(id) && id > 0)) return ids;
  throw new SluiceError('bad-request', 'ids is a list of session numbers with commas between them.');
}

export function harExportRoute(store: CaptureStore, exports: Exports): Route {
  async function* redactedHar(ids: readonly SessionId[], choice: RedactionChoice): AsyncGenerator<string> {
    await using source = exportSource(store, ids, choice);
    yield* exportHar(source.sessions);
  }
  async function chosen(parameters: URLSearchParams): Promise<AsyncGenerator<string>> {
    const job = parameters.get('job');
    if (job !== null) return exports.take(job);
    const ids = parameters.get('ids');
    const filter = filterOf(parameters.get('filter') ?? '');
    await store.flush();
    const chosenIds = ids === null ? await allIds(store, filter) : idsIn(ids);
    return redactedHar(chosenIds, parameters.get('redact') === 'off' ? 'off' : {});
  }
  return async (request, response, url) => {
    // Asking for the head alone must not use a job up.
    const pieces = request.method === 'HEAD' ? undefined : await chosen(url.searchParams);
    response.writeHead(200, {
      ...dataHeaders(),
      'Content-Type': 'application/json',
      'Content-Disposition': disposition(url.searchParams.get('download') ?? 'sluice.har'),
    });
    if (pieces === undefined) response.end();
    else await pour(pieces, response);
  };
}

/** Reads what is left of an upload and drops it: browsers read no answer before they have sent everything. */
async function drain(request: IncomingMessage): Promise<void> {
  request.resume();
  if (!request.readableEnded && !request.destroyed) {
    await new Promise<void>((resolve) => request.once('end', resolve).once('close', resolve));
  }
}

export function harImportRoute(store: CaptureStore, nextId: () => SessionId): Route {
  return async (request, response) => {
    try {
      const chunks = request.iterator({ destroyOnReturn: false });
      answerJson(response, 200, { imported: await importHar(store, chunks, nextId) });
    } catch (error) {
      await drain(request);
      throw error;
    }
  };
}
