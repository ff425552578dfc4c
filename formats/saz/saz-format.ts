/** SAZ as a format of the list. */
import type { Format } from '../format.ts';
import { readSaz } from './read-saz.ts';
import { writeSaz } from './write-saz.ts';

/** Signatures of a local file header and, of an empty archive, of its end (APPNOTE.TXT §4.3). */
const ZIP = ['PK\x03\x04', 'PK\x05\x06'];
/** What stands first in the archives of Fiddler and of others. */
const FIRST = /\[Content_Types\]\.xml|_index\.htm|raw\/(?:\d+_[csmwg]\.)?/;

export const SAZ_FORMAT: Format = {
  id: 'saz',
  title: 'Fiddler session archive (SAZ)',
  extensions: ['.saz'],
  mediaType: 'application/x-fiddler-session-archive',
  importer: {
    sniff(start, name) {
      const text = Buffer.from(start).toString('latin1');
      if (!ZIP.some((signature) => text.startsWith(signature))) return false;
      return /\.saz$/i.test(name) || FIRST.test(text.slice(0, 512));
    },
    async *read(source, options) {
      yield* readSaz(await source.randomAccess(), options);
    },
    takesPassword: true,
  },
  exporter: { write: writeSaz, takesPassword: true },
};
