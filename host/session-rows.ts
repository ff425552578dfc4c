/** Every row of a capture that passes a filter, page by page, oldest number first. */
import type { Filter } from '#model/filter/ast.ts';
import type { SessionRow } from '#model/session.ts';
import type { CaptureStore } from '#store/capture-store.ts';

const PAGE = 1000;

export async function* sessionRows(
  store: Pick<CaptureStore, 'query'>,
  filter: Filter,
): AsyncGenerator<SessionRow> {
  const order = { by: 'id', descending: false } as const;
  for (let offset = 0; ; offset += PAGE) {
    const { rows } = await store.query({ filter, order, offset, limit: PAGE });
    yield* rows;
    if (rows.length < PAGE) return;
  }
}
