/** Sessions out of a file of mitmproxy flows (`mitmdump -w`), streamed: one flow in memory at a time. */
import type { FullSession } from '#model/session.ts';
import type { Format } from '../format.ts';
import type { Losses } from '../losses.ts';
import { isMap, textIn } from './flow-fields.ts';
import { sessionOfFlow } from './flow-session.ts';
import { readTnetstrings } from './tnetstring.ts';

/** @throws SluiceError `bad-file`; what came before was yielded */
export async function* readFlows(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  losses: Losses,
): AsyncGenerator<FullSession, void, undefined> {
  let id = 0;
  for await (const flow of readTnetstrings(chunks)) {
    const type = isMap(flow) ? (textIn(flow, 'type') ?? '') : '';
    if (!isMap(flow) || type !== 'http') {
      losses.addToFile('flow that is not HTTP', type || 'unknown');
      continue;
    }
    const session = sessionOfFlow(flow, id + 1, losses);
    if (session === undefined) {
      losses.addToFile('flow without a request');
      continue;
    }
    id += 1;
    yield session;
  }
}

/** A dictionary whose first keys are texts or octets: `4321:9:websocket;…` */
const START = /^\d{2,12}:\d{1,2}:[a-z_]{2,40}[;,]/;

export const MITMPROXY_FORMAT: Format = {
  id: 'mitmproxy',
  title: 'mitmproxy flows',
  extensions: ['.flow', '.flows', '.mitm', '.dump'],
  mediaType: 'application/octet-stream',
  importer: {
    sniff: (start) => START.test(Buffer.from(start.subarray(0, 80)).toString('latin1')),
    read: (source, { losses }) => readFlows(source.chunks(), losses),
  },
};
