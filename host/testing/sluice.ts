/** Runs the command line in the test's own process, one command after the other, and says what it wrote and how it ended. */
import { runProgram } from '../cli/program.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

type Write = typeof process.stdout.write;

/** What is written while `work` runs. */
async function written(work: () => Promise<void>): Promise<{ out: string; err: string }> {
  const texts = { stdout: '', stderr: '' };
  const streams = ['stdout', 'stderr'] as const;
  const own = streams.map((name) => process[name].write);
  for (const name of streams) {
    process[name].write = ((chunk: string | Uint8Array) => {
      texts[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('latin1');
      return true;
    }) as Write;
  }
  try {
    await work();
  } finally {
    streams.forEach((name, i) => {
      process[name].write = own[i] as Write;
    });
  }
  return { out: texts.stdout, err: texts.stderr };
}

export async function sluice(...args: string[]): Promise<Ran> {
  const { out, err } = await written(() => runProgram(args));
  const code = Number(process.exitCode ?? 0);
  // Not the test's own.
  process.exitCode = undefined;
  return { code, out, err };
}

/** Standard output as one JSON object a line. */
export const jsonLines = ({ out }: Ran) =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
