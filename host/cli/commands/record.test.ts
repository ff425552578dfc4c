import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CertificateLab } from '#proxy-core/testing/certificate-lab.ts';
import { until } from '#proxy-core/testing/until.ts';
import { vulnerableApi } from '#proxy-core/testing/vulnerable-api.ts';
import { inCapture, temporaryFolder } from '../../testing/captures.ts';
import { jsonLines, sluice } from '../../testing/sluice.ts';

function isRunning(pid: number): boolean {
  try {
    // One that has ended and that nobody has waited for is still there by name.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('sluice record', () => {
  it('says when it is ready and when it has stopped, and leaves a capture', async () => {
    using folder = temporaryFolder();
    const ran = await sluice('record', '--json', '--port', '0', '--data', folder.path, '--for', '0.1');
    expect(ran.code).toBe(0);
    const [ready, stopped] = jsonLines(ran);
    expect(ready).toEqual({
      event: 'ready',
      proxy: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      ui: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]+$/),
      ca: expect.any(String),
      capture: expect.stringContaining(folder.path),
      pid: process.pid,
    });
    expect(stopped).toEqual({ event: 'stopped', sessions: 0 });
    expect(existsSync(ready.ca)).toBe(true);
    await inCapture(ready.capture, async (store) => expect((await store.totals()).sessions).toBe(0));
  });

  it('tells people where to connect and how to trust', async () => {
    using folder = temporaryFolder();
    const capture = join(folder.path, 'mine.sluice');
    const { code, out } = await sluice(
      'record',
      '--port',
      '0',
      '--data',
      folder.path,
      '--capture',
      capture,
      '--for',
      '0.1',
    );
    expect(code).toBe(0);
    expect(out).toContain(`Sluice is recording to ${capture}`);
    expect(out).toMatch(/ {2}Proxy +http:\/\/127\.0\.0\.1:\d+\n/);
    expect(out).toContain('curl --proxy');
    expect(out).toContain(`Stopped: 0 sessions in ${capture}`);
  });

  it.each([
    [['--engine', 'nonsense'], 2, '[usage]'],
    [['--upstream-ca', '/nowhere.pem'], 3, '[file-unreadable]'],
    [['--for', '0'], 2, '[usage]'],
  ])('with %j ends with %d', async (args, code, err) => {
    using folder = temporaryFolder();
    const ran = await sluice('record', '--port', '0', '--data', folder.path, ...args);
    expect(ran).toMatchObject({ code, err: expect.stringContaining(err) });
  });
});

describe('sluice record --check -- COMMAND', () => {
  /** A program that asks `paths` of the API over HTTPS with fetch, by nothing but its environment, and ends with `code`. */
  const client = (origin: string, paths: readonly string[], code = 0) => [
    process.execPath,
    '-e',
    `for (const path of ${JSON.stringify(paths)}) await (await fetch(${JSON.stringify(origin)} + path)).text();
     console.log("I am the command"); process.exit(${code});`,
  ];

  async function recorded(words: readonly string[], ...options: readonly string[]) {
    const folder = temporaryFolder();
    const capture = join(folder.path, 'ci.sluice');
    const record = ['record', '--port', '0', '--data', folder.path, '--capture', capture];
    const ran = await sluice(...record, ...options, '--', ...words);
    return { ...ran, capture, [Symbol.dispose]: () => folder[Symbol.dispose]() };
  }

  it('records what the command does and checks it: the faults that are there, in the form asked for', async () => {
    await using lab = await CertificateLab.open();
    const root = await lab.authority('Origin Root');
    await using origin = await vulnerableApi({ tls: await lab.issue({ issuer: root }) });
    const trust = ['--upstream-ca', `${root.file}.pem`];

    using found = await recorded(
      client(origin.url, ['/api/config']),
      ...trust,
      '--check',
      '--format',
      'json',
      '--for',
      '30',
    );
    expect(found.code).toBe(1);
    // Standard output is the report alone.
    expect(jsonLines(found).map(({ checkId }) => checkId)).toEqual(
      expect.arrayContaining(['secret-in-response', 'private-ip-disclosure']),
    );
    expect(found.err).toContain(`Recording ${process.execPath} -e`);
    expect(found.err).toContain(`Stopped: 1 sessions in ${found.capture}`);

    using failed = await recorded(client(origin.url, ['/api/config'], 7), ...trust, '--check', '--json');
    expect(failed.code).toBe(3);
    expect(jsonLines(failed).map(({ event, checkId }) => event ?? checkId)).toEqual(
      expect.arrayContaining(['ready', 'stopped', 'secret-in-response']),
    );
    expect(failed.err).toMatch(
      /The command \S+ ended with 7; what it did until then is in .*\[command-failed\]/,
    );
  });

  it('does not call clean what sent nothing, and ends a command whose time is up with all that it started', async () => {
    using silent = await recorded([process.execPath, '-e', ''], '--check');
    expect(silent).toMatchObject({ code: 3, out: expect.stringContaining('There was nothing to check') });
    using late = await recorded(
      ['sh', '-c', 'sleep 600 & echo $! > "$0"; wait', join(silent.capture, '..', 'pid')],
      '--check',
      '--allow-empty',
      '--for',
      '0.2',
    );
    expect(late).toMatchObject({ code: 0, err: expect.not.stringContaining('command-failed') });
    const pid = Number(readFileSync(join(silent.capture, '..', 'pid'), 'utf8'));
    await until(
      () => !isRunning(pid),
      () => 'what the command started runs on',
    );
  });

  it.each([
    [['no-such-program-anywhere'], ['--check'], 2, 'cannot be started'],
    [[process.execPath, '-e', ''], ['--fail-on', 'high'], 2, '--fail-on says how to check: give --check too'],
    [[process.execPath, '-e', 'process.exit(4)'], [], 3, 'ended with 4'],
  ])('%j with %j ends with %d', async (words, options, code, err) => {
    using ran = await recorded(words, ...options);
    expect(ran).toMatchObject({ code, err: expect.stringContaining(err) });
  });
});
