import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { treeHash } from '#store/testing.ts';
import { writtenCapture } from '../../testing/captures.ts';
import { jsonLines, sluice } from '../../testing/sluice.ts';

const SESSIONS = [
  makeSession({
    id: 1,
    url: 'https://a.test/needle',
    requestHeaders: [['X-Key', 'Needle']],
    responseBody: '{}',
  }),
  makeSession({
    id: 2,
    url: 'https://b.test/',
    responseHeaders: [
      ['Content-Type', 'text/plain'],
      ['Content-Encoding', 'gzip'],
    ],
    responseBody: new Uint8Array(gzipSync('needles and a needle')),
  }),
  makeSession({ id: 3, url: 'https://b.test/3', requestBody: 'needle', responseBody: 'Z\\u00fcrich' }),
];
const searched = async (...args: string[]) => {
  using at = await writtenCapture(...SESSIONS);
  return await sluice('search', at.path, ...args);
};
const where = (ran: Awaited<ReturnType<typeof searched>>) =>
  jsonLines(ran).map(({ session, part }) => `${session} ${part}`);

describe('sluice search', () => {
  it('prints sessions and hits, and says how much it looked at', async () => {
    const { code, out, err } = await searched('needle', '--in', 'body');
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      '2  GET https://b.test/  200',
      '  response body, bytes 0-6: needles and a needle',
      '  response body, bytes 14-20: needles and a needle',
      '3  GET https://b.test/3  200',
      '  request body, bytes 0-6: needle',
      '',
    ]);
    expect(err).toBe('3 hits in 2 sessions; 3 of 3 sessions looked at\n');
  });

  it('prints JSON alone for programs', async () => {
    const ran = await searched('needle', '--json');
    expect(where(ran)).toEqual([
      '1 url',
      '1 request-head',
      '1 request-head',
      '2 response-body',
      '2 response-body',
      '3 request-body',
    ]);
    expect(ran.err).toBe('');
  });

  it.each<[string[], string[]]>([
    [['Needle', '--case'], ['1 request-head']],
    [['needle', '--word', '--in', 'response-body'], ['2 response-body']],
    [['need[a-z]+s', '--regex'], ['2 response-body']],
    [
      ['needle', '--in', 'url, head'],
      ['1 url', '1 request-head', '1 request-head'],
    ],
    [
      ['needle', '--filter', 'host:b.test', '--newest', '--limit', '2'],
      ['3 request-body', '2 response-body'],
    ],
    [['zürich'], ['3 response-body']],
    [['hex:6e 65 65 64 6c 65 73'], ['2 response-body']],
  ])('%j', async (args, hits) => {
    const ran = await searched(...args, '--json');
    expect([ran.code, where(ran)]).toEqual([0, hits]);
  });

  it('ends with 1 when there is nothing', async () => {
    expect(await searched('nowhere')).toMatchObject({
      code: 1,
      out: '',
      err: '0 hits in 0 sessions; 3 of 3 sessions looked at\n',
    });
  });

  it.each([
    [['x', '--in', 'nowhere'], /url, head/],
    [['x', '--limit', '0'], /1 to 100000/],
    [['a(', '--regex'], /no pattern.*\[bad-request\]/],
    [['hex:xyz'], /octets.*\[bad-request\]/],
    [['x', '--filter', 'host:'], /\[filter-syntax\]/],
    [[''], /empty.*\[bad-request\]/],
  ])('%j is used wrongly', async (args, message) => {
    const { code, out, err } = await searched(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });

  it('changes nothing in the capture', async () => {
    using at = await writtenCapture(...SESSIONS);
    const before = treeHash(at.path);
    await sluice('search', at.path, 'needle');
    expect(treeHash(at.path)).toEqual(before);
  });
});

it('Ctrl-C ends it with what was found', async () => {
  const large = Array.from({ length: 400 }, (_, i) =>
    makeSession({ id: i + 1, responseBody: `needle ${'x'.repeat(100_000)}` }),
  );
  using at = await writtenCapture(...large);
  const main = fileURLToPath(new URL('../main.mjs', import.meta.url));
  const child = spawn(process.execPath, [main, 'search', at.path, 'x{3}y|needle', '--regex', '--json']);
  child.stdout.once('data', () => child.kill('SIGINT'));
  let out = '';
  let err = '';
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    err += data;
  });
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
  expect(err).toBe('Stopped before all sessions were looked at.\n');
  for (const line of out.trim().split('\n'))
    expect(JSON.parse(line)).toMatchObject({ part: 'response-body' });
});
