/** Chromium over HTTP/2 to an origin that speaks it, through the real program: many requests at a time, uploads, and what the capture says. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { http2Origin } from '#proxy-core/testing/http2-origin.ts';
import { expect, test } from '../fixtures/bench.ts';
import { makeOriginCertificate } from '../fixtures/origin-certificate.ts';
import { jsonLines, sluice, startProgram } from '../fixtures/program.ts';
import { openTrustingBrowser } from '../fixtures/trusting-browser.ts';

const COUNT = 60;

test('Chromium speaks HTTP/2 to the program and the program to the origin', async ({ folder }) => {
  const { tls, caFile } = makeOriginCertificate(folder);
  await using origin = await http2Origin(tls, (stream, fields) => {
    const path = fields.find(([name]) => name === ':path')?.[1] ?? '';
    let size = 0;
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
    });
    stream.on('end', () => {
      stream.respond({ ':status': 200, 'content-type': path === '/' ? 'text/html' : 'text/plain' });
      stream.end(path === '/' ? '<!doctype html><title>two</title>' : `${path} ${size}`);
    });
  });
  const program = await startProgram(join(folder, 'data'), ['--upstream-ca', caFile]);
  const home = join(folder, 'home');
  mkdirSync(home);
  const browser = await openTrustingBrowser(home, program.ready.proxy, program.ready.ca);
  try {
    const page = await browser.newPage();
    await page.goto(origin.url);
    const answers = await page.evaluate(async (count) => {
      const body = new Uint8Array(100_000);
      const all = Array.from({ length: count }, (_, i) =>
        fetch(`/${i}`, i % 2 === 0 ? {} : { method: 'POST', body }).then((response) => response.text()),
      );
      return Promise.all(all);
    }, COUNT);
    expect(answers).toEqual(Array.from({ length: COUNT }, (_, i) => `/${i} ${i % 2 === 0 ? 0 : 100_000}`));
    const protocols = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map((entry) => ('nextHopProtocol' in entry ? entry.nextHopProtocol : '')),
    );
    expect(new Set(protocols)).toEqual(new Set(['h2']));
  } finally {
    await browser.close();
    await program.stop();
  }
  const { text } = await sluice(['list', program.ready.capture, '--json']);
  const rows = jsonLines<{ url: string; httpVersion: string; status: number }>(text).filter(({ url }) =>
    /\/\d+$/.test(url),
  );
  expect(rows).toHaveLength(COUNT);
  for (const row of rows) expect(row).toMatchObject({ httpVersion: 'HTTP/2.0', status: 200 });
  expect(origin.connections()).toBe(1);
});
