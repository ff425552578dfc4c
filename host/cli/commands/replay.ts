/**
 * `sluice replay`: sends a session again, changed where options say so, into the same capture. The host that is writing the capture does it
 * where there is one; else an engine is started for it. Exit 1 when no answer came.
 */
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { OutgoingRequest } from '#model/contract/contract.ts';
import { SluiceError } from '#model/errors.ts';
import type { HeaderPair } from '#model/headers.ts';
import type { Session, SessionId } from '#model/session.ts';
import { readCaptured, sessionOf } from '../../bodies.ts';
import { openCapture } from '../../open-capture.ts';
import { resendable } from '../../resendable.ts';
import { capturePath, withCapture } from '../capture-argument.ts';
import { captureHost, type HostOption } from '../capture-host.ts';
import { exitWith } from '../exit-code.ts';
import { gathered, sessionNumber } from '../numbers.ts';
import { writeLine } from '../output.ts';
import { rowJson } from '../row-line.ts';
import { sessionText } from './show.ts';

interface ReplayOptions extends HostOption {
  readonly method?: string;
  readonly url?: string;
  readonly header?: readonly string[];
  readonly body?: string;
  readonly json?: boolean;
}

function headerPair(text: string): HeaderPair {
  const colon = text.indexOf(':');
  if (colon > 0) return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
  throw new SluiceError('bad-header', `"${text}" is no header: write it as 'Name: value'.`);
}

/** `headers` with `changes`: a named field is replaced where it stood, its repeats go, a new one comes last. */
export function changedHeaders(headers: readonly HeaderPair[], changes: readonly HeaderPair[]): HeaderPair[] {
  const result: HeaderPair[] = [];
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  const left = [...changes];
  for (const [name, value] of headers) {
    if (!changes.some(([changed]) => same(changed, name))) result.push([name, value]);
    else {
      const mine = left.filter(([changed]) => same(changed, name));
      for (const pair of mine) left.splice(left.indexOf(pair), 1);
      result.push(...mine);
    }
  }
  return [...result, ...left];
}

async function bodyOf(text: string): Promise<Uint8Array<ArrayBuffer>> {
  if (!text.startsWith('@')) return new TextEncoder().encode(text);
  const file = text.slice(1);
  const bytes = await readFile(file).catch((cause) => {
    throw new SluiceError('file-unreadable', `The body in ${file} cannot be read: check the path.`, {
      cause,
    });
  });
  return new Uint8Array(bytes);
}

/** The request to send for `session`. With a new body its length is left to the engine; with a new host, so is Host. */
async function outgoing(
  session: Session,
  body: Uint8Array<ArrayBuffer>,
  options: ReplayOptions,
): Promise<OutgoingRequest> {
  const { row, request } = session;
  const url = options.url ?? row.url;
  const changes = (options.header ?? []).map(headerPair);
  const otherHost = URL.parse(url)?.host !== URL.parse(row.url)?.host;
  return {
    method: options.method ?? row.method,
    url,
    headers: changedHeaders(resendable(request.head.headers, otherHost), changes),
    body: options.body === undefined ? body : await bodyOf(options.body),
    source: 'replay',
    parentId: row.id,
  };
}

async function replay(argument: string, id: SessionId, options: ReplayOptions): Promise<0 | 1> {
  const capture = await capturePath(argument, options);
  const request = await (async () => {
    await using store = await openCapture(capture, 'read');
    const session = await sessionOf(store, id);
    // Awaited here: a failure that the closing of the store overtakes would be nobody's.
    return await outgoing(session, new Uint8Array(await readCaptured(store, session, 'request')), options);
  })();
  await using host = await captureHost(capture, options);
  const session = await host.send(request);
  await writeLine(options.json ? rowJson(session.row) : sessionText(session));
  return session.row.state === 'completed' ? 0 : 1;
}

export function addReplay(program: Command): void {
  withCapture(program.command('replay'))
    .argument('<id>', 'number of the session', sessionNumber)
    .description('send a session again, changed where you say so')
    .option('--method <m>', 'another method')
    .option('--url <u>', 'another URL')
    .option('--header <line>', "'Name: value', replaces or adds; may be given again", gathered)
    .option('--body <text>', 'another body; @FILE reads it from a file')
    .option('--upstream-ca <file>', 'trust these authorities too; may be given again', gathered)
    .option('--json', 'the new session as a JSON object')
    .action((capture: string, id: SessionId, options: ReplayOptions) =>
      exitWith(() => replay(capture, id, options)),
    );
}
