/** The program from outside: captures made of sessions, checked by its command line. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { writeHar } from './har-file.ts';

export const MAIN = fileURLToPath(new URL('../../host/cli/main.mjs', import.meta.url));

export interface Finding {
  readonly checkId: string;
  readonly sessionId: number;
  readonly severity: string;
  readonly parameter: string;
}

export interface Checked {
  readonly findings: readonly Finding[];
  /** What was said beside the findings. */
  readonly said: string;
  readonly ms: number;
  /** Processor time of all its threads, its start included. */
  readonly cpuMs: number;
}

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Says at its end how much processor time the program took. */
const TELL_CPU = `data:text/javascript,${encodeURIComponent(
  [
    'import { isMainThread } from "node:worker_threads";',
    'const told = () => { const { user, system } = process.cpuUsage(); console.error("cpu " + (user + system) / 1000); };',
    'if (isMainThread) process.on("exit", told);',
  ].join(''),
)}`;

function sluice(args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { maxBuffer: 1024 * 1024 * 1024, env: { ...process.env } };
    execFile(process.execPath, ['--import', TELL_CPU, MAIN, ...args], options, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
    });
  });
}

/** @throws Error with what the program said when it could not check */
export async function checkCaptureFile(capture: string): Promise<Checked> {
  const started = performance.now();
  const { code, out, err } = await sluice(['check', capture, '--json']);
  const ms = performance.now() - started;
  if (code < 0 || code > 2) throw new Error(`sluice check ended with ${code}: ${err}`);
  const findings = out
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Finding => JSON.parse(line));
  const cpuMs = Number(/^cpu ([\d.]+)$/m.exec(err)?.[1]);
  return { findings, said: err.replace(/^cpu .*$/m, ''), ms, cpuMs };
}

/** Sessions as a capture in `folder`, by way of a HAR file. @throws Error with what the program said */
export async function makeCapture(
  folder: string,
  name: string,
  sessions: readonly SessionOverrides[],
  startMs: number,
  apartMs?: number,
): Promise<string> {
  const har = join(folder, `${name}.har`);
  const capture = join(folder, `${name}.sluice`);
  writeHar(har, sessions, startMs, apartMs);
  const { code, err } = await sluice(['import', har, '--capture', capture]);
  if (code !== 0) throw new Error(`sluice import ended with ${code}: ${err}`);
  return capture;
}
