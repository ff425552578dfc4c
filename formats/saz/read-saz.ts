/**
 * Sessions out of a SAZ, of Fiddler Classic, Fiddler Everywhere or ours. A session is read when its request, response and metadata have
 * come, so that archives in the usual order need the memory of one; others are put in order first. Names only say which part of which
 * session a file is: nothing is ever written under them.
 */
import { SluiceError } from '#model/errors.ts';
import type { FullSession } from '#model/session.ts';
import type { RandomAccess, ReadOptions } from '../format.ts';
import { readZip, type ZipFile, type ZipLimits } from '../zip/read-zip.ts';
import { readSession, type SazFiles } from './read-session.ts';

const NAME = /^raw\/(\d{1,12})_([csmwg])\.(txt|xml)$/i;
const MAX_METADATA_BYTES = 64 * 1024 * 1024;
/** Sessions that wait for a part of theirs; more are in no archive that somebody made to be read. */
const MOST_WAITING = 200_000;

type Parts = Partial<Record<'c' | 's' | 'm' | 'w' | 'g', ZipFile>>;

/**
 * The sessions in the order of the archive; those without a response or metadata come last.
 * @throws SluiceError `bad-file` naming the session, `password`
 */
export async function* readSaz(
  file: RandomAccess,
  { losses, password, limits = {} }: ReadOptions & { readonly limits?: Partial<ZipLimits> },
): AsyncGenerator<FullSession, void, undefined> {
  const waiting = new Map<number, Parts>();
  const done = new Set<number>();
  let id = 0;
  let current: number | undefined;

  async function* give(number: number): AsyncGenerator<FullSession> {
    const parts = waiting.get(number) ?? {};
    waiting.delete(number);
    if (parts.c === undefined) {
      losses.addToFile('a session without a request', `number ${number}`);
      return;
    }
    if (parts.g !== undefined) losses.add('the list of gRPC messages', 'they stand in the bodies');
    id += 1;
    try {
      yield readSession(await contents(parts), id, losses);
    } catch (error) {
      if (!(error instanceof SluiceError) || error.code !== 'bad-file') throw error;
      throw new SluiceError('bad-file', `Session ${number}: ${error.message}.`, { cause: error });
    }
  }

  for await (const part of readZip(file, { limits, ...(password === undefined ? {} : { password }) })) {
    const [, digits, letter] = NAME.exec(part.name) ?? [];
    if (digits === undefined || letter === undefined) continue;
    const number = Number(digits);
    const complete = current !== undefined && current !== number && isComplete(waiting.get(current));
    if (complete && current !== undefined) {
      yield* give(current);
      done.add(current);
    }
    current = number;
    const kind = letter.toLowerCase() as keyof Parts;
    const parts = waiting.get(number) ?? {};
    if (parts[kind] !== undefined || done.has(number)) {
      throw new SluiceError('bad-file', `The archive has ${part.name} twice, or out of place.`);
    }
    waiting.set(number, { ...parts, [kind]: part });
    if (waiting.size > MOST_WAITING) {
      throw new SluiceError('bad-file', `More than ${MOST_WAITING} sessions of the archive lack a part.`);
    }
  }
  if (id === 0 && waiting.size === 0) {
    throw new SluiceError('bad-file', 'The archive has no sessions: it is not a SAZ file.');
  }
  for (const number of [...waiting.keys()].sort((a, b) => a - b)) yield* give(number);
}

const isComplete = (parts: Parts | undefined) =>
  parts?.c !== undefined && parts.s !== undefined && parts.m !== undefined;

/** Read in the order in which they lie in the archive, which is quickest. */
async function contents(parts: Parts): Promise<SazFiles> {
  const read = new Map<string, Uint8Array>();
  for (const [kind, part] of Object.entries(parts)) {
    if (kind !== 'g') read.set(kind, await part.bytes(kind === 'm' ? MAX_METADATA_BYTES : undefined));
  }
  const [response, metadata, messages] = [read.get('s'), read.get('m'), read.get('w')];
  return {
    request: read.get('c') ?? new Uint8Array(),
    ...(response === undefined ? {} : { response }),
    ...(metadata === undefined ? {} : { metadata: new TextDecoder().decode(metadata) }),
    ...(messages === undefined ? {} : { messages }),
  };
}
