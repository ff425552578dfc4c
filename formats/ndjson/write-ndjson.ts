/**
 * Sessions as NDJSON, one JSON object a line, in the shape of `sluice show --json`: for `jq`, log pipelines and scripts. Heads are byte strings
 * (one UTF-16 unit per octet). One format leaves the bodies out, the other adds them and the messages, in base64.
 */
import type { FullSession } from '#model/session.ts';
import type { Format, WriteOptions } from '../format.ts';
import { base64 } from '../octets.ts';

/** The line of one session, its line end included. */
export function ndjsonLine(
  { session, requestBody, responseBody, messages }: FullSession,
  withBodies: boolean,
): string {
  const bodies = {
    requestBody: base64(requestBody),
    ...(session.response === undefined ? {} : { responseBody: base64(responseBody) }),
    ...(messages.length === 0
      ? {}
      : { messages: messages.map((one) => ({ ...one, data: base64(one.data) })) }),
  };
  // Line ends inside texts are escapes, and U+2028 is no line end to JSON, but is one to some readers of lines.
  const text = JSON.stringify({ ...session, ...(withBodies ? bodies : {}) });
  return `${text.replace(/[\u2028\u2029\u0085]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

const writer = (withBodies: boolean) =>
  async function* write(
    sessions: AsyncIterable<FullSession>,
    { losses }: WriteOptions,
  ): AsyncGenerator<string> {
    for await (const full of sessions) {
      if (!withBodies && full.requestBody.length + full.responseBody.length > 0) losses.add('bodies');
      if (!withBodies && full.messages.length > 0) losses.add('messages');
      yield ndjsonLine(full, withBodies);
    }
  };

export const NDJSON_FORMAT: Format = {
  id: 'ndjson',
  title: 'NDJSON without bodies',
  extensions: ['.ndjson', '.jsonl'],
  mediaType: 'application/x-ndjson',
  exporter: { write: writer(false) },
};

export const NDJSON_BODIES_FORMAT: Format = {
  id: 'ndjson-bodies',
  title: 'NDJSON with bodies',
  extensions: ['.bodies.ndjson', '.bodies.jsonl'],
  mediaType: 'application/x-ndjson',
  exporter: { write: writer(true) },
};
