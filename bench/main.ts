/**
 * `npm run bench`: measures Sluice and its peers side by side on this machine and writes a report. Joins the parts and owns what has to be
 * cleaned up: every process is ended and the folder removed, however the run ends.
 */

import { chmodSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { benchChecks } from './checks/main.ts';
import { facts } from './environment.ts';
import { HELP, type Options, parseOptions, UsageError } from './options.ts';
import { proxyAuthority } from './origin/certificates.ts';
import { startOrigin } from './origin/origin.ts';
import { allPeers } from './peers/all-peers.ts';
import type { Peer } from './peers/peer.ts';
import { report } from './report/report.ts';
import { withoutPaths } from './report/tables.ts';
import type { RunResult, ScenarioResult } from './results.ts';
import { runScenario } from './run-scenario.ts';
import { HOSTS_PER_ROUND } from './scenarios/new-host.ts';
import { scratch } from './scratch.ts';
import { runStoreBench } from './store/store-bench.ts';
import { storeSectionOf, withStoreSection } from './store/store-section.ts';
import { place } from './system/cores.ts';
import { raiseFileLimit } from './system/limits.ts';
import { machineTicks, neighbours } from './system/machine-load.ts';
import { howToGet, installMissing, TOOLS, type Tool, widenPath } from './system/tools.ts';
import { TARGETS } from './targets.ts';
import { withWorkbenchSection, workbenchSectionOf } from './workbench-section.ts';

const RESULTS = fileURLToPath(new URL('./RESULTS.md', import.meta.url));
const ROOT = fileURLToPath(new URL('..', import.meta.url)).slice(0, -1);
const WARM_UP_SHARE = 0.25;

const say = (text: string) => void process.stderr.write(`${text}\n`);

/** A reason not to run at all, in one sentence. */
class CannotRun extends Error {}

/** Peers that can run here, and a sentence about each that cannot. */
function takingPart(options: Options): { peers: Peer[]; told: string[] } {
  const wanted = allPeers(options.engine).filter(({ name }) => options.peers.includes(name));
  const tools: Tool[] = [TOOLS.nginx, TOOLS.openssl, TOOLS.taskset];
  if (options.peers.includes('squid')) tools.push(TOOLS.squid);
  if (options.peers.includes('mitmproxy')) tools.push(TOOLS.mitmproxy);
  installMissing(tools, say);
  const needed = [TOOLS.nginx, TOOLS.openssl].find((tool) => !tool.present());
  if (needed) throw new CannotRun(howToGet(needed));
  const told = wanted.flatMap((peer) => {
    const why = peer.missing();
    return why === undefined ? [] : [`${peer.name} was left out: ${why}`];
  });
  for (const sentence of told) say(`bench: ${sentence}`);
  return { peers: wanted.filter((peer) => peer.missing() === undefined), told };
}

async function run(options: Options): Promise<RunResult> {
  const started = new Date();
  const ticks = machineTicks();
  const { peers, told } = takingPart(options);
  const { folder, processes } = scratch();
  // A proxy that runs as a user of its own has to get to its files, but nobody has to see what else is there.
  chmodSync(folder, 0o711);
  raiseFileLimit();
  const placement = place();
  const hosts = options.scenarios.some(({ name }) => name === 'new-host')
    ? options.rounds * HOSTS_PER_ROUND
    : 0;
  const origin = await startOrigin(processes, folder, hosts);
  const ground = {
    origin,
    folder,
    context: {
      originCa: origin.caFile,
      originCaPem: origin.ca,
      authority: await proxyAuthority(folder),
      processes,
      core: placement.proxy,
    },
    rounds: options.rounds,
    seconds: options.seconds,
    warmUp: options.seconds * WARM_UP_SHARE,
    full: !options.short,
    say,
  };
  const scenarios: ScenarioResult[] = [];
  for (const scenario of options.scenarios) scenarios.push(await runScenario(scenario, peers, ground));
  const versions = await facts(peers);
  // Only what has ended is counted as the bench's own.
  await processes[Symbol.asyncDispose]();
  return {
    started,
    minutes: (Date.now() - started.getTime()) / 60_000,
    command: options.command,
    facts: versions,
    told: [
      placement.told,
      neighbours(ticks, machineTicks()),
      `${options.rounds} rounds, ${options.seconds} s each under load after ${options.seconds * WARM_UP_SHARE} s that are not counted.`,
      ...told,
    ],
    scenarios,
  };
}

async function main(): Promise<void> {
  if (process.argv[2] === 'store') return runStoreBench(process.argv.slice(3), RESULTS);
  if (process.argv[2] === 'workbench') {
    // Loaded here: it brings a browser's driver along.
    const { runWorkbenchBench } = await import('./workbench/workbench-bench.ts');
    return runWorkbenchBench(process.argv.slice(3), RESULTS);
  }
  // A bench of its own: it measures how right the security checks are, beside nobody.
  if (process.argv[2] === 'checks') {
    process.exitCode = (await benchChecks()) ? 0 : 1;
    return;
  }
  const options = parseOptions(process.argv.slice(2), RESULTS);
  if (options.help) {
    process.stdout.write(`${HELP}\n`);
    return;
  }
  if (process.platform !== 'linux')
    throw new CannotRun('The bench needs Linux: it reads /proc and binds to cores.');
  widenPath();
  const result = await run(options);
  const text = withoutPaths(report(result, TARGETS), [ROOT, tmpdir(), homedir()]);
  if (options.out === undefined) process.stdout.write(text);
  else {
    // What was measured of captures and of the workbench is not measured here, and stays.
    const before = await readFile(options.out, 'utf8').catch(() => '');
    const whole = withStoreSection(text, storeSectionOf(before));
    await writeFile(options.out, withWorkbenchSection(whole, workbenchSectionOf(before)));
  }
  const failed = result.scenarios.some(({ peers }) =>
    peers.some(({ problem, notSpoken }) => problem !== undefined && !notSpoken),
  );
  process.exitCode = failed ? 1 : 0;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UsageError || error instanceof CannotRun)) throw error;
  say(`bench: ${error.message}`);
  process.exitCode = error instanceof UsageError ? 2 : 3;
}
