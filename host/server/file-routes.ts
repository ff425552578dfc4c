/**
 * Files in and out, streamed both ways.
 * `GET /api/export?job=ID|format=…&filter=…|ids=1,2,3[&redact=off][&download=NAME]`; a job is one that a window prepared (`exports.start`) and follows.
 * `POST /api/import?name=NAME[&format=…]`: the file as it is; its password, if it has one, in the header below.
 */
import type { IncomingMessage } from 'node:http';
import { type ExportFormat, exportFormat } from '#formats/all-formats.ts';
import { SluiceError } from '#model/errors.ts';
import type { RedactionChoice } from '#model/redaction.ts';
import type { SessionId } from '#model/session.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { exportFile } from '../export-sessions.ts';
import type { Exports } from '../exports.ts';
import { filterOf } from '../filter-text.ts';
import { allIds } from '../har-transfer.ts';
import { importSessions } from '../import-sessions.ts';
import { streamSource } from '../import-source.ts';
import { exportSource } from '../redaction/export-source.ts';
import { answerJson, pour } from './answer.ts';
import { disposition } from './body-route.ts';
import type { Route } from './loopback-server.ts';
import { dataHeaders } from './security-headers.ts';

/** A header and no part of the address, which would be remembered and logged. Percent-encoded UTF-8. */
const PASSWORD = 'x-sluice-password';

function idsIn(list: string): SessionId[] {
  const ids = list.split(',').map(Number);
  if (ids.every((id) => Number.isSafeInteger(id) && id > 0)) return ids;
  throw new SluiceError('bad-request', 'ids is a list of session numbers with commas between them.');
}

export function exportRoute(store: CaptureStore, exports: Exports): Route {
  async function* redacted(ids: readonly SessionId[], choice: RedactionChoice, format: ExportFormat) {
    await using source = exportSource(store, ids, choice);
    yield* exportFile(source.sessions, format).pieces;
  }
  async function chosen(parameters: URLSearchParams, format: ExportFormat) {
    const job = parameters.get('job');
    if (job !== null) return exports.take(job);
    const ids = parameters.get('ids');
    const filter = filterOf(parameters.get('filter') ?? '');
    await store.flush();
    const chosenIds = ids === null ? await allIds(store, filter) : idsIn(ids);
    const redaction = parameters.get('redact') === 'off' ? 'off' : {};
    return { mediaType: format.mediaType, pieces: redacted(chosenIds, redaction, format) };
  }
  return async (request, response, url) => {
    const format = exportFormat(url.searchParams.get('format') ?? 'har');
    // Asking for the head alone must not use a job up.
    const file = request.method === 'HEAD' ? undefined : await chosen(url.searchParams, format);
    response.writeHead(200, {
      ...dataHeaders(),
      'Content-Type': file?.mediaType ?? format.mediaType,
      'Content-Disposition': disposition(url.searchParams.get('download') ?? `sluice${format.extensions[0]}`),
    });
    if (file === undefined) response.end();
    else await pour(file.pieces, response);
  };
}

/** Reads what is left of an upload and drops it: browsers read no answer before they have sent everything. */
async function drain(request: IncomingMessage): Promise<void> {
  request.resume();
  if (!request.readableEnded && !request.destroyed) {
    await new Promise<void>((resolve) => request.once('end', resolve).once('close', resolve));
  }
}

function passwordIn(request: IncomingMessage): string | undefined {
  const header = request.headers[PASSWORD];
  if (typeof header !== 'string' || header === '') return undefined;
  try {
    return decodeURIComponent(header);
  } catch (cause) {
    throw new SluiceError('bad-request', 'The password is percent-encoded UTF-8.', { cause });
  }
}

export function importRoute(store: CaptureStore, nextId: () => SessionId): Route {
  return async (request, response, url) => {
    try {
      const password = passwordIn(request);
      const asked = url.searchParams.get('format') ?? undefined;
      const chunks: AsyncIterable<Uint8Array> = {
        [Symbol.asyncIterator]: () => request.iterator({ destroyOnReturn: false }),
      };
      await using source = await streamSource(url.searchParams.get('name') ?? '', chunks);
      const result = await importSessions(store, source, nextId, {
        ...(password === undefined ? {} : { password }),
        ...(asked === undefined ? {} : { format: asked }),
      });
      answerJson(response, 200, result);
    } catch (error) {
      await drain(request);
      throw error;
    }
  };
}
