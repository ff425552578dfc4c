/** Small answers of the loopback server, and streams that wait for a slow reader. */
import { once } from 'node:events';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { SluiceError, toSluiceError } from '#model/errors.ts';
import { dataHeaders } from './security-headers.ts';

export function answerJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: OutgoingHttpHeaders = {},
): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, {
    ...dataHeaders(),
    'Content-Type': 'application/json',
    'Content-Length': body.length,
    ...headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

const STATUS: Partial<Record<SluiceError['code'], number>> = {
  'not-found': 404,
  'filter-syntax': 400,
  'bad-request': 400,
  'bad-har': 400,
  'bad-file': 400,
  'unknown-format': 400,
  password: 400,
  'not-allowed': 403,
  'too-large': 413,
};

/** Says what went wrong as `{code, message}`; once the head has gone out, breaks the connection so that nobody takes a part for the whole. */
export function answerError(response: ServerResponse, error: unknown): void {
  const { code, message } = toSluiceError(error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  answerJson(response, STATUS[code] ?? 500, { code, message });
}

/** Resolves when there is room for more, or nobody to write it for. */
async function drained(response: ServerResponse): Promise<void> {
  // Whichever does not come takes its listener with it.
  const done = new AbortController();
  const { signal } = done;
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })].map(ended));
  done.abort();
}

/** Settled is all that counts: an error of the response is followed by its close. */
const ended = (event: Promise<unknown>) => event.catch(() => undefined);

/** Writes all chunks, never more than the reader takes. Stops quietly when the reader goes away. */
export async function pour(
  chunks: AsyncIterable<Uint8Array | string>,
  response: ServerResponse,
): Promise<void> {
  for await (const chunk of chunks) {
    if (response.destroyed) return;
    if (!response.write(chunk)) await drained(response);
  }
  response.end();
}

/** The request's body as text. @throws SluiceError `too-large` beyond `limit` bytes. */
export async function readText(request: IncomingMessage, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new SluiceError('too-large', `Send at most ${limit} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
