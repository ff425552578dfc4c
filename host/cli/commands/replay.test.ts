import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EchoOrigin, echoOrigin } from '#proxy-core/testing/echo-origin.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { inCapture, writtenCapture } from '../../testing/captures.ts';
import { type RunningHost, runningHost } from '../../testing/running-host.ts';
import { jsonLines, sluice } from '../../testing/sluice.ts';

let origin: EchoOrigin;
let capture: Awaited<ReturnType<typeof writtenCapture>>;
const session = (id: number, change = {}) =>
  makeSession({
    id,
    method: 'PUT',
    url: `${origin.url}/a?b=1`,
    requestHeaders: [
      ['Host', origin.url.slice(7)],
      ['X-Mine', 'yes'],
      ['Content-Length', '5'],
    ],
    requestBody: 'hello',
    ...change,
  });
beforeAll(async () => {
  origin = await echoOrigin();
  capture = await writtenCapture(session(1), session(2, { url: 'http://127.0.0.1:1/' }));
});
afterAll(async () => {
  capture[Symbol.dispose]();
  await origin[Symbol.asyncDispose]();
});

const replay = (...args: string[]) =>
  sluice('replay', capture.path, ...args, '--data', join(capture.folder, 'data'));
const last = () => origin.received.at(-1);

describe('sluice replay', () => {
  it('sends what was recorded, into the same capture', async () => {
    const ran = await replay('1', '--json');
    expect(ran.code).toBe(0);
    const [row] = jsonLines(ran);
    expect(row).toMatchObject({ method: 'PUT', status: 200, requestBodySize: 5 });
    expect(last()).toMatchObject({ method: 'PUT' });
    expect(last()?.headers).toContainEqual(['X-Mine', 'yes']);
    await inCapture(capture.path, async (store) => {
      expect((await store.get(row.id))?.row).toMatchObject({ source: 'replay', parentId: 1 });
      expect(Buffer.from(await store.readBody(row.id, 'request', 0, 10)).toString()).toBe('hello');
    });
  });

  it('changes what it is told to', async () => {
    const file = join(capture.folder, 'body');
    writeFileSync(file, 'from a file');
    const ran = await replay(
      '1',
      '--method',
      'PATCH',
      '--url',
      `${origin.url}/c`,
      '--header',
      'X-Mine: no',
      '--header',
      'X-New: 1',
      '--body',
      `@${file}`,
      '--json',
    );
    expect(jsonLines(ran)).toMatchObject([{ method: 'PATCH', url: `${origin.url}/c`, requestBodySize: 11 }]);
    expect(last()?.headers).toEqual(
      expect.arrayContaining([
        ['X-Mine', 'no'],
        ['X-New', '1'],
        ['Content-Length', '11'],
      ]),
    );
  });

  it('shows the answer to people', async () => {
    const { out } = await replay('1');
    expect(out).toContain('HTTP/1.1 200 OK');
  });

  it('ends with 1 when no answer comes', async () => {
    const ran = await replay('2', '--json');
    expect(ran.code).toBe(1);
    expect(jsonLines(ran)).toMatchObject([{ status: null, error: 'refused' }]);
  });

  it('sends through the program that is writing the capture', async () => {
    await using at = await runningHost([session(1)]);
    const ran = await sluice('replay', at.host.capture, '1', '--json');
    expect(jsonLines(ran)).toMatchObject([{ id: 2, status: 200 }]);
  });

  it.each([
    [['9'], 1, '[not-found]'],
    [['1', '--header', 'nonsense'], 2, '[bad-header]'],
    [['1', '--url', 'nonsense'], 2, '[bad-url]'],
    [['1', '--body', '@/nowhere'], 3, '[file-unreadable]'],
  ])('with %j ends with %d', async (args, code, err) => {
    expect(await replay(...args)).toMatchObject({ code, err: expect.stringContaining(err) });
  });
});

