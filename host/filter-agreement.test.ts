/** What a filter selects in a capture on disk is what it says of the same sessions in memory: over real files, through the real worker. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Filter, FilterLeaf } from '#model/filter/ast.ts';
import { FIELDS } from '#model/filter/fields.ts';
import { parseFilter } from '#model/filter/parse.ts';
import { sessionPredicate } from '#model/filter/predicate.ts';
import { type FilterCase, filterCase, filterLeaf, filterTree } from '#proxy-core/testing/filters.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { Indexer } from '#store/search/indexer.ts';
import { INDEXED_FIELDS } from '#store/search/narrowing.ts';
import { SearchCapture } from '#store/search/search-capture.ts';
import { decodeForSearch } from './search-decode.ts';
import { openTestCapture } from './testing/captures.ts';

const order = { by: 'id', descending: false } as const;
const SESSIONS = 60;
/** Each filter opens sessions on a disk that others use too. */
const PATIENCE_MS = 120_000;

/** The same sessions each time, so that a failure can be looked at again. */
const cases: readonly FilterCase[] = Array.from({ length: SESSIONS }, (_, i) => {
  const [one] = fc.sample(filterCase(i + 1), { numRuns: 1, seed: 1000 + i });
  if (one === undefined) throw new Error('no sample');
  return one;
});

async function openCases() {
  const capture = await openTestCapture(...cases.map(({ full }) => full));
  for (const { full, findings } of cases) {
    const { id, mark, comment } = full.session.row;
    if (findings.length > 0) await capture.store.putFindings(id, findings);
    if (mark !== 0 || comment !== undefined) {
      await capture.store.annotate([id], { mark, ...(comment === undefined ? {} : { comment }) });
    }
  }
  return capture;
}

async function agree(store: CaptureStore, filter: Filter): Promise<void> {
  const expected = cases.map(({ subject }) => subject).filter(sessionPredicate(filter));
  const found = await store.ids({ filter, order, offset: 0, limit: 1000 });
  expect(found, JSON.stringify(filter)).toEqual(expected.map(({ row }) => row.id));
  const page = await store.query({ filter, order, offset: 0, limit: 10 });
  expect(page.matched).toBe(expected.length);
  expect(page.counted).toBe(true);
}

describe('a capture and memory agree', () => {
  it(
    'on every kind of condition',
    async () => {
      await using capture = await openCases();
      await fc.assert(
        fc.asyncProperty(filterLeaf, (leaf) => agree(capture.store, leaf)),
        { numRuns: 300 },
      );
    },
    PATIENCE_MS,
  );

  it(
    'on whole filters',
    async () => {
      await using capture = await openCases();
      await fc.assert(
        fc.asyncProperty(filterTree, (filter) => agree(capture.store, filter)),
        { numRuns: 120 },
      );
    },
    PATIENCE_MS,
  );

  it(
    'on filters as people write them, each of which finds something',
    async () => {
      await using capture = await openCases();
      for (const text of [
        'host in (10.0.0.0/8, *.a.test)',
        'header:x-a~^a and not header:server',
        'json:$..a>=1',
        'cookie:b=ab or query:a=404',
        'resbody:<p>ab',
        'endpoint=/orders/{id}/',
        'under=/orders/{id}',
        'under=/Orders',
        'ws>0 ws:404',
        'finding:404 severity>=low',
        'client in 10.0.0.0/8 tls:1.3',
        'status in (1xx, 404..499)',
        'head:"x-a: é"',
      ]) {
        const parsed = parseFilter(text);
        if (!parsed.ok) throw new Error(`${text}: ${parsed.problem.message}`);
        await agree(capture.store, parsed.filter);
        const count = cases.filter(({ subject }) => sessionPredicate(parsed.filter)(subject)).length;
        expect(count, text).toBeGreaterThan(0);
      }
    },
    PATIENCE_MS,
  );

  it(
    'on text looked for with the help of the search index',
    async () => {
      await using capture = await openCases();
      using searched = new SearchCapture({ folder: capture.path, decode: decodeForSearch });
      const indexer = new Indexer(searched);
      while (await indexer.step());
      indexer.save();
      const needles = cases.flatMap(({ subject }) =>
        INDEXED_FIELDS.flatMap((field) => FIELDS[field].texts?.(subject, 'x-a') ?? []),
      );
      const needle = fc
        .tuple(
          fc.constantFrom(...needles.filter((text) => text.length >= 4)),
          fc.nat(),
          fc.integer({ min: 4, max: 12 }),
        )
        .map(([text, at, length]) => text.slice(at % (text.length - 3), (at % (text.length - 3)) + length));
      const leaf = fc
        .record({
          field: fc.constantFrom(...INDEXED_FIELDS),
          operator: fc.constantFrom(':', '=', '!='),
          text: fc.oneof(
            needle,
            needle.map((text) => `${text.slice(0, -1)}z`),
          ),
          word: fc.boolean(),
        })
        .map(({ field, operator, text, word }): FilterLeaf => {
          if (word) return { type: 'word', text };
          const name = FIELDS[field].named === undefined ? {} : { name: 'x-a' };
          return { type: 'text', field, ...name, operator, text };
        });
      await fc.assert(
        fc.asyncProperty(leaf, (filter) => agree(capture.store, filter)),
        { numRuns: 200 },
      );
    },
    PATIENCE_MS,
  );
});
