import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inCapture, temporaryFolder } from '../../testing/captures.ts';
import { jsonLines, sluice } from '../../testing/sluice.ts';

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
