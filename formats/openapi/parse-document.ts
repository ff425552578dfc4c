/**
 * A document in JSON or YAML as plain values. YAML's aliases can make a small file a huge one ("billion laughs"), so few are allowed; tags
 * that make anything but plain values are not followed.
 */
import { SluiceError } from '#model/errors.ts';

/** Distinct uses of one anchor; beyond it the library refuses the document. */
const MOST_ALIASES = 100;
/** YAML is read some hundred times slower than JSON. */
const MOST_YAML = 8 * 1024 * 1024;

/** No document of people nests deeper; readers of it go down by recursion. */
const DEEPEST = 200;

/** @throws SluiceError `too-large` */
function checkDepth(document: unknown): unknown {
  const seen = new Set<object>();
  let level: unknown[] = [document];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) throw new SluiceError('too-large', `The file nests deeper than ${DEEPEST} levels.`);
    const next: unknown[] = [];
    for (const value of level) {
      // What an alias shares is looked at once.
      if (typeof value !== 'object' || value === null || seen.has(value)) continue;
      seen.add(value);
      for (const inner of Object.values(value)) next.push(inner);
    }
    level = next;
  }
  return document;
}

const short = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]?.slice(0, 200);

/** The value that `text` is. The YAML reader is loaded when it is needed. @throws SluiceError `bad-file`, `too-large` */
export async function parseDocument(text: string): Promise<unknown> {
  const clean = text.replace(/^\ufeff/, '');
  if (/^\s*[{[]/.test(clean)) {
    try {
      return checkDepth(JSON.parse(clean));
    } catch (cause) {
      if (cause instanceof SluiceError) throw cause;
      // YAML may begin with a brace as well; what JSON says is the better message for what looks like JSON.
      throw new SluiceError('bad-file', `The file is not valid JSON: ${short(cause)}.`, { cause });
    }
  }
  if (clean.length > MOST_YAML) {
    throw new SluiceError(
      'too-large',
      `YAML is read up to ${MOST_YAML} characters; convert the file to JSON.`,
    );
  }
  const { parse } = await import('yaml');
  let document: unknown;
  try {
    document = parse(clean, {
      maxAliasCount: MOST_ALIASES,
      schema: 'core',
      merge: false,
      prettyErrors: true,
      logLevel: 'error',
    });
  } catch (cause) {
    throw new SluiceError('bad-file', `The file is not valid YAML: ${short(cause)}.`, { cause });
  }
  return checkDepth(document);
}
