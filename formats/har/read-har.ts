/**
 * Sessions out of a HAR file, streamed: one entry in memory at a time. Files of other tools (Chrome, Firefox, Fiddler, …) are welcome;
 * hostile ones meet limits. Entries come in the file's order, which HAR leaves open: whoever lists them sorts.
 */
import { SluiceError } from '#model/errors.ts';
import type { FullSession } from '#model/session.ts';
import type { Losses } from '../losses.ts';
import { readEntry } from './read-entry.ts';
import { DEFAULT_LIMITS, type HarLimits, type OutsideField, splitEntries } from './split-entries.ts';

/** Captures know no pages and no browser. */
const OUTSIDE: Readonly<Record<OutsideField, string>> = {
  pages: 'a page with its timings',
  browser: 'the name of the browser',
  comment: 'the comment of the whole file',
};

/**
 * The sessions of a HAR file. Their ids are those of the capture they came from, else 1, 2, 3…: an importer gives new ones.
 * @throws SluiceError `bad-har` naming the entry or the byte where the file stops making sense; what came before was yielded already
 */
export async function* readHar(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limits: Partial<HarLimits> = {},
  losses?: Losses,
): AsyncGenerator<FullSession, void, undefined> {
  let number = 0;
  const onOutside = (what: OutsideField) => losses?.addToFile(OUTSIDE[what]);
  for await (const entry of splitEntries(chunks, { ...DEFAULT_LIMITS, ...limits }, onOutside)) {
    number += 1;
    if (!entry.exact) losses?.add('octets that are not UTF-8', 'they were read as U+FFFD');
    try {
      yield readEntry(parse(entry.text), number, losses);
    } catch (error) {
      if (!(error instanceof SluiceError) || error.code !== 'bad-har') throw error;
      throw new SluiceError('bad-har', `Entry ${number} (at byte ${entry.offset}): ${error.message}.`, {
        cause: error,
      });
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SluiceError('bad-har', 'it is not valid JSON', { cause: error });
  }
}
