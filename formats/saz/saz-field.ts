/**
 * The `x-sluice` flag of a session in a SAZ: what its other files cannot say, so that capture → SAZ → capture is equal. The same as
 * `_sluice` of a HAR, and what a SAZ needs beyond that.
 */
import * as z from 'zod';
import { SluiceError } from '#model/errors.ts';
import { RequestHead, ResponseHead } from '#model/session.ts';
import { SLUICE_FIELD_VERSION, SluiceField } from '../har/sluice-field.ts';

export const SAZ_FLAG = 'x-sluice';

export const SazField = SluiceField.extend({
  /** Heads that HTTP/1.1 text does not give back (refused requests). */
  requestHead: RequestHead.optional(),
  responseHead: ResponseHead.optional(),
  /** Sizes of bodies, where they are not what the files hold. */
  requestSize: z.int().nonnegative().optional(),
  responseSize: z.int().nonnegative().optional(),
});
export type SazField = z.infer<typeof SazField>;

/** What an importer keeps of Fiddler's flags and the exporter writes again: `facts.imported` as JSON. */
export const SazImported = z.object({ saz: z.object({ flags: z.record(z.string(), z.string()) }) });

/** XML holds no U+FFFE and U+FFFF. */
export const sazFieldText = (field: SazField): string =>
  JSON.stringify(field).replace(/[\ufffe\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16)}`);

/** The flag's value; undefined when there is none, or one of another version. @throws SluiceError `bad-file` */
export function readSazField(text: string | undefined): SazField | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new SluiceError('bad-file', `its ${SAZ_FLAG} flag is not JSON`, { cause });
  }
  if ((value as { version?: unknown } | null)?.version !== SLUICE_FIELD_VERSION) return undefined;
  const parsed = SazField.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new SluiceError(
    'bad-file',
    `its ${SAZ_FLAG} flag is damaged: ${issue?.path.join('.')}: ${issue?.message}`,
  );
}

/** Imported JSON text as an object; undefined when it is not from a SAZ. */
export function sazFlagsOf(imported: string | undefined): ReadonlyMap<string, string> {
  try {
    const parsed = SazImported.safeParse(JSON.parse(imported ?? 'null'));
    return new Map(parsed.success ? Object.entries(parsed.data.saz.flags) : []);
  } catch {
    return new Map();
  }
}
