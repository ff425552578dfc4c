/** Archives in the layouts of Fiddler Classic, Fiddler Everywhere and other tools, and hostile ones. */
import { describe, expect, it } from 'vitest';
import { collected, imported, memorySource, streamOf } from '../testing/files.ts';
import { writeZip } from '../zip/write-zip.ts';
import { SAZ_FORMAT } from './saz-format.ts';

const latin1 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const archive = (files: Readonly<Record<string, string>>) =>
  collected(writeZip(streamOf(Object.entries(files).map(([name, text]) => ({ name, bytes: latin1(text) })))));
const readFiles = async (files: Readonly<Record<string, string>>) =>
  imported(SAZ_FORMAT.importer, memorySource(await archive(files)));

/** As Fiddler Classic writes a session, shortened. */
const CLASSIC = {
  '[Content_Types].xml': '<Types/>',
  '_index.htm': '<html>',
  'raw/1_c.txt': 'GET https://httpbin.org/stream/5?a=b HTTP/1.1\r\nHost: httpbin.org\r\nCookie: a=1\r\n\r\n',
  'raw/1_m.xml': `<?xml version="1.0" encoding="utf-8"?>
<Session SID="72" BitFlags="25">
  <SessionTimers ClientConnected="2025-08-30T11:33:29.356942-07:00" ClientBeginRequest="2025-08-30T11:34:28.6859373-07:00"
    GatewayTime="0" DNSTime="3" TCPConnectTime="20" HTTPSHandshakeTime="31" FiddlerBeginRequest="2025-08-30T11:34:28.7-07:00"
    ServerGotRequest="2025-08-30T11:34:28.701-07:00" ServerBeginResponse="2025-08-30T11:34:28.8-07:00"
    ServerDoneResponse="2025-08-30T11:34:28.9-07:00" ClientDoneResponse="2025-08-30T11:34:28.9859373-07:00" />
  <PipeInfo CltReuse="true" Reused="true" />
  <SessionFlags>
    <SessionFlag N="x-egressport" V="64982" /><SessionFlag N="x-clientport" V="64971" />
    <SessionFlag N="x-clientip" V="127.0.0.1" /><SessionFlag N="x-hostip" V="44.195.242.49" />
    <SessionFlag N="x-processinfo" V="msedge:12140" /><SessionFlag N="ui-color" V="gold" />
    <SessionFlag N="ui-comments" V="slow one" />
  </SessionFlags>
</Session>`,
  'raw/1_s.txt':
    'HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n2\r\n1}\r\n0\r\n\r\n',
};

