/** What sessions have of fields that lists do not hold, for columns that people make: read when their rows are looked at, never for all. */
import { SluiceError } from '#model/errors.ts';
import type { SessionId } from '#model/session.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { queryOf } from './filter-text.ts';

/** Nobody reads more in a cell. */
const LONGEST = 300;

export interface Cells {
  readonly id: SessionId;
  /** One for each field. */
  readonly texts: string[];
}

/** `fields` as the filter language names them. @throws FilterSyntaxError, SluiceError `bad-request` for a field that needs a name */
export async function cellsOf(
  store: Pick<CaptureStore, 'measureThese'>,
  ids: readonly SessionId[],
  fields: readonly string[],
): Promise<Cells[]> {
  const keys = fields.map((field) => {
    const key = queryOf(`| count by ${field}`).table?.keys[0];
    if (key === undefined) throw new SluiceError('bad-request', `"${field}" is no field.`);
    return key;
  });
  const found = await store.measureThese(ids, { keys, columns: [] });
  return found.map(({ id, measured }) => ({ id, texts: measured.keys.map(cellText) }));
}

function cellText(values: readonly string[]): string {
  const text = values.join(', ');
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
