/** Also on a file that mitmproxy itself writes, of its own test flows, where it is installed. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { FullSession } from '#model/session.ts';
import { Losses } from '../losses.ts';
import { octets, tnetstring } from '../testing/tnetstring.ts';
import { MITMPROXY_FORMAT, readFlows } from './read-flows.ts';

async function read(bytes: Uint8Array) {
  const losses = new Losses();
  const sessions: FullSession[] = [];
  for await (const full of readFlows([bytes], losses)) sessions.push(full);
  return { sessions, lost: losses.report().losses.map(({ what, detail }) => `${what}: ${detail}`) };
}
const request = {
  host: 'a.test',
  port: 80,
  method: octets('GET'),
  scheme: octets('http'),
  path: octets('/'),
  headers: [],
  content: octets(''),
};

describe('a file of flows', () => {
  it('gives its HTTP flows, numbered; others are told', async () => {
    const file = [
      { type: 'http', request },
      { type: 'tcp', messages: [] },
      { type: 'dns' },
      { type: 'http' },
      5,
      { type: 'http', request },
    ];
    const { sessions, lost } = await read(Buffer.concat(file.map(tnetstring)));
    expect(sessions.map(({ session }) => session.row.id)).toEqual([1, 2]);
    expect(lost).toEqual([
      'flow that is not HTTP: tcp',
      'flow that is not HTTP: dns',
      'flow without a request: undefined',
      'flow that is not HTTP: unknown',
    ]);
  });

  it('is told by its first bytes', () => {
    const sniff = (bytes: Uint8Array) => MITMPROXY_FORMAT.importer?.sniff(bytes, 'x');
    expect(
      [
        tnetstring({ websocket: null, type: 'http', request }),
        octets('{"log": {}}'),
        octets('PK'),
        octets(''),
      ].map(sniff),
    ).toEqual([true, false, false, false]);
  });
});

/** Debian's mitmproxy runs by the system's own interpreter. */
const PYTHON = '/usr/bin/python3';
const installed = existsSync(PYTHON) && spawnSync(PYTHON, ['-c', 'import mitmproxy.test.tflow']).status === 0;

const SCRIPT = `
import sys
from mitmproxy.io import FlowWriter
from mitmproxy.test import tflow, tutils
flows = [tflow.twebsocketflow(), tflow.tflow(resp=True), tflow.tflow(err=True), tflow.ttcpflow()]
big = tflow.tflow(req=tutils.treq(method=b"POST", content=bytes(range(256)) * 4096), resp=tutils.tresp(content=b"\\x00\\xff", status_code=201))
big.comment = "a comment \\u00e9"
big.marked = ":red_circle:"
flows.append(big)
with open(sys.argv[1], "wb") as f:
    for flow in flows:
        FlowWriter(f).add(flow)
`;

describe.skipIf(!installed)('a file that mitmproxy itself wrote (skipped where it is not installed)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-flows-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('gives every flow with its bodies, messages, facts and marks', async () => {
    const file = join(folder, 'test.flow');
    const { status, stderr } = spawnSync(PYTHON, ['-c', SCRIPT, file]);
    expect(status, String(stderr)).toBe(0);
    const bytes = readFileSync(file);
    expect(MITMPROXY_FORMAT.importer?.sniff(bytes.subarray(0, 4096), '')).toBe(true);
    const { sessions, lost } = await read(bytes);
    const rows = sessions.map(
      ({ session: { row } }) => `${row.kind} ${row.state} ${row.method} ${row.url} ${row.status ?? '-'}`,
    );
    expect(rows).toEqual([
      'websocket completed GET http://example.com/ws 101',
      'http completed GET http://address:22/path 200',
      'http failed GET http://address:22/path -',
      'http completed POST http://address:22/path 201',
    ]);
    const [socket, plain, failed, big] = sessions;
    expect(
      socket?.messages.map(
        ({ direction, opcode, data }) => `${direction} ${opcode} ${Buffer.from(data).toString('latin1')}`,
      ),
    ).toEqual(['sent 2 hello binary', 'sent 1 hello text', "received 1 it's me", 'received 8 \x03\xe8']);
    expect(plain?.session.request.head.headers).toContainEqual(['header', 'qvalue']);
    expect(plain?.session.facts).toMatchObject({
      clientAddress: '127.0.0.1:22',
      serverAddress: '192.168.0.1:22',
    });
    expect(Buffer.from(plain?.responseBody ?? []).toString()).toBe('message');
    expect(failed?.session.failure?.detail).toBe('error');
    expect(
      Buffer.from(big?.requestBody ?? []).equals(
        Buffer.from(Array.from({ length: 1_048_576 }, (_, i) => i % 256)),
      ),
    ).toBe(true);
    expect(Buffer.from(big?.responseBody ?? []).toString('latin1')).toBe('\0\xff');
    expect(big?.session.row).toMatchObject({ mark: 1, comment: 'a comment é' });
    expect(lost).toEqual(['flow that is not HTTP: tcp']);
  });
});