describe('a SAZ of Fiddler', () => {
  it('is read with all that Fiddler says', async () => {
    const { sessions, report } = await readFiles(CLASSIC);
    expect(report).toEqual({ sessions: 1, lossy: 0, counts: [], losses: [] });
    const [full] = sessions;
    expect(full?.session.row).toMatchObject({
      id: 1,
      kind: 'http',
      source: 'import',
      state: 'completed',
      url: 'https://httpbin.org/stream/5?a=b',
      status: 200,
      mime: 'application/json',
      mark: 2,
      comment: 'slow one',
      startedAt: Date.UTC(2025, 7, 30, 18, 34, 28) + 685.9373,
      durationMs: 300,
      responseBodySize: 7,
    });
    expect(full?.session.request.head).toMatchObject({ target: '/stream/5?a=b', method: 'GET' });
    expect(Buffer.from(full?.responseBody ?? []).toString()).toBe('{"a":1}');
    expect(full?.session.facts).toEqual({
      clientAddress: '127.0.0.1:64971',
      serverAddress: '44.195.242.49:443',
      serverReused: true,
      imported: '{"saz":{"flags":{"x-processinfo":"msedge:12140"}}}',
    });
    expect(full?.session.timings).toEqual({ dns: 3, connect: 20, tls: 31, send: 1, wait: 99, receive: 100 });
  });

  it('keeps its flags through a SAZ of ours', async () => {
    const { sessions } = await readFiles(CLASSIC);
    const options = { losses: { add() {} }, creatorVersion: '1' } as never;
    const pieces = SAZ_FORMAT.exporter?.write(streamOf(sessions), options);
    const ours = await collected(pieces ?? streamOf<string>([]));
    const again = await imported(SAZ_FORMAT.importer, memorySource(ours));
    expect(again.sessions).toEqual(sessions);
  });

  it('may have its parts in any order, and lack some', async () => {
    const { sessions } = await readFiles({
      'raw/2_c.txt': 'GET http://b.test/ HTTP/1.1\r\n\r\n',
      'raw/1_c.txt': 'GET http://a.test/ HTTP/1.1\r\n\r\n',
      'raw/2_s.txt': 'HTTP/1.1 204 No Content\r\n\r\n',
      'raw/1_s.txt': 'HTTP/1.1 200 OK\r\n\r\n',
      'raw/3_c.txt': 'POST http://c.test/ HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc',
      'raw/3_s.txt': '',
    });
    expect(sessions.map(({ session: { row } }) => [row.id, row.host, row.status])).toEqual([
      [1, 'a.test', 200],
      [2, 'b.test', 204],
      [3, 'c.test', undefined],
    ]);
    expect(sessions[2]?.session).toMatchObject({
      row: { state: 'failed', error: 'other' },
      request: { body: { size: 3, complete: false } },
    });
  });

  it('has tunnels, WebSockets, gRPC and HTTP/2', async () => {
    const frame =
      '\r\nRequest-Length: 8\r\nID: 0\r\nBitFlags: 0\r\nDoneRead: x\r\nBeginSend: x\r\nDoneSend: x\r\n\r\n\x81\x82\0\0\0\0hi';
    const m = '<Session/>';
    const { sessions, report } = await readFiles({
      'raw/01_c.txt': 'CONNECT a.test:443 HTTP/1.1\r\nHost: a.test:443\r\n\r\n',
      'raw/01_m.xml': m,
      'raw/01_s.txt': 'HTTP/1.1 200 Connection Established\r\n\r\n',
      'raw/02_c.txt': 'GET wss://a.test/ws HTTP/1.1\r\nHost: a.test\r\n\r\n',
      'raw/02_m.xml': m,
      'raw/02_s.txt': 'HTTP/1.1 101 Switching Protocols\r\n\r\n',
      'raw/02_w.txt': frame,
      'raw/03_c.txt': 'POST https://a.test/grpc HTTP/2.0\r\n\r\n',
      'raw/03_m.xml': m,
      'raw/03_g.txt': 'whatever',
      'raw/03_s.txt': 'HTTP/2.0 200\r\n\r\n',
    });
    expect(sessions.map(({ session: { row } }) => [row.kind, row.url, row.httpVersion])).toEqual([
      ['tunnel', 'tunnel://a.test:443', 'HTTP/1.1'],
      ['websocket', 'https://a.test/ws', 'HTTP/1.1'],
      ['http', 'https://a.test/grpc', 'HTTP/2'],
    ]);
    expect(sessions[1]?.messages).toMatchObject([{ direction: 'sent', opcode: 1 }]);
    expect(report.losses).toEqual([
      { session: 3, what: 'the list of gRPC messages', detail: 'they stand in the bodies' },
    ]);
  });

  it('of another tool may have the path alone', async () => {
    const one = async (request: string, metadata: string) => {
      const { sessions } = await readFiles({
        'raw/1_c.txt': request,
        'raw/1_m.xml': metadata,
        'raw/1_s.txt': 'HTTP/1.1 200 OK\r\n\r\n',
      });
      return sessions[0]?.session.row.url;
    };
    const request = 'GET /x?y HTTP/1.1\r\nHost: a.test\r\n\r\n';
    expect(await one(request, '<Session SID="1" BitFlags="0"/>')).toBe('http://a.test/x?y');
    expect(await one(request, '<Session SID="1" BitFlags="1"/>')).toBe('https://a.test/x?y');
    await expect(one('GET / HTTP/1.1\r\n\r\n', '')).rejects.toMatchObject({
      code: 'bad-file',
      message: 'Session 1: its request has neither an absolute URL nor a Host.',
    });
  });

  it('says which colours are no marks', async () => {
    const { sessions, report } = await readFiles({
      ...CLASSIC,
      'raw/1_m.xml': CLASSIC['raw/1_m.xml'].replace('gold', '#123456'),
    });
    expect(report.losses).toEqual([{ session: 1, what: 'a colour that is no mark', detail: '#123456' }]);
    expect(sessions[0]?.session.facts.imported).toContain('#123456');
  });

  it('is known by how it begins', async () => {
    const start = await archive(CLASSIC);
    expect(SAZ_FORMAT.importer?.sniff(start, 'noname')).toBe(true);
    expect(SAZ_FORMAT.importer?.sniff(await archive({ 'word/document.xml': '' }), 'a.docx')).toBe(false);
    expect(SAZ_FORMAT.importer?.sniff(await archive({ x: '' }), 'A.SAZ')).toBe(true);
    expect(SAZ_FORMAT.importer?.sniff(latin1('{"log":{'), 'a.saz')).toBe(false);
  });
});

describe('S1: a hostile SAZ', () => {
  it('without sessions is none', async () => {
    await expect(readFiles({ 'x.txt': '' })).rejects.toMatchObject({
      code: 'bad-file',
      message: 'The archive has no sessions: it is not a SAZ file.',
    });
  });

  it('with a file twice is refused', async () => {
    await expect(readFiles({ 'raw/1_c.txt': 'x', 'raw/01_c.txt': 'y' })).rejects.toMatchObject({
      code: 'bad-file',
      message: 'The archive has raw/01_c.txt twice, or out of place.',
    });
  });

  it('with an answer to nothing loses it, and says so', async () => {
    const { sessions, report } = await readFiles({ 'raw/9_s.txt': 'HTTP/1.1 200 OK\r\n\r\n' });
    expect(sessions).toEqual([]);
    expect(report.losses).toEqual([{ session: 0, what: 'a session without a request', detail: 'number 9' }]);
  });

  it.each([
    ['<!DOCTYPE x><Session/>', 'document type'],
    ['<Session><SessionFlag N="x-sluice" V="{"/></Session>', 'not JSON'],
    ['<Session><SessionFlag N="x-sluice" V="{&quot;version&quot;:1}"/></Session>', 'is damaged: row'],
  ])('with the metadata %s is refused', async (metadata, message) => {
    await expect(readFiles({ ...CLASSIC, 'raw/1_m.xml': metadata })).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringContaining(message),
    });
  });

  it('writes no header lines into what is replayed', async () => {
    const field = JSON.stringify({
      version: 1,
      row: {},
      target: '/ HTTP/1.1\r\nEvil: 1',
      timings: {},
      facts: {},
      request: {},
    }).replaceAll('"', '&quot;');
    const { sessions } = await readFiles({
      'raw/1_c.txt': 'GET http://a.test/ HTTP/1.1\r\nA: b\r\n\tfolded\r\n\r\n',
      'raw/1_m.xml': `<Session><SessionFlag N="X-Sluice" V="${field}"/></Session>`,
    });
    expect(JSON.stringify(sessions[0]?.session)).not.toMatch(/\\r|\\n/);
  });
});
