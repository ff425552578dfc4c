/** Every format that is written and read: out of a capture, and into another. */
import { Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { exportFormat } from '#formats/all-formats.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { exportFile } from './export-sessions.ts';
import { importSessions } from './import-sessions.ts';
import { streamSource } from './import-source.ts';
import { exportSource } from './redaction/export-source.ts';
import { openTestCapture } from './testing/captures.ts';

/** Ids from `first` on. */
function counter(first = 1) {
  let last = first - 1;
  return () => {
    last += 1;
    return last;
  };
}

async function exported(store: CaptureStore, ids: readonly number[], format = 'har') {
  const file = exportFile(exportSource(store, ids, 'off').sessions, exportFormat(format));
  const pieces = await Array.fromAsync(file.pieces);
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
}

const imported = async (
  store: CaptureStore,
  bytes: Uint8Array | string,
  nextId = counter(),
  options: Parameters<typeof importSessions>[3] = {},
) => {
  await using source = await streamSource('', Readable.from([Buffer.from(bytes)]));
  return await importSessions(store, source, nextId, options);
};

const sessions = [
  makeSession({ id: 4, responseBody: '{"first":1}', mark: 2, comment: 'look here' }),
  makeSession({ id: 5, method: 'POST', requestBody: 'a=1', parentId: 4 }),
  makeSession({ id: 6, status: null, state: 'failed', failure: { code: 'refused', detail: 'It refused.' } }),
];

describe.each(['har', 'saz'])('a capture as %s and back', (format) => {
  it('is the same under new ids, with parents, marks and comments', async () => {
    await using from = await openTestCapture(...sessions);
    await from.store.annotate([4], { mark: 2, comment: 'look here' });
    const file = await exported(from.store, [4, 5, 6], format);
    await using to = await openTestCapture(makeSession({ id: 1 }));
    expect(await imported(to.store, file, counter(10))).toEqual({
      format,
      imported: 3,
      losses: { sessions: 3, lossy: 0, counts: [], losses: [] },
    });
    const got = await Promise.all([10, 11, 12].map((id) => to.store.get(id)));
    expect(got.map((session) => session?.row)).toMatchObject([
      { id: 10, source: 'import', url: sessions[0]?.session.row.url, mark: 2, comment: 'look here' },
      { id: 11, method: 'POST', parentId: 10, mark: 0 },
      { id: 12, error: 'refused', state: 'failed' },
    ]);
    expect(Buffer.from(await to.store.readBody(10, 'response', 0, 100)).toString()).toBe('{"first":1}');
    expect((await to.store.totals()).sessions).toBe(4);
  });

  it('leaves out what was removed meanwhile, and parents that were not exported', async () => {
    await using from = await openTestCapture(...sessions);
    const file = await exported(from.store, [99, 5], format);
    await using to = await openTestCapture();
    expect(await imported(to.store, file)).toMatchObject({ imported: 1 });
    expect((await to.store.get(1))?.row).not.toHaveProperty('parentId');
  });

  it('can be compressed, and is seen through', async () => {
    await using from = await openTestCapture(...sessions);
    const file = zlib.gzipSync(await exported(from.store, [4], format));
    await using to = await openTestCapture();
    expect(await imported(to.store, file)).toMatchObject({ format, imported: 1 });
  });
});

describe('an import', () => {
  it('keeps what came before a fault in the file', async () => {
    await using from = await openTestCapture(...sessions);
    await from.store.annotate([4], { comment: 'look here' });
    const har = (await exported(from.store, [4, 5])).toString();
    const broken = har.slice(0, har.lastIndexOf('"startedDateTime"'));
    await using to = await openTestCapture();
    await expect(imported(to.store, broken)).rejects.toMatchObject({ code: 'bad-har' });
    await to.store.flush();
    expect((await to.store.get(1))?.row.comment).toBe('look here');
  });

  it('says of which session something was lost, by its new number', async () => {
    await using to = await openTestCapture();
    const entry = {
      startedDateTime: '2026-01-02T03:04:05Z',
      request: { method: 'GET', url: 'https://a.test/' },
    };
    const har = { log: { entries: [entry, { ...entry, _initiator: 'x'.repeat(300_000) }] } };
    const { losses } = await imported(to.store, JSON.stringify(har), counter(50));
    expect(losses).toMatchObject({ sessions: 2, lossy: 1, losses: [{ session: 51 }] });
  });

  it.each(['', 'hello', '[]', '\x89PNG'])('refuses what is no format: %j', async (nonsense) => {
    await using to = await openTestCapture();
    await expect(imported(to.store, nonsense)).rejects.toMatchObject({ code: 'unknown-format' });
    expect((await to.store.totals()).sessions).toBe(0);
  });

  it('takes the format that it is told', async () => {
    await using to = await openTestCapture();
    await expect(imported(to.store, 'hello', counter(), { format: 'har' })).rejects.toMatchObject({
      code: 'bad-har',
    });
    await expect(imported(to.store, '{"log":{', counter(), { format: 'saz' })).rejects.toMatchObject({
      code: 'bad-file',
    });
  });

  it('stops between two sessions, which stay', async () => {
    await using from = await openTestCapture(...sessions);
    const file = await exported(from.store, [4, 5, 6]);
    await using to = await openTestCapture();
    const stop = new AbortController();
    const options = { signal: stop.signal, onSession: () => stop.abort() };
    await expect(imported(to.store, file, counter(), options)).rejects.toMatchObject({
      code: 'cancelled',
      message: 'Stopped: the 1 sessions before are in the capture.',
    });
    await to.store.flush();
    expect((await to.store.totals()).sessions).toBe(1);
  });
});
