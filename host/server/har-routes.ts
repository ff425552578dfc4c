/** `GET /api/export/har?filter=…|ids=1,2,3[&download=NAME]` and `POST /api/import/har`: HAR files in and out, streamed both ways. */
import { SluiceError } from '#model/errors.ts';
import type { SessionId } from '#model/session.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { filterOf } from '../filter-text.ts';
import { allIds, exportHar, importHar } from '../har-transfer.ts';
import { answerJson, pour } from './answer.ts';
import { disposition } from './body-route.ts';
import type { Route } from './loopback-server.ts';
import { dataHeaders } from './security-headers.ts';

function idsIn(list: string): SessionId[] {
  const ids = list.split(',').map(Number);
  if (ids.every((id) => Number.isSafeInteger(id) && id > 0)) return ids;
  throw new SluiceError('bad-request', 'ids is a list of session numbers with commas between them.');
}

export function harExportRoute(store: CaptureStore): Route {
  return async (request, response, url) => {
    const chosen = url.searchParams.get('ids');
    const filter = filterOf(url.searchParams.get('filter') ?? '');
    await store.flush();
    const ids = chosen === null ? await allIds(store, filter) : idsIn(chosen);
    response.writeHead(200, {
      ...dataHeaders(),
      'Content-Type': 'application/json',
      'Content-Disposition': disposition(url.searchParams.get('download') ?? 'sluice.har'),
    });
    if (request.method === 'HEAD') response.end();
    else await pour(exportHar(store, ids), response);
  };
}

export function harImportRoute(store: CaptureStore, nextId: () => SessionId): Route {
  return async (request, response) => {
    const imported = await importHar(store, request, nextId);
    answerJson(response, 200, { imported });
  };
}
