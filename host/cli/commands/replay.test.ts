import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EchoOrigin, echoOrigin } from '#proxy-core/testing/echo-origin.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { inCapture, writtenCapture } from '../../testing/captures.ts';
import { runningHost } from '../../testing/running-host.ts';
import { jsonLines, sluice } from '../../testing/sluice.ts';
import { changedHeaders } from './replay.ts';

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

describe('headers that are changed', () => {
  const headers: [string, string][] = [
    ['A', '1'],
    ['B', '2'],
    ['b', '3'],
    ['C', '4'],
  ];

  it('are replaced where they stood, their repeats gone, whatever their case', () => {
    expect(changedHeaders(headers, [['b', 'x']])).toEqual([
      ['A', '1'],
      ['b', 'x'],
      ['C', '4'],
    ]);
  });

  it('may become several, and new ones come last', () => {
    expect(
      changedHeaders(headers, [
        ['B', 'x'],
        ['D', '5'],
        ['B', 'y'],
      ]),
    ).toEqual([
      ['A', '1'],
      ['B', 'x'],
      ['B', 'y'],
      ['C', '4'],
      ['D', '5'],
    ]);
  });

  it('stay when nothing changes', () => expect(changedHeaders(headers, [])).toEqual(headers));
});
