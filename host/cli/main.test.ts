/** The command line as a process of its own: a capture that is being written, and exit codes. Each command has its tests in commands/. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { echoOrigin } from '#proxy-core/testing/echo-origin.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';

const MAIN = fileURLToPath(new URL('./main.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sluice-cli-'));
const data = join(folder, 'data');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function sluice(...args: string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, out, err };
}

async function record(...args: string[]) {
  const child = spawn(process.execPath, [MAIN, 'record', '--json', '--port', '0', '--data', data, ...args]);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ready = JSON.parse(String((await lines.next()).value));
  const stop = async () => {
    const began = performance.now();
    child.kill('SIGINT');
    const last = JSON.parse(String((await lines.next()).value));
    if (child.exitCode === null) await once(child, 'exit');
    return { last, code: child.exitCode, ms: performance.now() - began };
  };
  return { ready, stop };
}

describe('the command line', () => {
  it('records, and lists, shows and exports what is still being written; replays through the running program', async () => {
    await using origin = await echoOrigin();
    const { ready, stop } = await record();
    expect(Object.keys(ready)).toEqual(['event', 'proxy', 'ui', 'ca', 'capture', 'pid']);
    const proxyPort = Number(ready.proxy.split(':')[1]);
    await viaProxy({ proxyPort, url: `${origin.url}/a`, method: 'POST', body: 'hello' });

    let listed = await sluice('list', 'latest', '--data', data, '--json');
    for (const deadline = Date.now() + 5000; listed.out === '' && Date.now() < deadline; ) {
      listed = await sluice('list', 'latest', '--data', data, '--json');
    }
    const row = JSON.parse(listed.out);
    expect(Object.keys(row)).toEqual([
      'id',
      'startedAt',
      'method',
      'url',
      'status',
      'httpVersion',
      'requestBodySize',
      'responseBodySize',
      'mime',
      'durationMs',
      'error',
      'findings',
    ]);
    expect(row).toMatchObject({
      id: 1,
      method: 'POST',
      url: `${origin.url}/a`,
      status: 200,
      requestBodySize: 5,
    });
    expect((await sluice('show', ready.capture, '1', '--request-body')).out).toBe('hello');
    expect((await sluice('show', ready.capture, '1', '--raw-request')).out).toMatch(
      /^POST .*\r\n(.*\r\n)+\r\nhello$/,
    );
    expect(JSON.parse((await sluice('show', ready.capture, '1', '--json')).out).row.id).toBe(1);
    expect((await sluice('show', ready.capture, '1')).out).toContain('200 OK');

    const replayed = await sluice(
      'replay',
      ready.capture,
      '1',
      '--body',
      'other',
      '--header',
      'X-Extra: 1',
      '--json',
    );
    expect(replayed.code).toBe(0);
    expect(JSON.parse(replayed.out)).toMatchObject({ id: 2, status: 200, requestBodySize: 5 });
    expect(origin.received[1]?.headers).toContainEqual(['X-Extra', '1']);

    const file = join(folder, 'out.har');
    expect(
      (await sluice('export', ready.capture, '--format', 'har', '--out', file, '--filter', 'id:1')).code,
    ).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8')).log.entries).toHaveLength(1);

    const { last, code, ms } = await stop();
    expect({ last, code }).toEqual({ last: { event: 'stopped', sessions: 2 }, code: 0 });
    expect(ms).toBeLessThan(5000);
    const again = await sluice('replay', ready.capture, '1', '--data', data, '--json');
    expect(JSON.parse(again.out)).toMatchObject({ id: 3, status: 200 });
    // Nothing grave: the origin only leaves out a field or two.
    expect((await sluice('check', ready.capture, '--fail-on', 'medium')).code).toBe(2);
    const copy = join(folder, 'copy.sluice');
    expect((await sluice('import', file, '--capture', copy)).code).toBe(0);
    expect((await sluice('list', copy, '--json')).out.trim().split('\n')).toHaveLength(1);
  }, 60_000);

  it('refuses a taken port that was asked for, with exit code 2', async () => {
    const { ready, stop } = await record();
    const taken = await sluice('record', '--port', ready.proxy.split(':')[1], '--data', data);
    expect(taken).toMatchObject({ code: 2, err: expect.stringContaining('[port-in-use]') });
    await stop();
  });

  it.each([
    [['--version'], 0],
    [['bogus'], 2],
    [['list', '/nowhere/at-all.sluice'], 3],
  ])('%j ends with %d', async (args, code) => {
    const result = await sluice(...args);
    expect(result.code).toBe(code);
    if (code === 3) expect(result.err).toMatch(/^sluice: .*\. ?\[[a-z-]+\]\n$/);
    if (code === 2) expect(result.err).toMatch(/^sluice: .* \[usage\]\n/);
  });
});
