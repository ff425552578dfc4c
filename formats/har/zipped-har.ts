/**
 * A HAR in a ZIP archive, as `.zhar` files of some tools and Playwright's recordings are. Only read: a gzip file serves as well and needs
 * no archive. Bodies that stand in files of their own beside it (Playwright's `attach`) are not sought.
 */
import { SluiceError } from '#model/errors.ts';
import type { FullSession } from '#model/session.ts';
import type { Format, RandomAccess, ReadOptions } from '../format.ts';
import { readZip } from '../zip/read-zip.ts';
import { readHar } from './read-har.ts';

async function* readZipped(
  file: RandomAccess,
  { losses, password }: ReadOptions,
): AsyncGenerator<FullSession, void, undefined> {
  let found = 0;
  let beside = 0;
  // A HAR is one file, however large: its own limits count.
  const limits = { maxFileBytes: Number.MAX_SAFE_INTEGER };
  for await (const part of readZip(file, { limits, ...(password === undefined ? {} : { password }) })) {
    if (/\.har$/i.test(part.name)) {
      found += 1;
      yield* readHar(part.chunks(), {}, losses);
    } else beside += 1;
  }
  if (found === 0) throw new SluiceError('bad-file', 'The archive has no HAR file in it.');
  if (beside > 0) losses.addToFile('files that stand beside the HAR', `${beside}`);
}

export const ZIPPED_HAR_FORMAT: Format = {
  id: 'har-zip',
  title: 'HTTP Archive in a ZIP file',
  extensions: ['.har.zip'],
  mediaType: 'application/zip',
  importer: {
    sniff(start, name) {
      const text = Buffer.from(start).toString('latin1');
      return text.startsWith('PK\x03\x04') && (/\.(?:zhar|har\.zip)$/i.test(name) || /\.har/i.test(text));
    },
    async *read(source, options) {
      yield* readZipped(await source.randomAccess(), options);
    },
    takesPassword: true,
  },
};
