/**
 * What testssl.sh (Debian package `testssl.sh`) finds in the TLS that clients of Sluice are given: protocols and certificate. Nothing above
 * LOW, but for what follows from what these certificates are: leaves of a private root on this machine, made anew every few days.
 */
import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '../fixtures/bench.ts';
import { startProgram } from '../fixtures/program.ts';

const run = promisify(execFile);

interface Finding {
  readonly id: string;
  readonly severity: string;
  readonly finding: string;
}

/** Findings above LOW that stay, each with its reason. */
const EXPECTED: Readonly<Record<string, string>> = {
  cert_expirationStatus:
    'leaves live for a week, so that a lost key is of little use; they are made anew long before',
  cert_notAfter: 'the same end, told as a date',
  cert_revocation:
    'a private root on one machine has nobody to publish a list for; removing the root revokes all',
};
/** It gives each of its connections little time, and on a busy machine leaves a check undone: then it is asked again. */
const UNDONE = /check failed because of connect problem/;
const TRIES = 3;
const GRAVE = new Set(['MEDIUM', 'HIGH', 'CRITICAL', 'WARN', 'FATAL']);

test('testssl finds nothing above LOW in protocols and certificate', async ({ folder }) => {
  test.slow();
  const program = await startProgram(join(folder, 'data'));
  const report = join(folder, 'testssl.json');
  let findings: Finding[] = [];
  try {
    const port = program.ready.proxy.split(':').at(-1);
    const look = ['--protocols', '--server-defaults', '--ip', '127.0.0.1', '--add-ca', program.ready.ca];
    const quiet = ['--quiet', '--color', '0', '--warnings', 'batch', '--nodns', 'none'];
    for (let tries = 0; tries < TRIES; tries += 1) {
      rmSync(report, { force: true });
      // Its exit code counts findings; the report says which.
      await run('testssl', [...look, ...quiet, '--jsonfile', report, `localhost:${port}`]).catch(() => {});
      findings = JSON.parse(readFileSync(report, 'utf8')) as Finding[];
      if (!findings.some(({ finding }) => UNDONE.test(finding))) break;
    }
  } finally {
    await program.stop();
  }
  const grave = findings.filter(({ severity }) => GRAVE.has(severity));
  expect(grave.filter(({ id }) => EXPECTED[id] === undefined)).toEqual([]);
  // An exception that is none any more is to be taken off the list.
  expect(grave.map(({ id }) => id).sort()).toEqual(Object.keys(EXPECTED).sort());
  const said = (id: string) => findings.find((finding) => finding.id === id)?.finding;
  expect(said('TLS1_3')).toMatch(/^offered/);
  expect(said('TLS1_2')).toMatch(/^offered/);
  expect([said('SSLv3'), said('TLS1'), said('TLS1_1')]).toEqual([
    'not offered',
    'not offered',
    'not offered',
  ]);
  expect(said('cert_chain_of_trust')).toBe('passed.');
});
