import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { writeHar } from './har-file.ts';

it('writes what the sessions say, in order', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-har-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'a.har');
  writeHar(
    file,
    [
      { method: 'POST', requestBody: '{"a":1}', responseBody: 'héllo' },
      { responseBody: new Uint8Array([0xff, 0xd8]) },
    ],
    1_750_000_000_000,
  );
  const { entries } = JSON.parse(readFileSync(file, 'utf8')).log;
  expect(entries).toMatchObject([
    {
      startedDateTime: '2025-06-15T15:06:40.000Z',
      request: { method: 'POST', postData: { text: '{"a":1}' } },
      response: { content: { text: 'héllo' } },
    },
    {
      startedDateTime: '2025-06-15T15:06:41.000Z',
      response: { content: { text: '/9g=', encoding: 'base64' } },
    },
  ]);
});
