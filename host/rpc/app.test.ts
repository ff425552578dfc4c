import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpOrigin } from '#proxy-core/testing/origin.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { DEFAULT_ENGINE } from '../engines.ts';
import { firstItem, type RunningHost, runningHost } from '../testing/running-host.ts';
import { VERSION } from '../version.ts';

let at: RunningHost;
beforeAll(async () => {
  at = await runningHost();
});
afterAll(() => at[Symbol.asyncDispose]());

describe('app.info', () => {
  it('tells what this host is, and where', async () => {
    const info = await at.client.call('app.info', {});
    expect(info).toMatchObject({
      version: VERSION,
      engine: DEFAULT_ENGINE,
      proxy: at.host.proxy,
      capture: at.host.capture,
      caFile: at.host.caFile,
      caFingerprint: at.host.caFingerprint,
      notices: [],
    });
    expect(existsSync(info.caFile)).toBe(true);
    expect(Date.parse(info.caExpires)).toBeGreaterThan(Date.now());
  });

  it('explains every check, and every probe', async () => {
    const { checks } = await at.client.call('app.info', {});
    const ids = checks.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['weak-password', 'personal-data', 'authorisation-missing']));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('lists the formats of files', async () => {
    const { formats } = await at.client.call('app.info', {});
    expect(formats).toEqual(
      expect.arrayContaining([
        {
          id: 'saz',
          title: 'Fiddler session archive (SAZ)',
          extensions: ['.saz'],
          reads: true,
          writes: true,
          password: true,
        },
      ]),
    );
  });

  it('never gives out the authority’s key', async () => {
    expect(JSON.stringify(await at.client.call('app.info', {}))).not.toMatch(/PRIVATE|\.key/);
  });
});

describe('app.status', () => {
  it('follows the traffic, and how the checks keep up with it', async () => {
    await using origin = await httpOrigin((_, response) => response.end('{}'));
    const { sessions } = await firstItem(at.client.open('app.status', {}));
    await viaProxy({ proxyPort: at.proxyPort, url: `${origin.url}/x` });
    const after = await firstItem(
      at.client.open('app.status', {}),
      ({ checks, sessions: now }) => now === sessions + 1 && checks.checked === 1 && checks.waiting === 0,
    );
    expect(after).toMatchObject({ active: 0, checks: { behindMs: 0, partial: 0, failed: [] } });
  });

  it('says whether traffic is captured, which can be switched', async () => {
    await at.client.call('app.setCapturing', { capturing: false });
    const { sessions, capturing } = await firstItem(at.client.open('app.status', {}));
    expect(capturing).toBe(false);
    await using origin = await httpOrigin((_, response) => response.end('still served'));
    const { body } = await viaProxy({ proxyPort: at.proxyPort, url: `${origin.url}/x` });
    expect(body.toString()).toBe('still served');
    await at.client.call('app.setCapturing', { capturing: true });
    expect(await firstItem(at.client.open('app.status', {}))).toMatchObject({ capturing: true, sessions });
  });
});
