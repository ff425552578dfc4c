/** Sessions of the factory as a HAR file, the form in which the program takes them in: made here, so that the program is seen from outside. */
import { writeFileSync } from 'node:fs';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';

const pairs = (headers: readonly (readonly [string, string])[]) =>
  headers.map(([name, value]) => ({ name, value }));

function entry(overrides: SessionOverrides) {
  const { session, requestBody, responseBody } = makeSession(overrides);
  const { request, response, row } = session;
  const type = (headers: readonly (readonly [string, string])[]) =>
    headers.find(([name]) => /^content-type$/i.test(name))?.[1] ?? '';
  const binary = !Buffer.from(responseBody).equals(Buffer.from(Buffer.from(responseBody).toString('utf8')));
  return {
    startedDateTime: new Date(row.startedAt).toISOString(),
    time: 20,
    request: {
      method: row.method,
      url: row.url,
      httpVersion: 'HTTP/1.1',
      headers: pairs(request.head.headers),
      queryString: [],
      cookies: [],
      headersSize: -1,
      bodySize: requestBody.length,
      ...(requestBody.length > 0
        ? { postData: { mimeType: type(request.head.headers), text: Buffer.from(requestBody).toString() } }
        : {}),
    },
    response: {
      status: row.status ?? 0,
      statusText: 'OK',
      httpVersion: 'HTTP/1.1',
      headers: pairs(response?.head.headers ?? []),
      cookies: [],
      redirectURL: '',
      headersSize: -1,
      bodySize: responseBody.length,
      content: {
        size: responseBody.length,
        mimeType: type(response?.head.headers ?? []),
        ...(binary
          ? { text: Buffer.from(responseBody).toString('base64'), encoding: 'base64' }
          : { text: Buffer.from(responseBody).toString() }),
      },
    },
    cache: {},
    timings: { send: 1, wait: 15, receive: 4 },
  };
}

/** Writes a HAR 1.2 file; sessions begin a second apart. */
export function writeHar(
  path: string,
  sessions: readonly SessionOverrides[],
  startMs: number,
  apartMs = 1000,
): void {
  const entries = sessions.map((session, i) =>
    entry({ ...session, id: i + 1, startedAt: startMs + i * apartMs }),
  );
  writeFileSync(
    path,
    JSON.stringify({ log: { version: '1.2', creator: { name: 'bench', version: '1' }, entries } }),
  );
}
