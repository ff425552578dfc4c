/** HAR as a format of the list. */
import type { Format } from '../format.ts';
import { readHar } from './read-har.ts';
import { writeHar } from './write-har.ts';

/** A byte order mark and white space may stand before the brace. */
const OBJECT = /^(?:\xef\xbb\xbf)?\s*\{/;
const LOG = /^(?:\xef\xbb\xbf)?\s*\{\s*"log"\s*:/;

export const HAR_FORMAT: Format = {
  id: 'har',
  title: 'HTTP Archive (HAR)',
  extensions: ['.har'],
  mediaType: 'application/json',
  importer: {
    sniff(start, name) {
      const text = Buffer.from(start).toString('latin1');
      return LOG.test(text) || (/\.har$/i.test(name) && (text === '' || OBJECT.test(text)));
    },
    read: (source, { losses }) => readHar(source.chunks(), {}, losses),
  },
  exporter: {
    write: (sessions, { creatorVersion, losses }) => writeHar(sessions, { creatorVersion, losses }),
  },
};
