/** Formats by the command line: each that is written is written by `sluice export`, and flows of mitmproxy come in by `sluice import`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportFormats } from '#formats/all-formats.ts';
import { octets, tnetstring } from '#formats/testing/tnetstring.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { writtenCapture } from '../../testing/captures.ts';
import { jsonLines, sluice } from '../../testing/sluice.ts';

const capture = () =>
  writtenCapture(
    makeSession({ id: 1, url: 'https://api.acme.test/orders/1' }),
    makeSession({
      id: 2,
      method: 'POST',
      url: 'https://api.acme.test/orders',
      requestHeaders: [['Content-Type', 'application/json']],
      requestBody: '{"item":"kettle"}',
      status: 201,
    }),
  );

/** What of the two sessions stands in a file of each format. */
const HOLDS: Readonly<Record<string, RegExp>> = {
  har: /"log"/,
  saz: /^PK/,
  openapi: /"\/orders\/\{id\}"/,
  'openapi-yaml': /^ {2}\/orders\/\{id\}:/m,
  http: /^POST https:\/\/api\.acme\.test\/orders$/m,
  curl: /--data-raw '\{"item":"kettle"\}'/,
  'curl-powershell': /data-raw = "\{\\"item\\":\\"kettle\\"\}"/,
  ndjson: /"method":"POST"/,
  'ndjson-bodies': /"requestBody":"eyJpdGVtIjoia2V0dGxlIn0="/,
  csv: /^2,.*,POST,https:\/\/api\.acme\.test\/orders,/m,
};

describe('sluice export', () => {
  it.each(exportFormats().map(({ id, extensions }) => [id, extensions[0]]))(
    'writes %s, by --format and by the name %s',
    async (id, end) => {
      using at = await capture();
      const named = join(at.folder, `named${end}`);
      const told = join(at.folder, 'told');
      expect(await sluice('export', at.path, '--to', named)).toMatchObject({ code: 0 });
      const { code, err } = await sluice('export', at.path, '--to', told, '--format', id);
      expect(code).toBe(0);
      expect(err).toContain(`2 sessions written to ${told}`);
      expect(HOLDS).toHaveProperty(id);
      for (const file of [named, told]) expect(readFileSync(file, 'latin1')).toMatch(HOLDS[id] ?? /$^/);
    },
  );

  it('writes the endpoints of what passes the filter', async () => {
    using at = await capture();
    const file = join(at.folder, 'api.openapi.json');
    await sluice('export', at.path, '--to', file, '--filter', 'method:POST');
    expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')).paths)).toEqual(['/orders']);
  });
});

describe('sluice import', () => {
  it('adds the flows of mitmproxy, and says what was lost', async () => {
    using at = await capture();
    const request = {
      host: 'acme.test',
      port: 443,
      method: octets('GET'),
      scheme: octets('https'),
      path: octets('/flow'),
      http_version: octets('HTTP/1.1'),
      headers: [],
      content: octets(''),
      timestamp_start: 1_750_000_000,
    };
    const response = {
      status_code: 200,
      reason: octets('OK'),
      http_version: octets('HTTP/1.1'),
      headers: [],
      content: octets('hello'),
    };
    const flows = [
      { type: 'http', request, response, version: 17 },
      { type: 'tcp', version: 17 },
    ];
    const file = join(at.folder, 'traffic');
    writeFileSync(file, Buffer.concat(flows.map(tnetstring)));
    const { code, err } = await sluice('import', file, '--capture', at.path);
    expect(code).toBe(0);
    expect(err).toContain(`1 sessions imported into ${at.path}`);
    expect(err).toContain('flow that is not HTTP: tcp');
    expect(jsonLines(await sluice('list', at.path, '--json')).at(-1)).toMatchObject({
      id: 3,
      url: 'https://acme.test/flow',
    });
    expect((await sluice('show', at.path, '3', '--response-body')).out).toBe('hello');
  });
});
