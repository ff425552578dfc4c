/** The programs that people use, through the real program: each gets its answer, and the capture has it in the versions spoken. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { http2Origin } from '#proxy-core/testing/http2-origin.ts';
import { expect, test } from '../fixtures/bench.ts';
import { CLIENTS, curl } from '../fixtures/clients.ts';
import { makeOriginCertificate } from '../fixtures/origin-certificate.ts';
import { jsonLines, sluice, startProgram } from '../fixtures/program.ts';

interface Row {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly httpVersion: string;
  readonly requestBodySize: number;
  readonly error?: string;
}

/** An origin with HTTP/2 and HTTP/1.1, and the program before it. */
async function withOrigin(
  folder: string,
  work: (setup: {
    proxy: string;
    ca: string;
    folder: string;
    url: string;
    rows: () => Promise<Row[]>;
  }) => Promise<void>,
) {
  const { tls, caFile } = makeOriginCertificate(folder);
  await using origin = await http2Origin(
    tls,
    (stream, fields) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        stream.respond({ ':status': 200, 'content-type': 'text/plain' });
        stream.end(`h2 ${fields.find(([name]) => name === ':method')?.[1]} ${Buffer.concat(chunks).length}`);
      });
    },
    {
      allowHTTP1: true,
      http1: (request, response) => {
        let size = 0;
        request.on('data', (chunk: Buffer) => {
          size += chunk.length;
        });
        request.on('end', () => response.end(`h1 ${request.httpVersion} ${request.method} ${size}`));
      },
    },
  );
  const program = await startProgram(join(folder, 'data'), ['--upstream-ca', caFile]);
  const { proxy, ca, capture } = program.ready;
  try {
    const rows = async () => jsonLines<Row>((await sluice(['list', capture, '--json'])).text);
    await work({ proxy, ca, folder, url: origin.url, rows });
  } finally {
    await program.stop();
  }
}

test('curl: HTTP/1.0, 1.1 and 2, SOCKS, its own headers for the proxy, an upload that expects 100', async ({
  folder,
}) => {
  await withOrigin(folder, async (setup) => {
    const { proxy, url, rows } = setup;
    const through = ['--proxy', `http://${proxy}`];
    expect(await curl(setup, [...through, '--http1.0', `${url}/10`])).toBe('h1 1.1 GET 0');
    expect(await curl(setup, [...through, '--http1.1', `${url}/11`])).toBe('h1 1.1 GET 0');
    expect(await curl(setup, [...through, '--http2', `${url}/2`])).toBe('h2 GET 0');
    expect(await curl(setup, ['--socks5-hostname', proxy, '--http1.1', `${url}/socks`])).toBe('h1 1.1 GET 0');
    expect(await curl(setup, ['--socks4a', proxy, '--http2', `${url}/socks4`])).toBe('h2 GET 0');
    expect(
      await curl(setup, [...through, '--proxy-header', 'X-For-Proxy: 1', '--http1.1', `${url}/ph`]),
    ).toBe('h1 1.1 GET 0');
    const file = join(folder, 'upload');
    writeFileSync(file, Buffer.alloc(3_000_000, 'u'));
    const upload = ['-H', 'Expect: 100-continue', '--data-binary', `@${file}`];
    expect(await curl(setup, [...through, '--http1.1', ...upload, `${url}/up1`])).toBe('h1 1.1 POST 3000000');
    expect(await curl(setup, [...through, '--http2', ...upload, `${url}/up2`])).toBe('h2 POST 3000000');
    const list = await rows();
    expect(
      list.map((row) => [new URL(row.url).pathname, row.httpVersion, row.status, row.requestBodySize]),
    ).toEqual([
      ['/10', 'HTTP/1.0', 200, 0],
      ['/11', 'HTTP/1.1', 200, 0],
      ['/2', 'HTTP/2.0', 200, 0],
      ['/socks', 'HTTP/1.1', 200, 0],
      ['/socks4', 'HTTP/2.0', 200, 0],
      ['/ph', 'HTTP/1.1', 200, 0],
      ['/up1', 'HTTP/1.1', 200, 3_000_000],
      ['/up2', 'HTTP/2.0', 200, 3_000_000],
    ]);
  });
});

for (const [name, client] of Object.entries(CLIENTS)) {
  test(`${name} gets its answer and is recorded`, async ({ folder }) => {
    await withOrigin(folder, async (setup) => {
      expect((await client(setup, `${setup.url}/client`, 'hello')).trim()).toMatch(/^200 h[12] .*POST 5$/);
      const [row] = await setup.rows();
      expect(row).toMatchObject({ method: 'POST', status: 200, requestBodySize: 5 });
    });
  });
}
