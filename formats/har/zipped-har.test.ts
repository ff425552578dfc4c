import { describe, expect, it } from 'vitest';
import { collected, imported, memorySource, streamOf } from '../testing/files.ts';
import { writeZip } from '../zip/write-zip.ts';
import { ZIPPED_HAR_FORMAT } from './zipped-har.ts';

const { importer } = ZIPPED_HAR_FORMAT;
const archive = (files: Readonly<Record<string, string>>, password?: string) =>
  collected(
    writeZip(
      streamOf(Object.entries(files).map(([name, text]) => ({ name, bytes: Buffer.from(text) }))),
      password === undefined ? {} : { password },
    ),
  );
const entry = { startedDateTime: '2026-01-02T03:04:05Z', request: { method: 'GET', url: 'https://a.test/' } };
const HAR = JSON.stringify({ log: { version: '1.2', entries: [entry, entry] } });

describe('a HAR in an archive', () => {
  it('is read', async () => {
    const { sessions, report } = await imported(importer, memorySource(await archive({ 'a/page.har': HAR })));
    expect(sessions.map(({ session }) => session.row.url)).toEqual(['https://a.test/', 'https://a.test/']);
    expect(report.counts).toEqual([]);
  });

  it('may be protected', async () => {
    const source = memorySource(await archive({ 'page.har': HAR }, 'geheim'));
    expect((await imported(importer, source, 'geheim')).sessions).toHaveLength(2);
    await expect(imported(importer, source)).rejects.toMatchObject({ code: 'password' });
  });

  it('loses what stands beside it, and says so', async () => {
    const source = memorySource(await archive({ 'har.har': HAR, 'a1.png': 'x', 'b2.json': '{}' }));
    expect((await imported(importer, source)).report.losses).toEqual([
      { session: 0, what: 'files that stand beside the HAR', detail: '2' },
    ]);
  });

  it('must be in it, and be one', async () => {
    await expect(imported(importer, memorySource(await archive({ x: HAR })))).rejects.toMatchObject({
      code: 'bad-file',
    });
    await expect(
      imported(importer, memorySource(await archive({ 'x.har': HAR.slice(0, -20) }))),
    ).rejects.toMatchObject({ code: 'bad-har', message: expect.stringContaining('The file is cut') });
  });

  it('is known by the archive’s name or by its own', async () => {
    const zip = await archive({ 'page.har': HAR });
    const other = await archive({ 'word/document.xml': '' });
    expect([
      importer?.sniff(zip, 'x'),
      importer?.sniff(other, 'x'),
      importer?.sniff(other, 'x.ZHAR'),
    ]).toEqual([true, false, true]);
    expect(importer?.sniff(Buffer.from(HAR), 'x.zhar')).toBe(false);
  });
});
