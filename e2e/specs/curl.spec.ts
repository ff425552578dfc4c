/** curl over HTTPS through the proxy, many requests at once, bodies from nothing to 50 MB: equal at both ends and in the capture. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '../fixtures/bench.ts';
import { jsonLines, sluice } from '../fixtures/program.ts';
import { pattern } from '../fixtures/test-site.ts';

const run = promisify(execFile);
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

test('200 parallel requests by curl, 0 B to 50 MB', async ({ folder, site, program }) => {
  const sizes = Array.from({ length: 200 }, (_, i) => (i === 0 ? 0 : i === 1 ? 50_000_000 : 1 + i * i * 11));
  const config = sizes.map(
    (size, i) => `url="${site.https}/bytes/${size}"\noutput="${join(folder, `out-${i}`)}"`,
  );
  writeFileSync(join(folder, 'urls'), config.join('\n'));
  const { proxy, ca, capture } = program.ready;
  await run('curl', [
    '--silent',
    '--show-error',
    '--fail',
    '--parallel',
    '--parallel-max',
    '200',
    '--proxy',
    `http://${proxy}`,
    '--cacert',
    ca,
    '--config',
    join(folder, 'urls'),
  ]);
  const { stdout } = await run(
    'sha256sum',
    sizes.map((_, i) => join(folder, `out-${i}`)),
    { maxBuffer: 1e7 },
  );
  const received = stdout
    .trim()
    .split('\n')
    .map((line) => line.slice(0, 64));
  const expected = sizes.map((size) => sha256(pattern(size)));
  expect(received).toEqual(expected);

  const { sessions, exitCode, ms } = await program.stop();
  expect({ sessions, exitCode }).toEqual({ sessions: 200, exitCode: 0 });
  expect(ms).toBeLessThan(10_000);
  const list = jsonLines<{ id: number; url: string; responseBodySize: number }>(
    (await sluice(['list', capture, '--json'])).text,
  );
  for (const size of [0, 50_000_000, 45, 11 * 199 * 199 + 1]) {
    const row = list.find(({ url }) => url.endsWith(`/bytes/${size}`));
    const body = await sluice(['show', capture, String(row?.id), '--response-body']);
    expect(sha256(body.stdout)).toBe(sha256(pattern(size)));
  }
  expect(list.map((row) => row.responseBodySize).sort((a, b) => a - b)).toEqual(
    [...sizes].sort((a, b) => a - b),
  );
});