describe('sluice replay of many', () => {
  // One host for all: starting one takes longer than all that they do.
  let at: RunningHost;
  beforeAll(async () => {
    at = await runningHost([session(1), session(2, { url: 'http://127.0.0.1:1/' })]);
  });
  afterAll(() => at[Symbol.asyncDispose]());
  const many = (...args: string[]) => sluice('replay', at.host.capture, '1', ...args);

  it('sends a request for each value and shows a table', async () => {
    const ran = await many('--vary', 'query.b=1..3', '--extract', '$.target');
    expect(ran.code).toBe(0);
    expect(ran.out.split('\n').slice(0, 3)).toEqual([
      expect.stringMatching(/^ +N {2}QUERY\.B +SESSION {2}STATUS/),
      expect.stringMatching(/ 1 {2}1 .* 200 .*\/a\?b=1 /),
      expect.stringMatching(/ 2 {2}2 .* 200 .*\/a\?b=2 /),
    ]);
    expect(ran.err).toMatch(/3 of 3 answered: 3 × 200; 3 differ/);
    expect(origin.received.slice(-3).map(({ target }) => target)).toEqual(['/a?b=1', '/a?b=2', '/a?b=3']);
  });

  it('writes CSV and JSON', async () => {
    const csv = await many('--count', '2', '--format', 'csv');
    expect(csv.out.split('\r\n').slice(0, 2)).toEqual([
      expect.stringMatching(/^n,recorded,session/),
      expect.stringMatching(/^1,1,\d+,/),
    ]);
    const json = await many('--vary', 'form.x=a,b', '--vary', 'query.b=1,2', '--zip', '--json');
    expect(jsonLines(json)).toMatchObject([
      { n: 1, recorded: 1, status: 200, values: { 'form.x': 'a', 'query.b': '1' } },
      { n: 2, values: { 'form.x': 'b', 'query.b': '2' } },
    ]);
  });

  it('takes several sessions, or those that pass a filter, and ends with 1 when one has no answer', async () => {
    const ran = await sluice('replay', at.host.capture, '2', '--filter', 'id<3', '--format', 'json');
    expect(jsonLines(ran).map(({ recorded, failure }) => [recorded, failure])).toEqual([
      [2, 'refused'],
      [1, null],
    ]);
    expect(ran.code).toBe(1);
  });

  it('sends all at one moment to hosts in the scope', async () => {
    const ran = await many('--count', '5', '--together', '--scope', '127.0.0.1');
    expect(ran).toMatchObject({ code: 0, err: expect.stringContaining('5 of 5 answered') });
  });

  it('stops when it is told to', async () => {
    const ran = await many('--vary', 'method=GET,PUT,POST', '--stop-pattern', '"method":"PUT"');
    expect(ran.err).toContain('2 of 3 answered: 2 × 200');
    expect(ran.err).toContain('an answer had the pattern in it');
  });

  it.each([
    [['--rate', '50', '--count', '2'], 3, '[not-allowed]'],
    [['--vary', 'nothing=1'], 2, '[usage]'],
    [['--vary', 'query.a=1..99999'], 3, '[too-large]'],
    [['--format', 'xml'], 2, '[usage]'],
  ])('with %j ends with %d', async (args, code, err) => {
    expect(await many(...args)).toMatchObject({ code, err: expect.stringContaining(err) });
  });

  it('goes through a scenario, saying its variables and what they gave', async () => {
    await using scenario = await runningHost([
      session(1, { responseBody: '{"method":"old-method-1"}' }),
      session(2, { requestBody: '', requestHeaders: [['X-Key', 'old-method-1']] }),
    ]);
    const ran = await sluice('replay', scenario.host.capture, '1', '2', '--scenario', '--json');
    expect(ran.err).toContain('  method: JSON $.method of 1 → 2 header.X-Key');
    expect(jsonLines(ran)).toHaveLength(2);
    // The origin says what it was sent.
    expect(last()?.headers).toContainEqual(['X-Key', 'PUT']);
  });

  it('wants to know which', async () => {
    const ran = await sluice('replay', at.host.capture);
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('[usage]') });
  });
});
