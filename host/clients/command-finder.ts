/** Systems that tell who has a connection by commands of theirs: runs them and reads what they print. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ClientProcess, ProcessFinder } from './process-finder.ts';

const LIMIT_MS = 5000;
const MOST_OUTPUT = 32 * 1024 * 1024;

/** Runs a program and answers what it prints. @throws when it cannot be run or fails */
export type RunCommand = (program: string, args: readonly string[]) => Promise<string>;

export interface Commands {
  /** Each a program and its arguments. */
  readonly commands: readonly (readonly [string, ...string[]])[];
  /** Processes by their address, from what the commands printed, in order. */
  readonly read: (outputs: readonly string[]) => Map<string, ClientProcess>;
}

const execute = promisify(execFile);
const runCommand: RunCommand = async (program, args) => {
  const options = { timeout: LIMIT_MS, maxBuffer: MOST_OUTPUT, windowsHide: true };
  try {
    return (await execute(program, [...args], options)).stdout;
  } catch (error) {
    // lsof ends with 1 where there was something that it could not look at.
    const { code, stdout } = error as { code?: unknown; stdout?: unknown };
    if (code === 1 && typeof stdout === 'string' && stdout !== '') return stdout;
    throw error;
  }
};

export function commandFinder({ commands, read }: Commands, run: RunCommand = runCommand): ProcessFinder {
  return {
    async find(addresses) {
      const outputs = await Promise.all(commands.map(([program, ...args]) => run(program, args)));
      const wanted = new Set(addresses);
      return new Map([...read(outputs)].filter(([address]) => wanted.has(address)));
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}
