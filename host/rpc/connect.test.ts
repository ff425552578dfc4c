import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningHost, runningHost } from '../testing/running-host.ts';

let at: RunningHost;
beforeAll(async () => {
  at = await runningHost([], { browserFlags: ['--extra'] });
});
afterAll(() => at[Symbol.asyncDispose]());

/** Runs with a stand-in for Chromium, which notes how it was called. */
async function withBrowser<T>(use: (args: () => string[]) => Promise<T>): Promise<T> {
  const program = join(at.folder, 'chromium');
  writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@" > "$0.args"\nexec sleep 60\n`);
  chmodSync(program, 0o755);
  const before = process.env.CHROMIUM;
  process.env.CHROMIUM = program;
  try {
    return await use(() => readFileSync(`${program}.args`, 'utf8').trim().split('\n'));
  } finally {
    if (before === undefined) delete process.env.CHROMIUM;
    else process.env.CHROMIUM = before;
  }
}

describe('connect.info', () => {
  it('has what a person needs to connect a client and to trust the root', async () => {
    const info = await at.client.call('connect.info', {});
    expect(info.certificateUrl).toBe('http://sluice.cert/');
    for (const { code } of info.recipes) expect(code).toContain(String(at.proxyPort));
    expect(info.trust.length).toBeGreaterThan(3);
    expect(info.qrSvg).toMatch(/^<svg/);
    // Only loopback is listened on: no phone can come.
    expect(info).not.toHaveProperty('phoneUrl');
  });

  it('has an address for phones where the network is listened on', async () => {
    await using open = await runningHost([], { host: '0.0.0.0' });
    const { phoneUrl } = await open.client.call('connect.info', {});
    // On a machine without a network there is none.
    expect(phoneUrl ?? `http://x:${open.proxyPort}/`).toMatch(
      new RegExp(`^http://[^/]+:${open.proxyPort}/$`),
    );
  });

  it('names the browsers of this machine, without their paths', async () => {
    await withBrowser(async () => {
      const { browsers } = await at.client.call('connect.info', {});
      expect(browsers).toContainEqual({ id: 'chromium', name: 'Chromium' });
    });
  });
});

describe('connect.openBrowser', () => {
  it('starts one with a profile of its own that uses the proxy and trusts our root alone', async () => {
    await withBrowser(async (args) => {
      await at.client.call('connect.openBrowser', { browser: 'chromium', url: 'https://acme.test/a b' });
      expect(args()).toEqual(
        expect.arrayContaining([
          `--user-data-dir=${join(at.host.dataFolder, 'browsers', 'chromium')}`,
          `--proxy-server=http://${at.host.proxy}`,
          expect.stringMatching(/^--ignore-certificate-errors-spki-list=.{44}$/),
          '--extra',
          'https://acme.test/a%20b',
        ]),
      );
    });
  });

  it('opens nothing in it when nothing is asked', async () => {
    await withBrowser(async (args) => {
      await at.client.call('connect.openBrowser', { browser: 'chromium' });
      expect(args().at(-1)).toBe('about:blank');
    });
  });

  it.each(['javascript:alert(1)', 'file:///etc/passwd', '--remote-debugging-port=1', 'acme.test'])(
    'refuses what is no page: %s',
    async (url) => {
      await withBrowser(async () => {
        const refused = at.client.call('connect.openBrowser', { browser: 'chromium', url });
        await expect(refused).rejects.toMatchObject({ code: 'bad-url' });
      });
    },
  );

  it('refuses a browser that is not there', async () => {
    const refused = at.client.call('connect.openBrowser', { browser: '/bin/sh' });
    await expect(refused).rejects.toMatchObject({ code: 'no-browser' });
  });
});
