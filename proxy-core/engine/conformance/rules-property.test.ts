/** Whatever rules there are, both peers can tell where every message ends, and the connection serves the next request. */
import { createServer } from 'node:net';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type RuleInput, RuleSet } from '#model/rules/rule.ts';
import { Interception } from '../../intercept/interception.ts';
import { listening } from '../../testing/origin.ts';
import { rawClient } from '../../testing/raw-client.ts';
import {
  type MessageHandler,
  requestReader,
  responseReader,
  type WireRequestHead,
  type WireResponseHead,
} from '../../wire/message-reader.ts';
import { wireBench } from './harness.ts';

const bench = wireBench();

/** What a reader of messages made of some octets. */
interface Read {
  messages: number;
  readonly faults: string[];
}

function counting(ended: (method: string) => void = () => {}): {
  read: Read;
  handler: MessageHandler<WireRequestHead & WireResponseHead>;
} {
  const read: Read = { messages: 0, faults: [] };
  let method = '';
  const handler = {
    head: (head: { method?: string }) => {
      method = head.method ?? '';
    },
    data: () => {},
    chunkExtension: () => {},
    trailers: () => {},
    end: () => {
      read.messages += 1;
      ended(method);
    },
    error: ({ message }: { message: string }) => void read.faults.push(message),
  };
  return { read, handler };
}

const side = fc.constantFrom('request' as const, 'response' as const);
const text = fc.constantFrom('', 'a', 'ok', 'longer than it was', 'ä€', '{"a":1}');
const name = fc.constantFrom(
  'X-Test',
  'Content-Type',
  'Content-Encoding',
  'Host',
  'Expect',
  'Cookie',
  'Vary',
  'Content-Digest',
);
const value = fc.constantFrom('', 'gzip', 'text/plain', '100-continue', 'a.test', 'br, gzip', 'sha-256=:x:');
const action: fc.Arbitrary<RuleInput['actions'][number]> = fc.oneof(
  fc.record({ action: fc.constantFrom('set-header' as const, 'add-header' as const), in: side, name, value }),
  fc.record({
    action: fc.constant('remove-header' as const),
    in: side,
    name: fc.oneof(name, fc.constantFrom('Connection', 'TE', 'Trailer')),
  }),
  fc.record({
    action: fc.constant('replace-header' as const),
    in: side,
    name,
    find: fc.constant('t'),
    with: value,
  }),
  fc.record({ action: fc.constant('set-body' as const), in: side, body: text }),
  fc.record({
    action: fc.constant('replace-body' as const),
    in: side,
    find: fc.constantFrom('o', 'ok', 'body'),
    with: text,
  }),
  fc.record({
    action: fc.constant('set-method' as const),
    method: fc.constantFrom('GET', 'HEAD', 'POST', 'DELETE', 'FIND'),
  }),
  fc.record({
    action: fc.constant('set-status' as const),
    status: fc.constantFrom(200, 204, 206, 304, 404, 500),
  }),
  fc.record({
    action: fc.constant('set-query' as const),
    name: text.filter((one) => one !== ''),
    value: text,
  }),
  fc.record({
    action: fc.constant('answer' as const),
    status: fc.constantFrom(200, 204, 304, 404),
    body: text,
  }),
  fc.record({
    action: fc.constant('json-set' as const),
    in: side,
    path: fc.constant('$.a'),
    value: fc.constantFrom(1, 'x', null),
  }),
  fc.record({ action: fc.constant('delay' as const), in: side, ms: fc.constant(1) }),
);
const ANSWERS: readonly [string, ...string[]] = [
  'Content-Length: 2\r\n\r\nok',
  'Content-Length: 0\r\n\r\n',
  'Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n',
  'Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope',
];
const QUESTIONS = [
  ['GET', '\r\n'],
  ['HEAD', '\r\n'],
  ['POST', 'Content-Length: 4\r\n\r\nbody'],
  ['PUT', 'Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n'],
] as const;

it('no rule set makes framing invalid', { timeout: 120_000 }, async () => {
  const interception = new Interception({ sources: { folder: '/', session: async () => undefined } });
  let answer: string = ANSWERS[0];
  const asked: Read[] = [];
  const server = createServer((socket) => {
    const { read, handler } = counting((method) => {
      const end = answer.indexOf('\r\n\r\n') + 4;
      socket.write(`HTTP/1.1 200 OK\r\n${method === 'HEAD' ? answer.slice(0, end) : answer}`, 'latin1');
    });
    asked.push(read);
    const reader = requestReader(handler);
    socket.on('data', (chunk: Buffer) => reader.push(chunk)).on('error', () => {});
  });
  await using origin = await listening(server, {});
  await using proxy = await bench().start({ interception });
  const host = `127.0.0.1:${origin.port}`;
  const property = fc.asyncProperty(
    fc.array(action, { minLength: 1, maxLength: 5 }),
    fc.constantFrom(...ANSWERS),
    fc.constantFrom(...QUESTIONS),
    async (actions, given, [method, rest]) => {
      answer = given;
      const rules = [{ name: 'r', when: 'path:/ruled', actions }];
      expect(interception.load(RuleSet.parse({ version: 1, rules }))).toEqual([]);
      await using client = await rawClient(proxy.port);
      client.write(`${method} http://${host}/ruled HTTP/1.1\r\nHost: ${host}\r\n${rest}`);
      client.write(`GET http://${host}/after HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      await client.closed;
      let head = 0;
      const { read, handler } = counting();
      responseReader(handler, () => (head++ === 0 ? method : 'GET')).push(
        Buffer.from(client.text(), 'latin1'),
      );
      expect({ ...read, text: client.text() }).toMatchObject({ messages: 2, faults: [] });
      expect(asked.flatMap(({ faults }) => faults)).toEqual([]);
    },
  );
  await fc.assert(property, { numRuns: 300 });
});
