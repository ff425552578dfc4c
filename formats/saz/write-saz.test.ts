/** The whole way: sessions of every kind to an archive that an independent reader opens, and back. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FullSession } from '#model/session.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { exported, imported, memorySource, plain } from '../testing/files.ts';
import { anySession } from '../testing/sessions.ts';
import { SAZ_FORMAT } from './saz-format.ts';

const { importer, exporter } = SAZ_FORMAT;
const write = (sessions: readonly FullSession[], password?: string) => exported(exporter, sessions, password);
const read = (bytes: Uint8Array, password?: string) => imported(importer, memorySource(bytes), password);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-saz-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const noPython = spawnSync('python3', ['--help']).error !== undefined;

/** The archive's files as Python sees them, its XML parsed by Python. */
function python(archive: Uint8Array): Record<string, string> {
  const path = join(folder, 'a.saz');
  writeFileSync(path, archive);
  const program =
    'import sys,json,zipfile\nimport xml.etree.ElementTree as E\nz=zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\n' +
    'for n in z.namelist():\n  if n.endswith(".xml"): E.fromstring(z.read(n))\n' +
    'print(json.dumps({n:z.read(n).decode("latin1") for n in z.namelist()}))';
  const { stdout, stderr } = spawnSync('python3', ['-c', program, path], { encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

/** What a session is when what the report names is gone from it. */
function without({ session, messages, ...bodies }: FullSession): FullSession {
  const kept = session.row.kind === 'websocket' ? messages : [];
  return plain({
    ...bodies,
    session: { ...session, messageCount: kept.length },
    messages: kept.map(({ index, direction, at, opcode, data }) => {
      const [high, low] = data;
      const closeCode =
        opcode === 8 && high !== undefined && low !== undefined ? high * 256 + low : undefined;
      return { index, direction, at, opcode, data, ...(closeCode === undefined ? {} : { closeCode }) };
    }),
  });
}

describe('writeSaz', () => {
  it('writes any sessions as an archive that reads back equal, but for what it says is lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anySession, { maxLength: 3 }), async (sessions) => {
        const { bytes, report } = await write(sessions);
        if (sessions.length === 0) return;
        const back = await read(bytes);
        const ids = back.sessions.map(({ session }) => session.row.id);
        expect(ids).toEqual(sessions.map(({ session }) => session.row.id));
        expect(back.sessions.map(plain)).toEqual(sessions.map(without));
        expect(back.report.counts).toEqual([]);
        const lossy = sessions.filter((full) => !isDeepStrictEqual(without(full), plain(full)));
        expect(report.lossy).toBe(lossy.length);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it.skipIf(noPython)('lays its files out as Fiddler does', async () => {
    const session = makeSession({
      id: 7,
      method: 'POST',
      url: 'https://api.acme.test/orders?a=b',
      requestBody: 'x=1',
      responseHeaders: [
        ['Content-Type', 'text/plain'],
        ['Transfer-Encoding', 'chunked'],
      ],
      responseBody: 'hello',
      responseTrailers: [['X-Sum', '9']],
      facts: { clientAddress: '127.0.0.1:5000', serverAddress: '[2001:db8::1]:443', serverReused: true },
      mark: 1,
      comment: 'look & <see>\u00e9',
    });
    const files = python((await write([session])).bytes);
    expect(Object.keys(files)).toEqual([
      '[Content_Types].xml',
      'raw/000001_c.txt',
      'raw/000001_m.xml',
      'raw/000001_s.txt',
      '_index.htm',
    ]);
    expect(files['raw/000001_c.txt']).toBe(
      'POST https://api.acme.test/orders?a=b HTTP/1.1\r\nHost: api.acme.test\r\n\r\nx=1',
    );
    expect(files['raw/000001_s.txt']).toBe(
      'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 9\r\n\r\n',
    );
    const metadata = files['raw/000001_m.xml'];
    expect(metadata).toContain('<Session SID="7" BitFlags="17">');
    expect(metadata).toContain('ClientBeginRequest="2025-06-15T15:06:40.0070000Z"');
    expect(metadata).toContain('<PipeInfo Reused="true" />');
    for (const [name, value] of [
      ['x-clientip', '127.0.0.1'],
      ['x-clientport', '5000'],
      ['x-hostip', '2001:db8::1'],
      ['ui-color', 'red'],
    ]) {
      expect(metadata).toContain(`<SessionFlag N="${name}" V="${value}" />`);
    }
  });

  it('says what of its messages it cannot hold', async () => {
    const message = { direction: 'received', at: 1.75e12, opcode: 1, data: new Uint8Array([104]) } as const;
    const socket = makeSession({
      id: 1,
      kind: 'websocket',
      status: 101,
      messages: [message, { ...message, fragments: 2 }],
    });
    const events = makeSession({ id: 2, messages: [{ ...message, event: { type: 'message' } }] });
    const { report } = await write([socket, events, makeSession({ id: 3 })]);
    expect(report).toEqual({
      sessions: 3,
      lossy: 2,
      counts: [
        { what: 'how a WebSocket message was framed', count: 1 },
        { what: 'when each server-sent event came', count: 1 },
      ],
      losses: [
        { session: 1, what: 'how a WebSocket message was framed', detail: 'message 1: fragments' },
        { session: 2, what: 'when each server-sent event came', detail: '1, which stand in the body' },
      ],
    });
  });

  it('keeps a password', async () => {
    const session = makeSession({ responseBody: 'the secret of the session' });
    const { bytes } = await write([session], 'geheim');
    expect(Buffer.from(bytes).includes('secret')).toBe(false);
    expect((await read(bytes, 'geheim')).sessions.map(plain)).toEqual([plain(session)]);
    await expect(read(bytes)).rejects.toMatchObject({ code: 'password' });
    await expect(read(bytes, 'falsch')).rejects.toMatchObject({ code: 'password' });
  });

  it('takes the next session only when the one before is written', async () => {
    let taken = 0;
    const noise = new Uint8Array(300_000).map(() => Math.floor(Math.random() * 256));
    const endless = (async function* () {
      for (;;) yield makeSession({ id: ++taken, responseBody: noise });
    })();
    let seen = 0;
    const losses = { add() {} };
    for await (const piece of exporter?.write(endless, { losses, creatorVersion: '1' } as never) ?? []) {
      seen += piece.length;
      expect(taken).toBeLessThan(seen / 300_000 + 5);
      if (taken > 6) break;
    }
    expect(taken).toBe(7);
  });
});
