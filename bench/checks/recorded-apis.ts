/** The faulty and the well-made API, recorded by the real program over TLS with a real client: a case for each endpoint, as planted. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CertificateLab, type Issued } from '#proxy-core/testing/certificate-lab.ts';
import type { Origin, OriginOptions } from '#proxy-core/testing/origin.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { CALLS, type Call, PLANTED, vulnerableApi } from '#proxy-core/testing/vulnerable-api.ts';
import { WELL_MADE_CALLS, wellMadeApi } from '#proxy-core/testing/well-made-api.ts';
import { checkCaptureFile, type Finding, MAIN } from './program.ts';
import type { Judged } from './score.ts';

const keyOf = ({ method, path }: Call) =>
  `${method} ${(path.split('?', 1)[0] ?? '').replace(/\/(?:\d+|[0-9a-f-]{36})(?=\/|$)/g, '/{id}')}`;

/** Records the calls; the findings, whose sessions are numbered as the calls are. */
async function recordedFindings(
  folder: string,
  name: string,
  certificate: Issued,
  rootFile: string,
  start: (options: OriginOptions) => Promise<Origin>,
  calls: readonly Call[],
): Promise<readonly Finding[]> {
  await using origin = await start({ tls: certificate });
  const args = ['record', '--json', '--port', '0', '--data', join(folder, name), '--upstream-ca', rootFile];
  const program = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  const ready = JSON.parse(String((await lines.next()).value));
  for (const { method, path, headers = [], body } of calls) {
    const type: [string, string][] = body === undefined ? [] : [['Content-Type', 'application/json']];
    await viaProxy({
      proxyPort: Number(String(ready.proxy).split(':').at(-1)),
      url: `${origin.url}${path}`,
      method,
      headers: [...headers.map(([field, value]): [string, string] => [field, value]), ...type],
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ca: readFileSync(ready.ca, 'utf8'),
    });
  }
  program.kill('SIGINT');
  await once(program, 'exit');
  return (await checkCaptureFile(ready.capture)).findings;
}

function judged(
  title: string,
  calls: readonly Call[],
  findings: readonly Finding[],
  planted: Readonly<Record<string, readonly string[]>>,
): Judged[] {
  return [...new Set(calls.map(keyOf))].map((key) => {
    const expected = planted[key] ?? [];
    const own = findings.filter(
      ({ sessionId }) => keyOf(calls[sessionId - 1] ?? { method: '', path: '' }) === key,
    );
    const counted = own.filter(({ checkId, severity }) => severity !== 'info' || expected.includes(checkId));
    return {
      title: `${title}: ${key}`,
      expected,
      found: [...new Set(counted.map(({ checkId }) => checkId))],
    };
  });
}

/** A case for each endpoint of both. */
export async function recordedCases(folder: string): Promise<Judged[]> {
  await using lab = await CertificateLab.open();
  const root = await lab.authority('Bench Root');
  const leaf = await lab.issue({ issuer: root });
  const rootFile = `${root.file}.pem`;
  const faulty = await recordedFindings(folder, 'faulty', leaf, rootFile, vulnerableApi, CALLS);
  const good = await recordedFindings(folder, 'good', leaf, rootFile, wellMadeApi, WELL_MADE_CALLS);
  return [
    ...judged('faulty API', CALLS, faulty, PLANTED),
    ...judged('well-made API', WELL_MADE_CALLS, good, {}),
  ];
}
