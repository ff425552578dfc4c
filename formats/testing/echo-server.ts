/** An origin on loopback that remembers the last request as it came, and curl run against it: what arrives is the proof of a command line. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HeaderPair } from '#model/headers.ts';

export interface Seen {
  readonly method: string | undefined;
  readonly target: string | undefined;
  readonly headers: HeaderPair[];
  readonly body: Buffer;
}

export interface EchoServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** The Host field that names it. */
  readonly host: HeaderPair;
  /** The request that `run` makes. */
  during(run: () => Promise<unknown>): Promise<Seen>;
  close(): Promise<void>;
}

export async function startEchoServer(): Promise<EchoServer> {
  let seen: Seen | undefined;
  const server = createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers: HeaderPair[] = [];
      for (let i = 0; i < request.rawHeaders.length; i += 2) {
        headers.push([request.rawHeaders[i] ?? '', request.rawHeaders[i + 1] ?? '']);
      }
      seen = { method: request.method, target: request.url, headers, body: Buffer.concat(chunks) };
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const authority = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin: `http://${authority}`,
    host: ['Host', authority],
    async during(run) {
      seen = undefined;
      await run();
      if (seen === undefined) throw new Error('nothing arrived');
      return seen;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Runs a program to its end. @throws when it fails */
export function runProgram(
  program: string,
  args: readonly string[],
  options: { readonly input?: string | Buffer; readonly env?: Record<string, string> } = {},
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env.PATH ?? '', LC_ALL: 'C', ...options.env };
    const child = execFile(
      program,
      args,
      { env, timeout: 10_000, encoding: 'buffer' },
      (error, stdout, stderr) => {
        if (error) reject(new Error(`${program} failed: ${stderr}`, { cause: error }));
        else resolve(stdout);
      },
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input ?? '');
  });
}

/** Runs a script by bash, from a file: it may be longer than an argument. */
export async function runBash(script: string): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bash-'));
  try {
    const file = join(folder, 'script');
    writeFileSync(file, script);
    return await runProgram('bash', ['--norc', file]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What makes a real curl quiet, and sends it straight to loopback. */
export const CURL_ARGS = ['-q', '-sS', '--noproxy', '*'] as const;
