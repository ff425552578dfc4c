import { describe, expect, it } from 'vitest';
import type { OutgoingRequest } from '#model/contract/contract.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { authorisationMissing } from '#security/probes/authorisation-missing.ts';
import type { Answered } from '#security/probes/probe.ts';
import { scopeOf } from '#security/probes/scope.ts';
import { planProbe, runProbe } from './probe-capture.ts';
import { openTestCapture, type TestCapture } from './testing/captures.ts';

const BEARER: [string, string] = ['Authorization', 'Bearer q8ZrT2mVbX5nK7wLp3Hd'];
const ORDER = '{"id":1,"customer":{"name":"Mia"}}';
const recorded = (id: number, url: string, more = {}) =>
  makeSession({ id, url, requestHeaders: [BEARER, ['Content-Length', '5']], responseBody: ORDER, ...more });
const scope = scopeOf(['a.test']);
const probe = authorisationMissing;
const options = { scope, unsafe: false, limit: 10 };

/** A server that gives everyone everything, but for what `refused` names. */
function servers(refused = '/nowhere') {
  const sent: OutgoingRequest[] = [];
  let turns = 0;
  const send = async (request: OutgoingRequest): Promise<Answered> => {
    sent.push(request);
    expect(turns).toBe(sent.length);
    const status = request.url.includes(refused) ? 401 : 200;
    const { session, responseBody } = makeSession({
      id: 100 + sent.length,
      url: request.url,
      status,
      responseBody: ORDER,
    });
    return { session, responseBody };
  };
  const pacer = {
    turn: async () => {
      turns += 1;
    },
  };
  return { sent, send, pacer };
}

async function run({ store }: TestCapture, ids: number[], server = servers(), chosen = options) {
  const plan = await planProbe(store, ids, probe, chosen);
  const results = await Array.fromAsync(runProbe(plan.targets, { store, probe, scope, ...server }));
  return { results, sent: server.sent, skipped: plan.skipped };
}

describe('a probe over a capture', () => {
  it('sends each endpoint once without its credentials, at its turn, as a child of what was recorded', async () => {
    await using capture = await openTestCapture(
      recorded(1, 'https://a.test/orders/1'),
      recorded(2, 'https://a.test/orders/2'),
      recorded(3, 'https://a.test/me'),
    );
    const { results, sent } = await run(capture, [1, 2, 3], servers('/me'));
    expect(sent).toEqual([
      {
        method: 'GET',
        url: 'https://a.test/orders/1',
        headers: [],
        body: new Uint8Array(),
        source: 'replay',
        parentId: 1,
      },
      expect.objectContaining({ url: 'https://a.test/me', parentId: 3 }),
    ]);
    expect(results).toMatchObject([
      {
        probeId: 'authorisation-missing',
        endpoint: 'GET https://a.test/orders/{id}',
        recordedId: 1,
        recordedStatus: 200,
        sessionId: 101,
        status: 200,
        verdict: 'open',
        finding: { sessionId: 101, endpoint: 'GET https://a.test/orders/{id}', parameter: 'Authorization' },
      },
      { recordedId: 3, sessionId: 102, status: 401, verdict: 'refused', finding: undefined },
    ]);
  });

  it('sends the body that was recorded, where that may be', async () => {
    await using capture = await openTestCapture(
      recorded(1, 'https://a.test/orders', { method: 'POST', requestBody: '{"a":1}' }),
    );
    const { sent } = await run(capture, [1], servers(), { ...options, unsafe: true });
    expect(sent.map(({ method, body }) => [method, Buffer.from(body).toString()])).toEqual([
      ['POST', '{"a":1}'],
    ]);
  });

  it('compares decoded bodies', async () => {
    const { gzipSync } = await import('node:zlib');
    await using capture = await openTestCapture(
      recorded(1, 'https://a.test/orders/1', {
        responseHeaders: [
          ['Content-Type', 'application/json'],
          ['Content-Encoding', 'gzip'],
        ],
        responseBody: gzipSync(ORDER),
      }),
    );
    expect((await run(capture, [1])).results).toMatchObject([{ verdict: 'open' }]);
  });

  it('sends nothing outside the scope, and refuses when that is everything', async () => {
    await using capture = await openTestCapture(
      recorded(1, 'https://b.test/orders/1'),
      recorded(2, 'https://a.test/orders/1'),
    );
    const server = servers();
    const refused = run(capture, [1], server);
    await expect(refused).rejects.toMatchObject({ code: 'not-allowed' });
    expect(server.sent).toEqual([]);
    expect((await run(capture, [1, 2], server)).sent.map(({ url }) => url)).toEqual([
      'https://a.test/orders/1',
    ]);
  });

  it('asks the scope again at the last moment', async () => {
    await using capture = await openTestCapture(recorded(1, 'https://a.test/orders/1'));
    const { targets } = await planProbe(capture.store, [1], probe, options);
    const [target] = targets;
    if (!target) throw new Error('nothing planned');
    const moved = { ...target, request: { ...target.request, url: 'https://a.test.evil.example/orders/1' } };
    const server = servers();
    const results = Array.fromAsync(runProbe([moved], { store: capture.store, probe, scope, ...server }));
    await expect(results).rejects.toMatchObject({ code: 'not-allowed' });
    expect(server.sent).toEqual([]);
  });

  it('has nothing to do in an empty capture, or with sessions that are gone', async () => {
    await using capture = await openTestCapture();
    expect((await run(capture, [])).results).toEqual([]);
    expect((await run(capture, [7])).results).toEqual([]);
  });
});
