/** A faulty and a well-made API, recorded through the real proxy by a real client over TLS: every planted fault is found, and nothing else. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CertificateLab } from '#proxy-core/testing/certificate-lab.ts';
import type { Origin, OriginOptions } from '#proxy-core/testing/origin.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { CALLS, type Call, PLANTED, vulnerableApi } from '#proxy-core/testing/vulnerable-api.ts';
import { WELL_MADE_CALLS, wellMadeApi } from '#proxy-core/testing/well-made-api.ts';
import { openCheckRunner } from '#security/open-check-runner.ts';
import { templatePath } from '#security/path-template.ts';
import { openCapture } from '#store/open-capture.ts';
import { checkCapture } from './check-capture.ts';
import { allIds } from './har-transfer.ts';
import { runningHost } from './testing/running-host.ts';

/** What the checks find in the calls, above information and what was planted: "METHOD path" → checks. */
async function found(
  start: (options: OriginOptions) => Promise<Origin>,
  calls: readonly Call[],
  planted: readonly string[] = [],
) {
  await using lab = await CertificateLab.open();
  const root = await lab.authority('Test Root');
  const leaf = await lab.issue({ issuer: root });
  await using origin = await start({ tls: leaf });
  await using at = await runningHost([], { upstreamCaFiles: [`${root.file}.pem`] });
  for (const { method, path, headers = [], body } of calls) {
    await viaProxy({
      proxyPort: at.proxyPort,
      url: `${origin.url}${path}`,
      method,
      headers: [
        ...headers.map(([name, value]): [string, string] => [name, value]),
        ...(body === undefined ? [] : [['Content-Type', 'application/json'] as [string, string]]),
      ],
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ca: readFileSync(at.host.caFile, 'utf8'),
    });
  }
  const { capture } = at.host;
  expect(await at.host.close()).toBe(calls.length);
  await using store = await openCapture(capture, 'read');
  await using runner = await openCheckRunner();
  const report = await checkCapture(store, runner, await allIds(store, { type: 'all' }));
  expect(report.failed).toEqual([]);
  const said: Record<string, Set<string>> = {};
  for (const { sessionId, checkId, severity } of report.findings) {
    if (severity === 'info' && !planted.includes(checkId)) continue;
    const row = (await store.get(sessionId))?.row;
    const key = `${row?.method} ${templatePath(row?.path ?? '')}`;
    said[key] ??= new Set();
    said[key].add(checkId);
  }
  return Object.fromEntries(Object.entries(said).map(([key, ids]) => [key, [...ids].toSorted()]));
}

const TIMEOUT = 120_000;

it('finds every fault that was planted in the faulty API, and nothing else', {
  timeout: TIMEOUT,
}, async () => {
  const planted = Object.fromEntries(Object.entries(PLANTED).map(([key, ids]) => [key, ids.toSorted()]));
  expect(await found(vulnerableApi, CALLS, Object.values(PLANTED).flat())).toEqual(planted);
});

it('finds nothing above information in the well-made API', { timeout: TIMEOUT }, async () => {
  expect(await found(wellMadeApi, WELL_MADE_CALLS)).toEqual({});
});
