/** What tests of formats share: a file in memory as a format's source, and what comes out of importers and exporters. */
import type { FullSession } from '#model/session.ts';
import type { Exporter, FormatSource, Importer, RandomAccess } from '../format.ts';
import { Losses } from '../losses.ts';

export const memoryFile = (bytes: Uint8Array): RandomAccess => ({
  size: bytes.length,
  read: async (start, end) => bytes.subarray(start, end),
});

/** `bytes` as a file, given in pieces where it is read as a stream. */
export const memorySource = (bytes: Uint8Array, name = ''): FormatSource => ({
  name,
  async *chunks() {
    for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000);
  },
  randomAccess: async () => memoryFile(bytes),
});

/** The whole of what is written piece by piece. */
export async function collected(pieces: AsyncIterable<Uint8Array | string>): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const piece of pieces) parts.push(Buffer.from(piece));
  return new Uint8Array(Buffer.concat(parts));
}

export async function* streamOf<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

/** Bodies as plain bytes, so that a Buffer equals the same bytes in a Uint8Array. */
export const plain = (full: FullSession): FullSession => ({
  ...full,
  requestBody: Uint8Array.from(full.requestBody),
  responseBody: Uint8Array.from(full.responseBody),
  messages: full.messages.map((message) => ({ ...message, data: Uint8Array.from(message.data) })),
});

/** The file that an exporter makes of sessions, and what that loses. */
export async function exported(
  exporter: Exporter | undefined,
  sessions: readonly FullSession[],
  password?: string,
) {
  if (exporter === undefined) throw new Error('this format writes nothing');
  const losses = new Losses();
  const source = (async function* () {
    for (const full of sessions) {
      yield full;
      losses.settle(full.session.row.id);
    }
  })();
  const options = { losses, creatorVersion: '0.0.0', ...(password === undefined ? {} : { password }) };
  return { bytes: await collected(exporter.write(source, options)), report: losses.report() };
}

/** The sessions that an importer makes of a file, and what that loses. */
export async function imported(importer: Importer | undefined, source: FormatSource, password?: string) {
  if (importer === undefined) throw new Error('this format reads nothing');
  const losses = new Losses();
  const sessions: FullSession[] = [];
  const options = { losses, ...(password === undefined ? {} : { password }) };
  for await (const full of importer.read(source, options)) {
    sessions.push(full);
    losses.settle(sessions.length);
  }
  return { sessions, report: losses.report() };
}
